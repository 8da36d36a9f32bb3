#include "content/sheet.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "content/memory.h"

static const char ELLIPSIS[] = "…";
/* Room for it, perhaps on a line of its own. */
enum { ELLIPSIS_UNITS = 2 };

/* Keeps two marks of the same characters apart, which would make another one (`_a__b_`), and a mark
 * from a letter beside which it is none (`in_si_de`). */
static const char SEPARATOR[] = "\u200b";

void sheet_free(struct sheet *sheet) {
    buffer_free(&sheet->text);
    free(sheet->prefixes);
    *sheet = (struct sheet){0};
}

size_t sheet_measure(const struct sheet *sheet, const char *text, size_t size) {
    size_t units = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        units += (byte & 0xc0) != 0x80;
        units += sheet->unit == SHEET_UTF16 && byte >= 0xf0;
    }
    return units;
}

static size_t measure_mark(const struct sheet *sheet, const char *mark) {
    return sheet->is_markup_free ? 0 : sheet_measure(sheet, mark, strlen(mark));
}

bool sheet_begins_line(const struct sheet *sheet) {
    return sheet->breaks > 0 || sheet->text.size == 0;
}

/* ---- what stands before a piece -------------------------------------------------------------- */

void sheet_append_break(const struct sheet *sheet, struct buffer *piece) {
    buffer_append_text(piece, "\n");
    for (size_t i = 0; i < sheet->prefix_count; i++)
        buffer_append_text(piece, sheet->prefixes[i].rest);
}

/* What begins behind an empty line has no part in it. */
static void append_empty_line(const struct sheet *sheet, struct buffer *lead) {
    buffer_append_text(lead, "\n");
    for (size_t i = 0; i < sheet->prefix_count && sheet->prefixes[i].has_begun; i++)
        buffer_append_text(lead, sheet->prefixes[i].rest);
    while (lead->data[lead->size - 1] == ' ') buffer_truncate(lead, lead->size - 1);
}

static void append_line_start(const struct sheet *sheet, struct buffer *lead) {
    if (sheet->text.size > 0) {
        for (unsigned i = 1; i < sheet->breaks; i++) append_empty_line(sheet, lead);
        buffer_append_text(lead, "\n");
    }
    for (size_t i = 0; i < sheet->prefix_count; i++) {
        const struct sheet_prefix *prefix = &sheet->prefixes[i];
        buffer_append_text(lead, prefix->has_begun ? prefix->rest : prefix->first);
    }
}

static bool ends_with_letter(const struct buffer *text) {
    ucs4_t character = 0;
    if (text->size > 0)
        u8_prev(&character, (const uint8_t *)text->data + text->size, (const uint8_t *)text->data);
    return uc_is_alnum(character);
}

static bool begins_with_letter(const char *text, size_t size) {
    ucs4_t character;
    u8_mbtouc(&character, (const uint8_t *)text, size);
    return uc_is_alnum(character);
}

static bool is_shy(const struct sheet *sheet, const char *mark) {
    return sheet->shy_marks != NULL && strchr(sheet->shy_marks, mark[0]) != NULL;
}

/* Whether the mark cannot stand right behind what has been written. Control characters, which are
 * no mark for readers, can. */
static bool meets_text(const struct sheet *sheet, const struct buffer *lead, const char *mark) {
    if (lead->size > 0 || sheet->text.size == 0 || mark[0] < ' ') return false;
    if (sheet->text.data[sheet->text.size - 1] == mark[0]) return true;
    return is_shy(sheet, mark) && ends_with_letter(&sheet->text);
}

/* Whether a mark has been closed behind which the piece cannot stand. */
static bool meets_piece(const struct sheet *sheet, const struct buffer *lead, const char *piece,
                        size_t size) {
    return lead->size == 0 && sheet->closed != NULL && is_shy(sheet, sheet->closed) &&
           begins_with_letter(piece, size);
}

/* Appends the marks that are not written yet; returns their units. */
static size_t append_marks(const struct sheet *sheet, struct buffer *lead) {
    size_t units = 0;
    for (size_t i = 0; i < sheet->mark_count; i++) {
        if (sheet->marks[i].is_written) continue;
        const char *mark = sheet->marks[i].text;
        if (meets_text(sheet, lead, mark)) {
            buffer_append_text(lead, SEPARATOR);
            units++;
        }
        buffer_append_text(lead, mark);
        units += measure_mark(sheet, mark);
    }
    return units;
}

static size_t measure_closing(const struct sheet *sheet) {
    size_t units = 0;
    for (size_t i = 0; i < sheet->mark_count; i++)
        units += measure_mark(sheet, sheet->marks[i].text);
    return units;
}

/* ---- pieces ---------------------------------------------------------------------------------- */

