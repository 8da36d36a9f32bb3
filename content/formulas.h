/* The formulas of a source, by pandoc's rule (its manual, extension tex_math_dollars): `$…$` has no
 * blank right behind the opening dollar, none right before the closing one and no digit right
 * behind it, so that "costs $5 and $6 today" is no formula; `$$…$$` is set apart. A dollar behind a
 * backslash, in code or in a link's target is a dollar. `\(` and `\[` are escaped brackets, as
 * CommonMark has it and as tags are written (`\[E\]`).
 *
 * md4c has its own idea of formulas and cuts a table's cells at every `|`: so they are found before
 * it reads the source, and hidden from it. Pure. */
#ifndef QBANK_CONTENT_FORMULAS_H
#define QBANK_CONTENT_FORMULAS_H

#include "content/buffer.h"
#include "content/tree.h"

struct formula {
    uint32_t begin, end; /* in the source, dollars included */
    size_t tex, size;    /* in formulas.text: without dollars and the prefixes of containers */
    bool is_display;
};

struct formulas {
    struct formula *items; /* in the order of the source */
    size_t count, capacity;
    struct buffer text;
};

/* None reaches beyond its paragraph, heading or table row. To be freed with formulas_free(). */
void formulas_find(const struct source *source, const struct block_tree *tree,
                   struct formulas *ret_formulas);
void formulas_free(struct formulas *formulas);

/* Makes each of them one word in the source's copy. */
void formulas_hide(const struct formulas *formulas, struct source *source);

#endif
