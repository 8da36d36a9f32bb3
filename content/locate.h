/* Finds the lines of blocks while md4c's events go by. md4c tells where inline text stands, but not
 * where a block begins or ends; what it leaves out (fences, rules, underlines, list markers) is
 * found between the texts, in the order of the events. */
#ifndef QBANK_CONTENT_LOCATE_H
#define QBANK_CONTENT_LOCATE_H

#include "content/tree.h"

struct locator {
    const struct source *source;
    struct block_tree *tree;
    unsigned cursor; /* the first line that belongs to none of the leaves so far */
    unsigned line;   /* of the last text */
    /* of the leaf under way: */
    bool has_text;
    unsigned first_text, last_text;      /* lines */
    unsigned leading_newlines, newlines; /* code: line ends before the first text, and in all */
};

/* A block begins: the counters start anew. */
void locate_enter(struct locator *locator);

/* Text of the source, at `offset`. */
void locate_text(struct locator *locator, size_t offset, size_t size);

/* Text of md4c's own: line ends, expanded tabs. */
void locate_other_text(struct locator *locator, const char *text, size_t size);

/* The block `index` ends: sets its first and last line, and its containers' first line and indent.
 */
void locate_leave(struct locator *locator, int index);

/* Completes the last lines once every block has begun: what stands between a block and the next one
 * belongs to it, but for blank lines and link reference definitions. */
void locate_ends(const struct source *source, struct block_tree *tree);

/* Whether the line is, or ends in, a thematic break (CommonMark, section 4.1). */
bool locate_line_is_rule(const struct source *source, unsigned line);

/* Whether the line looks like a link reference definition. */
bool locate_line_is_definition(const struct source *source, unsigned line);

#endif
