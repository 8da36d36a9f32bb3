/* Tables as text: columns as wide as their widest cell, a rule below the header. Pure. */
#ifndef QBANK_CONTENT_RENDER_TABLE_H
#define QBANK_CONTENT_RENDER_TABLE_H

#include "content/nodes.h"

/* Appends the lines of the table, each ended by a line break. A character takes as many columns as
 * it does in a terminal (Unicode, annex 11). */
void render_table(const struct node_tree *tree, const struct node *table, struct buffer *out);

#endif
