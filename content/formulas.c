#include "content/formulas.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"

/* As many backticks as md4c lets begin code. */
enum { TICKS_MAX = 32 };

/* The text of one leaf, its lines without the prefixes of their containers. */
struct leaf {
    const char *text;
    size_t size;
    bool is_unclosed[TICKS_MAX + 1]; /* no further run of so many backticks */
    const struct line_place *lines;
    size_t line_count;
    struct formulas *formulas;
};

struct line_place {
    size_t in_leaf, in_source;
};

/* ---- finding --------------------------------------------------------------------------------- */

static size_t source_offset(const struct leaf *leaf, size_t at) {
    size_t low = 0, high = leaf->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (leaf->lines[middle].in_leaf <= at)
            low = middle;
        else
            high = middle;
    }
    return leaf->lines[low].in_source + at - leaf->lines[low].in_leaf;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next dollar from `at` on that stands for itself, or the end. */
static size_t find_dollar(const struct leaf *leaf, size_t at) {
    while (at < leaf->size && leaf->text[at] != '$') at += leaf->text[at] == '\\' ? 2 : 1;
    return at < leaf->size ? at : leaf->size;
}

static bool is_fence(const struct leaf *leaf, size_t at) {
    return at + 1 < leaf->size && leaf->text[at] == '$' && leaf->text[at + 1] == '$';
}

static size_t find_fence(const struct leaf *leaf, size_t at) {
    at = find_dollar(leaf, at);
    while (at < leaf->size && !is_fence(leaf, at)) at = find_dollar(leaf, at + 1);
    return at;
}

/* Adds the formula with `width` dollars before `begin` and behind `end`. */
static void add_formula(struct leaf *leaf, size_t begin, size_t end, size_t width) {
    struct formulas *all = leaf->formulas;
    size_t begin_offset = source_offset(leaf, begin - width);
    if (all->count > 0 && begin_offset < all->items[all->count - 1].end) return; /* lines shared */
    all->items = memory_grow(all->items, all->count, &all->capacity, sizeof(all->items[0]));
    all->items[all->count++] =
        (struct formula){.begin = (uint32_t)begin_offset,
                         .end = (uint32_t)source_offset(leaf, end + width - 1) + 1,
                         .tex = all->text.size,
                         .size = end - begin,
                         .is_display = width == 2};
    buffer_append(&all->text, leaf->text + begin, end - begin);
}

static size_t take_display(struct leaf *leaf, size_t at) {
    size_t begin = at + 2, end = find_fence(leaf, begin);
    if (end == leaf->size) return begin;
    while (begin < end && is_blank(leaf->text[begin])) begin++;
    if (begin == end) return at + 2;
    add_formula(leaf, at + 2, end, 2);
    return end + 2;
}

/* Takes the formula that begins at the dollar, if one does; returns where to go on. */
static size_t take_formula(struct leaf *leaf, size_t at) {
    if (is_fence(leaf, at)) return take_display(leaf, at);
    size_t begin = at + 1, end = find_dollar(leaf, begin);
    if (end == leaf->size || is_blank(leaf->text[begin]) || is_blank(leaf->text[end - 1]))
        return begin;
    if (end + 1 < leaf->size && leaf->text[end + 1] >= '0' && leaf->text[end + 1] <= '9')
        return begin;
    add_formula(leaf, begin, end, 1);
    return end + 1;
}

static size_t count_ticks(const struct leaf *leaf, size_t at) {
    size_t count = 0;
    while (at + count < leaf->size && leaf->text[at + count] == '`') count++;
    return count;
}

/* Behind the code that begins at the backticks, or behind them where none does. */
static size_t skip_code(struct leaf *leaf, size_t at) {
    size_t width = count_ticks(leaf, at), behind = at + width;
    if (width > TICKS_MAX || leaf->is_unclosed[width]) return behind;
    for (size_t next = behind, count; next<leaf->size; next += count> 0 ? count : 1) {
        count = count_ticks(leaf, next);
        if (count == width) return next + width;
    }
    leaf->is_unclosed[width] = true;
    return behind;
}

/* Behind `](target`: up to a blank or the bracket that closes. */
static size_t skip_target(const struct leaf *leaf, size_t at) {
    if (at + 1 >= leaf->size || leaf->text[at + 1] != '(') return at + 1;
    unsigned depth = 1;
    for (at += 2; at < leaf->size && !is_blank(leaf->text[at]); at++) {
        if (leaf->text[at] == '(') depth++;
        if (leaf->text[at] == ')' && --depth == 0) break;
    }
    return at;
}

/* Behind `<scheme:…>`. */
static size_t skip_autolink(const struct leaf *leaf, size_t at) {
    size_t end = at + 1;
    bool has_colon = false;
    for (; end < leaf->size && !is_blank(leaf->text[end]) && leaf->text[end] != '<'; end++) {
        has_colon |= leaf->text[end] == ':';
        if (leaf->text[end] == '>') return has_colon ? end + 1 : at + 1;
    }
    return at + 1;
}

static void scan_leaf(struct leaf *leaf) {
    for (size_t at = 0; at < leaf->size;) {
        switch (leaf->text[at]) {
        case '\\':
            at += 2;
            break;
        case '`':
            at = skip_code(leaf, at);
            break;
        case ']':
            at = skip_target(leaf, at);
            break;
        case '<':
            at = skip_autolink(leaf, at);
            break;
        case '$':
            at = take_formula(leaf, at);
            break;
        default:
            at++;
        }
    }
}

/* ---- leaves ---------------------------------------------------------------------------------- */

static void scan_lines(const struct source *source, const struct block_tree *tree,
                       const struct block *block, unsigned first, unsigned last,
                       struct formulas *formulas) {
    size_t count = 0;
    struct line_place *lines = memory_alloc((last - first + 1) * sizeof(*lines));
    struct buffer text = {0};
    for (unsigned line = first; line <= last; line++) {
        struct strip_place place = tree_strip_line(source, tree, block->parent, line);
        strip_take_blanks(source, &place, strip_count_blanks(source, place));
        lines[count++] = (struct line_place){.in_leaf = text.size, .in_source = place.at};
        buffer_append(&text, source->bytes + place.at, place.end - place.at);
        buffer_append(&text, "\n", 1);
    }
    struct leaf leaf = {.text = text.data,
                        .size = text.size,
                        .lines = lines,
                        .line_count = count,
                        .formulas = formulas};
    if (memchr(text.data, '$', text.size) != NULL) scan_leaf(&leaf);
    buffer_free(&text);
    free(lines);
}

void formulas_find(const struct source *source, const struct block_tree *tree,
                   struct formulas *ret_formulas) {
    *ret_formulas = (struct formulas){0};
    for (size_t i = 0; i < tree->count; i++) {
        const struct block *block = &tree->blocks[i];
        unsigned first = block->first_line, last = block->last_line;
        if (first > last || last >= source->line_count) continue;
        if (block->type == BLOCK_PARAGRAPH || block->type == BLOCK_HEADING)
            scan_lines(source, tree, block, first, last, ret_formulas);
        for (; block->type == BLOCK_TABLE && first <= last; first++)
            scan_lines(source, tree, block, first, first, ret_formulas);
    }
}

void formulas_free(struct formulas *formulas) {
    free(formulas->items);
    buffer_free(&formulas->text);
    *formulas = (struct formulas){0};
}

void formulas_hide(const struct formulas *formulas, struct source *source) {
    for (size_t i = 0; i < formulas->count; i++) {
        const struct formula *formula = &formulas->items[i];
        memset(source->copy + formula->begin, 'x', formula->end - formula->begin);
    }
}
