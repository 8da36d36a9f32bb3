#include "content/cut.h"

#include <string.h>

/* An indentation that is shared by all lines and is less than this is the author's way of aligning
 * an answer, not code. */
enum { CODE_INDENT = 4 };

static bool is_blank_byte(char c) {
    return c == ' ' || c == '\t';
}

static unsigned common_indent(const struct scissors *scissors, int container, unsigned first,
                              unsigned last) {
    unsigned least = CODE_INDENT;
    for (unsigned line = first; line <= last && least > 0; line++) {
        if (source_line_is_blank(scissors->source, line)) continue;
        struct strip_place place =
            tree_strip_line(scissors->source, scissors->tree, container, line);
        unsigned blanks = strip_count_blanks(scissors->source, place);
        if (blanks < least) least = blanks;
    }
    return least < CODE_INDENT ? least : 0;
}

/* A line of blanks ends no block and begins none: it is kept only between lines of text. */
static bool is_doubled_blank(const struct buffer *text, const struct strip_place *place) {
    bool follows_blank =
        text->size == 0 || (text->size >= 2 && text->data[text->size - 1] == '\n' &&
                            text->data[text->size - 2] == '\n');
    return place->at == place->end && follows_blank;
}

/* Appends what is left of a line once its containers' prefixes and `indent` columns of blanks are
 * taken off. */
static void append_line(const struct scissors *scissors, struct strip_place place, unsigned indent,
                        struct buffer *text) {
    strip_take_blanks(scissors->source, &place, indent);
    if (place.blanks > 0) { /* half a tab: what follows it would reach another column */
        unsigned blanks = strip_count_blanks(scissors->source, place);
        strip_take_blanks(scissors->source, &place, blanks);
        buffer_append_blanks(text, blanks);
    }
    buffer_append(text, scissors->source->bytes + place.at, place.end - place.at);
}

char *cut_lines(const struct scissors *scissors, int container, unsigned first, unsigned last) {
    unsigned indent = common_indent(scissors, container, first, last);
    struct buffer text = {0};
    const uint32_t *starts = scissors->source->line_starts;
    if (first <= last) buffer_reserve(&text, starts[last + 1] - starts[first]);
    bool has_skipped = false;
    for (unsigned line = first; line <= last; line++) {
        if (tags_line_is_skipped(scissors->tags, line)) {
            has_skipped = true;
            continue;
        }
        struct strip_place place =
            tree_strip_line(scissors->source, scissors->tree, container, line);
        struct strip_place rest = place;
        strip_take_blanks(scissors->source, &rest, indent);
        if (has_skipped && is_doubled_blank(&text, &rest)) continue;
        has_skipped = false;
        append_line(scissors, place, indent, &text);
        buffer_append(&text, "\n", 1);
    }
    buffer_trim_end(&text);
    return buffer_steal(&text);
}

/* Columns to the text of a container of list items alone. False: quotes are among them. */
static bool find_indent(const struct block_tree *tree, int container, unsigned *ret_indent) {
    *ret_indent = 0;
    for (; container != BLOCK_NONE; container = tree->blocks[container].parent) {
        if (tree->blocks[container].type == BLOCK_QUOTE) return false;
        *ret_indent += tree->blocks[container].indent;
    }
    return true;
}

bool cut_is_faithful(const struct scissors *scissors, int container, unsigned first,
                     unsigned last) {
    const struct source *source = scissors->source;
    unsigned indent;
    if (first > last) return false;
    size_t begin = source->line_starts[first], end = source->line_starts[last + 1];
    if (memcmp(source->bytes + begin, source->copy + begin, end - begin) != 0 ||
        memchr(source->bytes + begin, '\r', end - begin) != NULL ||
        !find_indent(scissors->tree, container, &indent))
        return false;
    for (unsigned line = first; line <= last; line++) {
        if (tags_line_is_skipped(scissors->tags, line)) return false;
        struct strip_place place = tree_strip_line(source, scissors->tree, container, line);
        if (line == first && strip_count_blanks(source, place) > 0) return false;
        if (place.column - place.blanks != indent && place.at < place.end) return false;
    }
    return true;
}

struct cut_range cut_line_range(const struct scissors *scissors, int container, unsigned line) {
    const char *bytes = scissors->source->bytes;
    struct strip_place place = tree_strip_line(scissors->source, scissors->tree, container, line);
    struct cut_range range = {.begin = place.at, .end = place.end};
    while (range.begin < range.end && is_blank_byte(bytes[range.begin])) range.begin++;
    while (range.end > range.begin && is_blank_byte(bytes[range.end - 1])) range.end--;
    return range;
}

struct cut_range cut_heading_range(const struct scissors *scissors, int container, unsigned line) {
    const char *bytes = scissors->source->bytes;
    struct cut_range range = cut_line_range(scissors, container, line);
    while (range.begin < range.end && bytes[range.begin] == '#') range.begin++;
    while (range.begin < range.end && is_blank_byte(bytes[range.begin])) range.begin++;
    size_t end = range.end;
    while (end > range.begin && bytes[end - 1] == '#') end--;
    bool is_closing = end == range.begin || is_blank_byte(bytes[end - 1]);
    if (is_closing) range.end = end;
    while (range.end > range.begin && is_blank_byte(bytes[range.end - 1])) range.end--;
    return range;
}

/* A fence that is never closed ends with its container. */
static bool is_closed(const struct scissors *scissors, const struct block *block) {
    struct cut_range range = cut_line_range(scissors, block->parent, block->last_line);
    const char *text = scissors->source->bytes + range.begin;
    size_t size = range.end - range.begin, marks = 0;
    while (marks < size && (text[marks] == '`' || text[marks] == '~')) marks++;
    return block->last_line > block->first_line && marks >= 3 && marks == size;
}

char *cut_fenced(const struct scissors *scissors, const struct block *block) {
    const struct source *source = scissors->source;
    struct strip_place fence =
        tree_strip_line(source, scissors->tree, block->parent, block->first_line);
    unsigned indent = strip_count_blanks(source, fence);
    unsigned end = block->last_line + !is_closed(scissors, block);
    struct buffer text = {0};
    for (unsigned line = block->first_line + 1; line < end; line++) {
        if (line > block->first_line + 1) buffer_append(&text, "\n", 1);
        append_line(scissors, tree_strip_line(source, scissors->tree, block->parent, line), indent,
                    &text);
    }
    return buffer_steal(&text);
}
