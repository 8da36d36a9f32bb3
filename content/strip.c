#include "content/strip.h"

#include <string.h>

enum { TAB_STOP = 4 };

struct strip_place strip_line_start(const struct source *source, unsigned line) {
    return (struct strip_place){.at = source->line_starts[line],
                                .end = source_line_end(source, line)};
}

/* Takes one blank or tab; returns its columns, 0 if something else follows. */
static unsigned take_blank(const struct source *source, struct strip_place *place) {
    char c = place->at < place->end ? source->copy[place->at] : '\0';
    if (c != ' ' && c != '\t') return 0;
    unsigned width = c == ' ' ? 1 : TAB_STOP - place->column % TAB_STOP;
    place->at++;
    place->column += width;
    return width;
}

unsigned strip_count_blanks(const struct source *source, struct strip_place place) {
    unsigned count = place.blanks;
    for (unsigned width; (width = take_blank(source, &place)) > 0;) count += width;
    return count;
}

void strip_take_blanks(const struct source *source, struct strip_place *place, unsigned columns) {
    for (; columns > 0; columns--) {
        if (place->blanks == 0) place->blanks = take_blank(source, place);
        if (place->blanks == 0) return;
        place->blanks--;
    }
}

void strip_take_bytes(struct strip_place *place, size_t count) {
    place->at += count;
    place->column += (unsigned)count;
    place->blanks = 0;
}

size_t strip_match_list_marker(const char *text, size_t size) {
    if (size == 0) return 0;
    if (text[0] == '-' || text[0] == '+' || text[0] == '*') return 1;
    size_t at = 0;
    while (at < size && at < 10 && text[at] >= '0' && text[at] <= '9') at++;
    bool closed = at > 0 && at < 10 && at < size && (text[at] == '.' || text[at] == ')');
    return closed ? at + 1 : 0;
}

static char next_byte(const struct source *source, const struct strip_place *place) {
    return place->at < place->end ? source->copy[place->at] : '\0';
}

void strip_take_quote(const struct source *source, struct strip_place *place) {
    struct strip_place mark = *place;
    strip_take_blanks(source, &mark, strip_count_blanks(source, mark));
    if (next_byte(source, &mark) != '>') return;
    strip_take_bytes(&mark, 1);
    strip_take_blanks(source, &mark, 1);
    *place = mark;
}

/* More blanks than this behind a list marker begin indented code. */
enum { ITEM_BLANKS_MAX = 4 };

unsigned strip_measure_item(const struct source *source, struct strip_place place) {
    unsigned lead = strip_count_blanks(source, place);
    strip_take_blanks(source, &place, lead);
    size_t marker = strip_match_list_marker(source->copy + place.at, place.end - place.at);
    if (marker == 0) return 0;
    strip_take_bytes(&place, marker);
    unsigned blanks = strip_count_blanks(source, place);
    strip_take_blanks(source, &place, blanks);
    bool is_text_near = next_byte(source, &place) != '\0' && blanks <= ITEM_BLANKS_MAX;
    return lead + (unsigned)marker + (is_text_near ? blanks : 1);
}

void strip_take_item(const struct source *source, struct strip_place *place, unsigned indent,
                     bool is_first_line) {
    if (is_first_line) {
        unsigned lead = strip_count_blanks(source, *place);
        strip_take_blanks(source, place, lead);
        size_t marker = strip_match_list_marker(source->copy + place->at, place->end - place->at);
        strip_take_bytes(place, marker);
        unsigned taken = lead + (unsigned)marker;
        indent = indent > taken ? indent - taken : 0;
    }
    strip_take_blanks(source, place, indent);
}
