/* Footnotes: `[^1]: text`, gathered at the end of a source, say, and meant for wherever `[^1]`
 * stands (GitHub Flavored Markdown; md4c takes them for paragraphs). */
#ifndef QBANK_CONTENT_FOOTNOTES_H
#define QBANK_CONTENT_FOOTNOTES_H

#include "content/buffer.h"
#include "content/tree.h"

struct footnote {
    char *label;        /* as written, with the `^`; compared without regard to case */
    struct buffer text; /* all of it, from the label on: one paragraph */
    unsigned first_line, last_line;
};
struct footnotes {
    struct footnote *items; /* sorted by label */
    size_t count, capacity;
};

/* Collects the footnotes in the tree's paragraphs: each goes on up to the next one, a line that
 * begins with a tag, or the end of the paragraph and of indented text right behind it. A label that
 * is defined again is left out, for each of its footnotes belongs where it stands. */
void footnotes_find(const struct source *source, const struct block_tree *tree,
                    struct footnotes *ret_footnotes);
void footnotes_free(struct footnotes *footnotes);

/* Length of `[^label]:` at `text`, or 0. */
size_t footnote_match(const char *text, size_t size);

#endif
