/* Taking the prefixes of containers off a line: blanks with their tabs, `>`, list markers
 * (CommonMark, sections 2.2, 5.1 and 5.2). Works on the source's copy. */
#ifndef QBANK_CONTENT_STRIP_H
#define QBANK_CONTENT_STRIP_H

#include "content/source.h"

/* A place in a line on the way from its start to its text. */
struct strip_place {
    size_t at, end;  /* offsets: what is left of the line */
    unsigned column; /* of `at`, from 0, a tab reaching to the next multiple of 4 */
    unsigned blanks; /* columns of a tab before `at` that are not taken yet */
};

struct strip_place strip_line_start(const struct source *source, unsigned line);

/* Columns of blanks that follow. */
unsigned strip_count_blanks(const struct source *source, struct strip_place place);

/* Takes up to so many columns of blanks; may cut a tab in two. */
void strip_take_blanks(const struct source *source, struct strip_place *place, unsigned columns);

/* Takes `count` bytes that are no tabs. */
void strip_take_bytes(struct strip_place *place, size_t count);

/* Length of a list marker that begins at `text`, without the blanks behind it, or 0. */
size_t strip_match_list_marker(const char *text, size_t size);

/* Takes a block quote's `>` with the blank behind it; nothing where a lazy line has none. */
void strip_take_quote(const struct source *source, struct strip_place *place);

/* The list item that begins at `place`: how many columns its other lines are indented by. 0: there
 * is no list marker here. */
unsigned strip_measure_item(const struct source *source, struct strip_place place);

/* Takes an item's prefix of `indent` columns on its first line (with the marker) or another one. */
void strip_take_item(const struct source *source, struct strip_place *place, unsigned indent,
                     bool is_first_line);

#endif
