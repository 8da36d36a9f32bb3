/* The part of a marked tree around its first mark: what a search shows of a long text. Pure. */
#ifndef QBANK_CONTENT_EXCERPT_H
#define QBANK_CONTENT_EXCERPT_H

#include "content/nodes.h"

/* Cuts a tree to about `most` bytes of text, a quarter of them before the first mark, with "…"
 * where something was left out; before the first one that every markup shows, if there is one: not
 * in code blocks, tables and images. It is cut beside the mark or between words of running text, so
 * that links, formulas, code and tables stay whole, even if it is longer then. Nothing is cut where
 * nothing is marked. */
void excerpt_cut(struct node_tree *tree, size_t most);

#endif
