#include "content/dialect.h"

#include <stdio.h>
#include <string.h>

#include "content/strip.h"
#include "content/tag.h"

static size_t skip_blanks(const char *text, size_t size, size_t at) {
    while (at < size && (text[at] == ' ' || text[at] == '\t')) at++;
    return at;
}

/* Blank columns after an enumerator from which CommonMark reads indented code (section 5.2). */
enum { CODE_BLANKS = 5 };

/* Whether a tag stands at `text`, perhaps behind the opening marks of an emphasis. */
static bool begins_with_tag(const char *text, size_t size) {
    enum difficulty difficulty;
    size_t at = 0;
    while (at < size && at < 3 && (text[at] == '*' || text[at] == '_')) at++;
    return tag_match(text + at, size - at, &difficulty) > 0;
}

/* Only an item numbered 1 may follow a paragraph without a blank line (CommonMark, section 5.2). */
static void renumber(char *digits, size_t count) {
    memset(digits, '0', count);
    digits[count - 1] = '1';
}

/* Writes a list marker that CommonMark knows over `width` bytes, the last of them a blank: a number
 * that may interrupt a paragraph (it is 1), or a bullet where there is no room. At most 9 digits.
 */
static bool write_marker(char *place, size_t width, char delimiter) {
    enum { DIGITS_MAX = 9, INDENT_MAX = 3, BLANKS_MAX = 4 };
    if (width < 2 || width > INDENT_MAX + DIGITS_MAX + 1 + BLANKS_MAX) return false;
    memset(place, ' ', width);
    if (width == 2) {
        place[0] = '-';
        return true;
    }
    size_t digits = width - 2 < DIGITS_MAX ? width - 2 : DIGITS_MAX;
    size_t spare = width - 2 - digits;
    size_t indent = spare < INDENT_MAX ? spare : INDENT_MAX;
    renumber(place + indent, digits);
    place[indent + digits] = delimiter;
    return true;
}

/* Rewrites the enumerator at `at`, if it is one that stands before a tag and that CommonMark would
 * not read as a list marker before text. */
static void translate_enumerator(struct source *source, size_t at, size_t end) {
    const char *text = source->copy + at;
    size_t size = end - at;
    size_t known = strip_match_list_marker(text, size);
    size_t length = known > 0 ? known : enumerator_match(text, size);
    if (length == 0) return;
    size_t tag = skip_blanks(text, size, length);
    if (!begins_with_tag(text + tag, size - tag)) return;
    size_t blanks = tag - length;
    if (known > 1) renumber(source->copy + at, known - 1);
    if (known > 0 && blanks > 0 && blanks < CODE_BLANKS) return;
    if (known == 1 && blanks == 0) return; /* `*[E]`, `-[E]`: no room for the blank */
    char delimiter = text[length - 1] == ')' ? ')' : '.';
    if (blanks > 0 && blanks < CODE_BLANKS)
        write_marker(source->copy + at, length + 1, delimiter);
    else
        write_marker(source->copy + at, tag, delimiter);
}

/* Skips what containers put before the text of a line: blanks, `>`, a list marker. */
static size_t skip_containers(const struct source *source, size_t at, size_t end) {
    for (;;) {
        at = skip_blanks(source->copy, end, at);
        if (at < end && source->copy[at] == '>') {
            at++;
            continue;
        }
        size_t marker = strip_match_list_marker(source->copy + at, end - at);
        size_t next = skip_blanks(source->copy, end, at + marker);
        if (marker == 0 || next == at + marker || next == end) return at;
        if (begins_with_tag(source->copy + next, end - next)) return at;
        at = next;
    }
}

/* `[E]: easy` is meant as a legend, `[E]: https://…`, `[E]: <…>`, `[E]: #anchor` as a link. */
static bool is_link_target(const char *text, size_t size) {
    return size > 0 && (strchr("<#/.", text[0]) != NULL || memmem(text, size, "://", 3) != NULL);
}

static void defuse_definition(struct source *source, size_t at, size_t end) {
    enum difficulty difficulty;
    size_t length = tag_match(source->copy + at, end - at, &difficulty);
    size_t colon = at + length;
    if (length == 0 || colon >= end || source->copy[colon] != ':') return;
    size_t target = skip_blanks(source->copy, end, colon + 1);
    if (!is_link_target(source->copy + target, end - target)) source->copy[colon] = ';';
}

