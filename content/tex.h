/* TeX formulas as text that a person can read: `\frac{a}{b}` is a/b, `\alpha` α, `x^2` x², `x_{ij}`
 * xᵢⱼ, `\sum_{i=1}^{n}` ∑_{i=1}^{n}, `\mathbb R` ℝ. What has no such form stays TeX. Pure. */
#ifndef QBANK_CONTENT_TEX_H
#define QBANK_CONTENT_TEX_H

#include "content/buffer.h"

/* Appends the formula, UTF-8; rows of a display (`\\`) become lines. Linear in its size times the
 * depth of its groups, of which TEX_DEPTH_MAX levels are read; deeper braces stay braces. */
enum { TEX_DEPTH_MAX = 40 };
void tex_append(struct buffer *buffer, const char *tex, size_t size);

#endif
