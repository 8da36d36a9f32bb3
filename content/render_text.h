/* A tree of Markdown as text for a terminal or for a chat (content/render.h). Pure. */
#ifndef QBANK_CONTENT_RENDER_TEXT_H
#define QBANK_CONTENT_RENDER_TEXT_H

#include "content/nodes.h"
#include "content/platform.h"

/* Writes the whole tree on a sheet that is set up for the platform, and cuts it where that is full.
 * Returns whether anything marked is there, marked. */
bool render_text(const struct node_tree *tree, const struct platform *platform,
                 struct sheet *sheet);

/* Appends the inlines of a node as bare text in one line, formulas readable. */
void render_text_inlines(const struct node_tree *tree, const struct node *parent,
                         struct buffer *out);

#endif
