/* Code fences that were never closed and so swallow the questions below them. */
#ifndef QBANK_CONTENT_OPEN_FENCES_H
#define QBANK_CONTENT_OPEN_FENCES_H

#include "content/diagnostic.h"
#include "content/tree.h"

/* Warns (`open-fence`) of each fenced code block that holds a line which begins with a tag, if it
 * is not closed, or if another fence seems to be opened in it, so that the one that closes it is
 * not its own. */
void open_fences_find(const struct source *source, const struct block_tree *tree,
                      struct diagnostics *diagnostics);

#endif
