/* Letters of TeX that have characters of their own in Unicode: scripts and alphabets. Pure. */
#ifndef QBANK_CONTENT_TEX_LETTERS_H
#define QBANK_CONTENT_TEX_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <unistr.h>

#include "content/buffer.h"

/* Appends the text in superscript or subscript letters, blanks left out; false, with nothing
 * appended, if one of its characters has none or it is empty. */
bool tex_append_raised(struct buffer *buffer, const char *text, size_t size);
bool tex_append_lowered(struct buffer *buffer, const char *text, size_t size);

/* The character of an alphabet (mathbb, mathcal, …), or the same one if it has no such form. */
ucs4_t tex_alphabet_letter(const char *alphabet, ucs4_t letter);

#endif
