/* YAML front matter, as Jekyll, Hugo, Pandoc and Obsidian write it: from a first line `---` to a
 * line
 * `---` or `...`. */
#ifndef QBANK_CONTENT_FRONTMATTER_H
#define QBANK_CONTENT_FRONTMATTER_H

#include "content/diagnostic.h"
#include "content/source.h"

/* Blanks the front matter, and a byte order mark before it, out of the source's copy. Returns its
 * `title`, owned by the caller, or NULL. What looks like front matter and is no YAML gets a warning
 * (`front-matter`) and is passed over all the same; a `---` that opens something else is left to
 * CommonMark. */
char *frontmatter_take(struct source *source, struct diagnostics *diagnostics);

#endif
