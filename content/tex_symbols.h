/* What TeX's commands stand for in Unicode. Pure. */
#ifndef QBANK_CONTENT_TEX_SYMBOLS_H
#define QBANK_CONTENT_TEX_SYMBOLS_H

#include <stddef.h>

enum tex_kind {
    TEX_ORDINARY, /* a letter, a delimiter: set tight */
    TEX_BINARY,   /* an operator or relation: blanks on both sides */
    TEX_LARGE,    /* ∑, max: its scripts are limits */
    TEX_FUNCTION, /* log: a word */
    TEX_ACCENT,   /* over its argument; text is the combining character */
    TEX_FONT,     /* its argument in another type, which is dropped */
    TEX_ALPHABET, /* its argument in letters of their own: ℝ, 𝓛 */
    TEX_NOTHING,  /* size, style */
    TEX_FRACTION,
    TEX_BINOMIAL,
    TEX_ROOT,
    TEX_BEGIN,
    TEX_END
};

struct tex_symbol {
    const char *name; /* without the backslash */
    const char *text;
    enum tex_kind kind;
};

/* NULL: not known. */
const struct tex_symbol *tex_symbol_find(const char *name, size_t size);

#endif
