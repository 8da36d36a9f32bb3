#include "content/render_text_internal.h"
#include "content/words.h"

void text_put_piece(struct text_writer *writer, struct buffer *piece, const char *bare,
                    size_t size) {
    struct sheet *sheet = writer->sheet;
    size_t units = writer->platform->is_markup_free
                       ? sheet_measure(sheet, bare, size)
                       : sheet_measure(sheet, piece->data, piece->size);
    sheet_put(sheet, piece->data, piece->size, units);
    writer->has_match |= writer->is_marking && !sheet->is_full;
    buffer_free(piece);
}

void text_set_mark(struct text_writer *writer, bool is_marked) {
    if (is_marked && !writer->is_marking)
        sheet_open(writer->sheet, writer->platform->match);
    else if (!is_marked && writer->is_marking)
        sheet_close(writer->sheet);
    writer->is_marking = is_marked;
}

void text_put_escaped(struct text_writer *writer, const char *text, size_t size) {
    const struct platform *platform = writer->platform;
    struct buffer piece = {0};
    (sheet_begins_line(writer->sheet) ? platform->escape_line : platform->escape)(&piece, text,
                                                                                  size);
    text_put_piece(writer, &piece, text, size);
}

/* Puts a word as pieces, what is marked of it in marks. One that has no room is not there at all.
 */
static void put_marked_word(struct text_writer *writer, size_t at, size_t end) {
    const char *text = writer->tree->text.data;
    bool had_match = writer->has_match;
    sheet_begin_word(writer->sheet);
    while (at < end) {
        bool is_marked;
        size_t stop = nodes_find_border(writer->tree, at, end, &is_marked);
        text_set_mark(writer, is_marked);
        text_put_escaped(writer, text + at, stop - at);
        at = stop;
    }
    sheet_end_word(writer->sheet);
    if (writer->sheet->is_full) writer->has_match = had_match;
}

static void put_word(struct text_writer *writer, size_t at, size_t end) {
    const struct span *mark = nodes_find_mark(writer->tree, at);
    if (mark != NULL && mark->start < end) {
        put_marked_word(writer, at, end);
    } else {
        text_set_mark(writer, false);
        text_put_escaped(writer, writer->tree->text.data + at, end - at);
    }
}

void text_put_words(struct text_writer *writer, struct node_text text) {
    const char *bytes = nodes_text(writer->tree, text);
    for (size_t at = 0; at < text.size && !writer->sheet->is_full;) {
        size_t end = words_find_end(bytes, text.size, at);
        if (end > at)
            put_word(writer, text.begin + at, text.begin + end);
        else
            sheet_blank(writer->sheet);
        at = end > at ? end : at + 1;
    }
    text_set_mark(writer, false);
}
