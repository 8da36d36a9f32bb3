#include "content/foreign_tags.h"

#include <string.h>

#include "content/question.h"
#include "content/tag.h"

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Whether the word in `text`, with what encloses or follows it, names a difficulty. */
static bool names_difficulty(const char *text, size_t size, enum difficulty *ret_difficulty) {
    enum { LONGEST = 6 };
    char tag[LONGEST + 2] = "[";
    size_t begin = size > 0 && strchr("({<", text[0]) != NULL, length = 0;
    while (begin + length < size && length < LONGEST && is_letter(text[begin + length])) length++;
    memcpy(tag + 1, text + begin, length);
    tag[length + 1] = ']';
    if (tag_match(tag, length + 2, ret_difficulty) == 0) return false;
    size_t end = begin + length;
    if (end == size) return begin == 0 && length > 1;
    return begin > 0 ? strchr(")}>", text[end]) != NULL : strchr(":.*-", text[end]) != NULL;
}

/* Where the words of a line begin, behind all that marks and numbers it. */
static size_t find_words(const struct source *source, unsigned line) {
    size_t at = source->line_starts[line], end = source_line_end(source, line);
    while (at < end && strchr(" \t#*_+->.)0123456789", source->bytes[at]) != NULL) at++;
    return at;
}

static void say(const struct source *source, size_t offset, struct diagnostics *diagnostics) {
    diagnostics_add(diagnostics, SEVERITY_WARNING, source_line_of(source, offset) + 1,
                    source_column_of(source, offset), "unknown-tag",
                    "this seems to name a difficulty, as other lines do, but marks no question; "
                    "write [E], [M] or [H] before each question");
}

void foreign_tags_find(const struct source *source, struct diagnostics *diagnostics) {
    bool found = false;
    size_t first_place = 0;
    enum difficulty first = DIFFICULTY_EASY, difficulty;
    for (unsigned line = 0; line < source->line_count; line++) {
        size_t at = find_words(source, line);
        size_t size = source_line_end(source, line) - at;
        if (!names_difficulty(source->bytes + at, size, &difficulty)) continue;
        if (!found) {
            found = true;
            first = difficulty;
            first_place = at;
        } else if (difficulty != first) {
            say(source, first_place, diagnostics);
            return;
        }
    }
}
