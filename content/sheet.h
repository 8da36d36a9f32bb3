/* The sheet that text is written on: words and other pieces that stay whole, between them blanks
 * and line breaks that are written only when something follows, prefixes of lines (indentation,
 * quotes, list markers), marks that open and close (`*bold*`), and a limit that is never passed.
 * Where the limit is reached the text ends in "…" behind the last piece that had room, with the
 * marks that are open there closed. Pure. */
#ifndef QBANK_CONTENT_SHEET_H
#define QBANK_CONTENT_SHEET_H

#include <stdbool.h>

#include "content/buffer.h"

/* How a platform counts characters. */
enum sheet_unit {
    SHEET_CODE_POINTS,
    SHEET_UTF16, /* code units: a character beyond U+FFFF counts twice */
};

enum { SHEET_MARKS_MAX = 4 };

struct sheet {
    struct buffer text;
    enum sheet_unit unit;
    bool is_markup_free;   /* marks are not counted */
    const char *shy_marks; /* their characters: no marks right beside a letter outside; or NULL */
    size_t limit;          /* SIZE_MAX: none */
    size_t used;           /* of the limit */
    bool is_full;          /* the text was cut; nothing is written any more */

    /* the sheet's own */
    unsigned breaks;    /* line breaks before the next piece */
    bool has_blank;     /* a blank before it */
    const char *closed; /* the mark that was closed last, nothing having come since; or NULL */
    struct {
        const char *text;
        bool is_written;
    } marks[SHEET_MARKS_MAX];
    size_t mark_count;
    struct sheet_word {
        bool is_open, is_written[SHEET_MARKS_MAX];
        size_t size, mark_count;
        unsigned breaks;
    } word; /* what was there before the word that is being written */
    struct sheet_prefix {
        const char *first, *rest; /* before its first line, before the others */
        bool has_begun;
    } * prefixes;
    size_t prefix_count, prefix_capacity;
};

void sheet_free(struct sheet *sheet);

/* Length of a text in units of the sheet. */
size_t sheet_measure(const struct sheet *sheet, const char *text, size_t size);

/* Writes a piece, all of it or nothing; `units` is what counts of it. */
void sheet_put(struct sheet *sheet, const char *piece, size_t size, size_t units);

/* The pieces between the two are a word: the text is cut before the first or behind the last. */
void sheet_begin_word(struct sheet *sheet);
void sheet_end_word(struct sheet *sheet);

/* A blank, or line breaks, before the next piece, if there is one. Two breaks make an empty line.
 * No mark reaches across a line break: it is closed before and opened again behind. */
void sheet_blank(struct sheet *sheet);
void sheet_break(struct sheet *sheet, unsigned count);

/* Whether the next piece begins a line. */
bool sheet_begins_line(const struct sheet *sheet);

/* A mark, before and behind what comes until it is closed; none is written around nothing. At most
 * SHEET_MARKS_MAX at once. The string must outlive the sheet. */
void sheet_open(struct sheet *sheet, const char *mark);
void sheet_close(struct sheet *sheet);

/* Behind a line break: leaves out the marks that are open until sheet_show_marks() is given what
 * this returns. None may be opened in between. */
size_t sheet_hide_marks(struct sheet *sheet);
void sheet_show_marks(struct sheet *sheet, size_t count);

/* Puts a prefix before every line up to sheet_pop(): `first` before the first one. The strings must
 * last until then. */
void sheet_push(struct sheet *sheet, const char *first, const char *rest);
void sheet_pop(struct sheet *sheet);

/* Appends a line break and what stands before a line now, for pieces of several lines. */
void sheet_append_break(const struct sheet *sheet, struct buffer *piece);

#endif
