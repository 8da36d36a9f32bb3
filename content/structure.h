/* The block structure of a source in qbank's dialect of Markdown: CommonMark with tables, and with
 * display math on lines of its own, in which nothing is Markdown. */
#ifndef QBANK_CONTENT_STRUCTURE_H
#define QBANK_CONTENT_STRUCTURE_H

#include "content/blocks.h"

/* blocks_parse(), with display math hidden from md4c in the source's copy. The tree is to be freed
 * (tree_free()) whatever the status. */
enum blocks_status structure_parse(struct source *source, struct block_tree *ret_tree,
                                   unsigned *ret_line);

#endif
