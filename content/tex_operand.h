/* Whether a formula that is text already (content/tex.h) has to be put in brackets where it becomes
 * part of a larger one. Pure. */
#ifndef QBANK_CONTENT_TEX_OPERAND_H
#define QBANK_CONTENT_TEX_OPERAND_H

#include <stdbool.h>

#include "content/buffer.h"

/* Bytes of the character at `at`. */
size_t tex_character_length(const struct buffer *text, size_t at);

/* One number, or one letter with its scripts, or brackets: what needs none as a divisor. */
bool tex_is_factor(const struct buffer *text);

/* A product at most: what needs none as a dividend. */
bool tex_is_product(const struct buffer *text);

#endif
