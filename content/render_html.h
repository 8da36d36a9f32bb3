/* A tree of Markdown as HTML that is safe to insert into a page (content/render.h). Pure. */
#ifndef QBANK_CONTENT_RENDER_HTML_H
#define QBANK_CONTENT_RENDER_HTML_H

#include "content/nodes.h"

/* `readable`: with formulas as text instead of TeX. What is marked is in <mark>; returns whether
 * anything is. */
bool render_html(const struct node_tree *tree, bool readable, struct buffer *out);

/* Appends the text with `&`, `<`, `>` and `"` as character references. */
void render_html_escape(struct buffer *out, const char *text, size_t size);

#endif