static void begin_lines_and_marks(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->prefix_count; i++) sheet->prefixes[i].has_begun = true;
    for (size_t i = 0; i < sheet->mark_count; i++) sheet->marks[i].is_written = true;
    sheet->breaks = 0;
    sheet->has_blank = false;
    sheet->closed = NULL;
}

static bool has_written_mark(const struct sheet *sheet) {
    return sheet->mark_count > 0 && sheet->marks[0].is_written;
}

void sheet_begin_word(struct sheet *sheet) {
    sheet->word = (struct sheet_word){.is_open = true,
                                      .size = sheet->text.size,
                                      .mark_count = sheet->mark_count,
                                      .breaks = sheet->breaks};
    for (size_t i = 0; i < sheet->mark_count; i++)
        sheet->word.is_written[i] = sheet->marks[i].is_written;
}

void sheet_end_word(struct sheet *sheet) {
    sheet->word.is_open = false;
}

/* Takes back what is written of a word: marks that it has opened are not written then, those that
 * it has closed are closed before it. */
static void take_back_word(struct sheet *sheet) {
    const struct sheet_word *word = &sheet->word;
    buffer_truncate(&sheet->text, word->size);
    sheet->breaks = word->breaks;
    for (size_t i = 0; i < sheet->mark_count; i++) sheet->marks[i].is_written = word->is_written[i];
    for (size_t i = word->mark_count; i > sheet->mark_count; i--)
        if (word->is_written[i - 1]) buffer_append_text(&sheet->text, sheet->marks[i - 1].text);
}

/* Behind whole lines the ellipsis has a line of its own. */
static void cut_here(struct sheet *sheet) {
    sheet->is_full = true;
    if (sheet->word.is_open) take_back_word(sheet);
    if (sheet->breaks > 0 && sheet->text.size > 0 && !has_written_mark(sheet))
        buffer_append_text(&sheet->text, "\n");
    buffer_append_text(&sheet->text, ELLIPSIS);
}

void sheet_put(struct sheet *sheet, const char *piece, size_t size, size_t units) {
    if (sheet->is_full || size == 0) return;
    struct buffer lead = {0};
    if (sheet_begins_line(sheet))
        append_line_start(sheet, &lead);
    else if (sheet->has_blank)
        buffer_append_text(&lead, " ");
    size_t needed = units + sheet_measure(sheet, lead.data, lead.size);
    needed += append_marks(sheet, &lead);
    if (meets_piece(sheet, &lead, piece, size)) {
        buffer_append_text(&lead, SEPARATOR);
        needed++;
    }
    size_t closing = measure_closing(sheet) + ELLIPSIS_UNITS;
    if (sheet->limit != SIZE_MAX && sheet->used + needed + closing > sheet->limit) {
        cut_here(sheet);
    } else {
        buffer_append(&sheet->text, lead.data, lead.size);
        begin_lines_and_marks(sheet);
        buffer_append(&sheet->text, piece, size);
        sheet->used += needed;
    }
    buffer_free(&lead);
}

void sheet_blank(struct sheet *sheet) {
    sheet->has_blank = true;
}

/* ---- marks and prefixes ---------------------------------------------------------------------- */

static void write_closing(struct sheet *sheet, size_t index) {
    if (!sheet->marks[index].is_written) return;
    sheet->marks[index].is_written = false;
    sheet->closed = sheet->marks[index].text;
    buffer_append_text(&sheet->text, sheet->marks[index].text);
    sheet->used += measure_mark(sheet, sheet->marks[index].text);
}

void sheet_break(struct sheet *sheet, unsigned count) {
    if (sheet->is_full) return;
    for (size_t i = sheet->mark_count; i > 0; i--) write_closing(sheet, i - 1);
    if (count > sheet->breaks) sheet->breaks = count;
}

void sheet_open(struct sheet *sheet, const char *mark) {
    sheet->marks[sheet->mark_count].text = mark;
    sheet->marks[sheet->mark_count++].is_written = false;
}

void sheet_close(struct sheet *sheet) {
    write_closing(sheet, --sheet->mark_count);
}

size_t sheet_hide_marks(struct sheet *sheet) {
    size_t count = sheet->mark_count;
    sheet->mark_count = 0;
    return count;
}

void sheet_show_marks(struct sheet *sheet, size_t count) {
    sheet->mark_count = count;
}

void sheet_push(struct sheet *sheet, const char *first, const char *rest) {
    sheet->prefixes = memory_grow(sheet->prefixes, sheet->prefix_count, &sheet->prefix_capacity,
                                  sizeof(sheet->prefixes[0]));
    sheet->prefixes[sheet->prefix_count++] = (struct sheet_prefix){.first = first, .rest = rest};
}

void sheet_pop(struct sheet *sheet) {
    sheet->prefix_count--;
}
