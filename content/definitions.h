/* Link reference definitions and footnotes: they may stand anywhere in a source, so an answer that
 * is cut out of it takes along the ones it uses. */
#ifndef QBANK_CONTENT_DEFINITIONS_H
#define QBANK_CONTENT_DEFINITIONS_H

#include "content/diagnostic.h"
#include "content/tree.h"

struct definition {
    char *label; /* as written, without the brackets; compared without regard to case */
    char *text;  /* the whole definition */
    unsigned line, last_line;
    bool is_footnote;
    size_t used_by; /* number of the last answer that refers to it, or 0 */
};
struct definitions {
    struct definition *items; /* sorted by label; of equal labels the first one counts */
    size_t count, capacity;
    size_t answer_count; /* of answers that have asked for theirs */
};

/* Collects the definitions that stand between the blocks of the tree, and the footnotes in them; a
 * footnote that has a link definition's label is left out. */
void definitions_find(const struct source *source, const struct block_tree *tree,
                      struct definitions *ret_definitions);
void definitions_free(struct definitions *definitions);

/* Appends the definitions that an answer refers to, or that its question refers to by footnotes, as
 * paragraphs of their own. Takes `answer` over and returns it, moved if need be. */
char *definitions_append_used(struct definitions *definitions, char *answer, const char *question);

/* Says (`stray-text`) which footnotes no answer has taken along. */
void definitions_tell_unused(const struct definitions *definitions,
                             struct diagnostics *diagnostics);

#endif
