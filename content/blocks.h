/* The block structure of a source as md4c sees it, with what md4c does not tell: the lines that
 * each block covers, and the column at which the text of a list item begins. */
#ifndef QBANK_CONTENT_BLOCKS_H
#define QBANK_CONTENT_BLOCKS_H

#include "content/tree.h"

/* Deeper nesting is refused: no notes need it, and md4c's cost grows with its square. */
enum { BLOCK_DEPTH_MAX = 100 };

enum blocks_status {
    BLOCKS_OK,
    BLOCKS_TOO_DEEP, /* *ret_line is where */
    BLOCKS_FAILED    /* md4c ran out of memory */
};

/* Parses source->copy, in which tables that are too wide are no tables from then on
 * (content/wide_tables.h). The tree is to be freed (tree_free()) whatever the status. */
enum blocks_status blocks_parse(struct source *source, struct block_tree *ret_tree,
                                unsigned *ret_line);

#endif
