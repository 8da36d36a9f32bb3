/* The part of a text around what a search has found first: what is shown of a long one. Pure.
 *
 * It is of about `most` characters (code points), a quarter of them before the match, and cut
 * between words. */
#ifndef QBANK_CONTENT_EXCERPT_H
#define QBANK_CONTENT_EXCERPT_H

#include "content/nodes.h"

enum { EXCERPT_MAX = 320 }; /* characters of text from which on it is cut */

/* The part of a text of `size` bytes around a match, not longer than `most` characters unless the
 * match is with what stands before it. Where there is no word to cut at, the match is the border.
 */
struct span excerpt_find(const char *text, size_t size, struct span match, size_t most);

/* Cuts a marked tree, with "…" where something was left out, around the first mark that every
 * markup shows, if there is one: not in code blocks, tables and images. It is cut beside the mark
 * or between words of running text, so that links, formulas, code and tables stay whole, even if it
 * is longer then. Nothing is cut where nothing is marked. */
void excerpt_cut(struct node_tree *tree, size_t most);

#endif
