/* Says in CommonMark what notes write in dialects of their own, in the source's copy, byte for byte
 * in place, so that md4c sees the structure that the author sees. */
#ifndef QBANK_CONTENT_DIALECT_H
#define QBANK_CONTENT_DIALECT_H

#include "content/source.h"

/* - Tags in full-width brackets, 【E】 ［M］ 〔H〕, become ones in square brackets, with blanks
 * inside.
 * - Enumerators before a tag that CommonMark does not know become ones that it does, of the same
 *   width: `iv. [M]`, `a) [E]`, `4.[E]`, `Q3: [H]`, `• [E]`; as do those with so many blanks behind
 *   them that the tag would be indented code. Numbers become 1, which may interrupt a paragraph.
 * - `[E]: easy` in a legend is no link reference definition: it would turn every [E] into a link.
 */
void dialect_translate_tags(struct source *source);

/* Hides the inside of display math that stands on lines of its own: between a line that begins with
 * `$$` and the line with the closing `$$`, a `- b`, a `=` or an empty line is no Markdown.
 * `is_verbatim(context, line)` tells lines of code and HTML, which are left alone. Returns whether
 * anything changed. */
bool dialect_hide_display_math(struct source *source,
                               bool (*is_verbatim)(const void *context, unsigned line),
                               const void *context);

#endif
