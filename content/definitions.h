/* Link reference definitions: they may stand anywhere in a source, so an answer that is cut out of
 * it takes along the ones it uses. */
#ifndef QBANK_CONTENT_DEFINITIONS_H
#define QBANK_CONTENT_DEFINITIONS_H

#include "content/tree.h"

struct definition {
    char *label; /* as written, without the brackets; compared without regard to case */
    char *line;  /* the whole definition */
};
struct definitions {
    struct definition *items; /* sorted by label; of equal labels the first one counts */
    size_t count, capacity;
};

/* Collects the definitions that stand between the blocks of the tree. */
void definitions_find(const struct source *source, const struct block_tree *tree,
                      struct definitions *ret_definitions);
void definitions_free(struct definitions *definitions);

/* Appends the definitions that the Markdown refers to, as a paragraph of their own. Takes
 * `markdown` over and returns it, moved if need be. */
char *definitions_append_used(const struct definitions *definitions, char *markdown);

#endif
