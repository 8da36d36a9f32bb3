#include "content/render_table.h"

#include <stdlib.h>
#include <uniwidth.h>

#include "content/memory.h"
#include "content/render_text.h"

/* Cells wider than this are not aligned to: a long one would be repeated as blanks in every row. */
enum { WIDTH_MAX = 200 };

struct columns {
    unsigned *widths;
    size_t count, capacity;
};

static unsigned width_of(const struct buffer *text) {
    int width = u8_width((const uint8_t *)text->data, text->size, "UTF-8");
    return width > 0 ? (unsigned)width : 0;
}

static void measure_row(const struct node_tree *tree, const struct node *row,
                        struct columns *columns) {
    size_t index = 0;
    for (const struct node *cell = row->first_child; cell != NULL; cell = cell->next, index++) {
        struct buffer text = {0};
        render_text_inlines(tree, cell, &text);
        unsigned width = width_of(&text);
        if (width > WIDTH_MAX) width = WIDTH_MAX;
        buffer_free(&text);
        if (index == columns->count) {
            columns->widths = memory_grow(columns->widths, columns->count++, &columns->capacity,
                                          sizeof(columns->widths[0]));
            columns->widths[index] = width;
        } else if (width > columns->widths[index]) {
            columns->widths[index] = width;
        }
    }
}

static unsigned blanks_before(enum node_align align, unsigned spare) {
    if (align == NODE_ALIGN_RIGHT) return spare;
    return align == NODE_ALIGN_CENTER ? spare / 2 : 0;
}

static void append_cell(const struct node_tree *tree, const struct node *cell, unsigned width,
                        struct buffer *out) {
    struct buffer text = {0};
    render_text_inlines(tree, cell, &text);
    unsigned own = width_of(&text), spare = width > own ? width - own : 0;
    unsigned before = blanks_before(cell->align, spare);
    buffer_append_blanks(out, before);
    buffer_append(out, text.data, text.size);
    buffer_append_blanks(out, spare - before);
    buffer_free(&text);
}

static void append_row(const struct node_tree *tree, const struct node *row,
                       const struct columns *columns, struct buffer *out) {
    size_t index = 0;
    for (const struct node *cell = row->first_child; cell != NULL; cell = cell->next, index++) {
        if (index > 0) buffer_append_blanks(out, 2);
        append_cell(tree, cell, columns->widths[index], out);
    }
    while (out->size > 0 && out->data[out->size - 1] == ' ') buffer_truncate(out, out->size - 1);
    buffer_append_text(out, "\n");
}

static void append_rule(const struct columns *columns, struct buffer *out) {
    for (size_t i = 0; i < columns->count; i++) {
        if (i > 0) buffer_append_blanks(out, 2);
        for (unsigned width = columns->widths[i]; width > 0; width--) buffer_append_text(out, "─");
    }
    buffer_append_text(out, "\n");
}

void render_table(const struct node_tree *tree, const struct node *table, struct buffer *out) {
    struct columns columns = {0};
    for (const struct node *row = table->first_child; row != NULL; row = row->next)
        measure_row(tree, row, &columns);
    for (const struct node *row = table->first_child; row != NULL; row = row->next) {
        append_row(tree, row, &columns, out);
        if (row->is_header) append_rule(&columns, out);
    }
    free(columns.widths);
}