/* Writes `[`, blanks, the words and `]` over a tag in brackets of other kinds, if it is one. */
static void translate_brackets(struct source *source, size_t at, const char *open,
                               const char *close) {
    enum { TAG_SIZE_MAX = 40 };
    char *tag = source->copy + at;
    size_t size = source->size - at < TAG_SIZE_MAX ? source->size - at : TAG_SIZE_MAX;
    char *end = memmem(tag, size, close, strlen(close));
    if (end == NULL) return;
    char words[TAG_SIZE_MAX + 3];
    size_t begin = strlen(open), length = (size_t)(end - tag) - begin;
    enum difficulty difficulty;
    snprintf(words, sizeof(words), "[%.*s]", (int)length, tag + begin);
    if (tag_match(words, length + 2, &difficulty) != length + 2) return;
    memset(tag, ' ', begin);
    memset(end, ' ', strlen(close));
    tag[0] = '[';
    end[strlen(close) - 1] = ']';
}

static void translate_all_brackets(struct source *source) {
    static const struct {
        const char *open, *close;
    } pairs[] = {{"\u3010", "\u3011"}, {"\uff3b", "\uff3d"}, {"\u3014", "\u3015"}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        const char *open = pairs[i].open, *at = source->copy, *end = at + source->size;
        for (; (at = memchr(at, open[0], (size_t)(end - at))) != NULL; at++)
            if ((size_t)(end - at) > strlen(open) && memcmp(at, open, strlen(open)) == 0)
                translate_brackets(source, (size_t)(at - source->copy), open, pairs[i].close);
    }
}

void dialect_translate_tags(struct source *source) {
    translate_all_brackets(source);
    for (unsigned line = 0; line < source->line_count; line++) {
        size_t start = source->line_starts[line], end = source_line_end(source, line);
        if (memchr(source->copy + start, '[', end - start) == NULL) continue;
        size_t at = skip_containers(source, start, end);
        translate_enumerator(source, at, end);
        at += strip_match_list_marker(source->copy + at, end - at);
        defuse_definition(source, skip_blanks(source->copy, end, at), end);
    }
}

/* ---- display math --------------------------------------------------------------------------- */

/* Longer formulas do not exist; an unclosed `$$` must not hide the rest of the file. */
enum { DISPLAY_MATH_MAX_LINES = 200 };

static unsigned count_fences(const struct source *source, size_t at, size_t end) {
    unsigned count = 0;
    for (; at + 1 < end; at++)
        if (source->bytes[at] == '$' && source->bytes[at + 1] == '$') count++, at++;
    return count;
}

static bool opens_math(const struct source *source, unsigned line) {
    size_t end = source_line_end(source, line);
    size_t at = skip_containers(source, source->line_starts[line], end);
    return at + 1 < end && memcmp(source->bytes + at, "$$", 2) == 0 &&
           count_fences(source, at, end) % 2 == 1;
}

/* The line with the closing `$$`, or 0. */
static unsigned find_math_end(const struct source *source, unsigned first) {
    unsigned last = first + DISPLAY_MATH_MAX_LINES;
    for (unsigned line = first + 1; line < source->line_count && line < last; line++) {
        if (count_fences(source, source->line_starts[line], source_line_end(source, line)) > 0)
            return line;
        size_t end = source_line_end(source, line);
        size_t at = skip_containers(source, source->line_starts[line], end);
        if (tag_begins_line(source->bytes + at, end - at)) return 0;
    }
    return 0;
}

/* Makes the line plain text: its first byte a letter, or, where it is empty, its line ending. */
static bool hide_line(struct source *source, unsigned line) {
    size_t end = source_line_end(source, line);
    size_t at = skip_blanks(source->bytes, end, source->line_starts[line]);
    if (at == end) {
        memset(source->copy + source->line_starts[line], 'x',
               source->line_starts[line + 1] - source->line_starts[line]);
        return true;
    }
    bool is_markup = strchr("-+*#=>|<`~_:0123456789[", source->bytes[at]) != NULL;
    if (is_markup) source->copy[at] = 'x';
    return is_markup;
}

/* The next line from `line` on that has `$$` in it, or line_count. Most sources have none. */
static unsigned find_fence(const struct source *source, unsigned line) {
    const char *at = source->bytes + source->line_starts[line];
    const char *end = source->bytes + source->size;
    while ((at = memchr(at, '$', (size_t)(end - at))) != NULL) {
        at++;
        if (at < end && *at == '$') return source_line_of(source, (size_t)(at - source->bytes));
    }
    return source->line_count;
}

bool dialect_hide_display_math(struct source *source,
                               bool (*is_verbatim)(const void *context, unsigned line),
                               const void *context) {
    bool changed = false;
    for (unsigned line = 0; (line = find_fence(source, line)) < source->line_count; line++) {
        if (!opens_math(source, line) || is_verbatim(context, line)) continue;
        unsigned end = find_math_end(source, line);
        for (unsigned inside = line + 1; inside < end; inside++)
            changed |= hide_line(source, inside);
        if (end > 0) line = end;
    }
    return changed;
}
