#include "content/locate.h"

#include <string.h>

#include "content/strip.h"

/* ---- lines ----------------------------------------------------------------------------------- */

/* What is left of a line when blanks and `>` are skipped. */
static struct strip_place skip_quotes(const struct source *source, unsigned line) {
    struct strip_place place = strip_line_start(source, line);
    const char *copy = source->copy;
    for (; place.at < place.end; place.at++)
        if (copy[place.at] != ' ' && copy[place.at] != '\t' && copy[place.at] != '>') break;
    return place;
}

static bool is_empty(const struct source *source, unsigned line) {
    struct strip_place place = skip_quotes(source, line);
    return place.at == place.end;
}

bool locate_line_is_rule(const struct source *source, unsigned line) {
    struct strip_place place = skip_quotes(source, line);
    char mark = '\0';
    unsigned count = 0;
    for (size_t at = place.end; at > place.at; at--) {
        char c = source->copy[at - 1];
        if (c == ' ' || c == '\t') continue;
        if (mark == '\0' && strchr("-_*", c) != NULL) mark = c;
        if (c != mark) break;
        count++;
    }
    return count >= 3;
}

bool locate_line_is_definition(const struct source *source, unsigned line) {
    struct strip_place place = skip_quotes(source, line);
    const char *text = source->copy + place.at;
    size_t size = place.end - place.at;
    const char *label_end = size > 0 && text[0] == '[' ? memchr(text, ']', size) : NULL;
    return label_end != NULL && label_end - text > 1 && label_end + 1 < text + size &&
           label_end[1] == ':';
}

/* A closing code fence, a setext underline: nothing but one of these bytes. */
static bool is_made_of(const struct source *source, unsigned line, const char *marks,
                       unsigned least) {
    if (line >= source->line_count) return false;
    struct strip_place place = skip_quotes(source, line);
    char mark = place.at < place.end ? source->copy[place.at] : '\0';
    if (mark == '\0' || strchr(marks, mark) == NULL) return false;
    unsigned count = 0;
    while (place.at < place.end && source->copy[place.at] == mark) place.at++, count++;
    while (place.at < place.end && strchr(" \t", source->copy[place.at]) != NULL) place.at++;
    return place.at == place.end && count >= least;
}

static bool has_fence(const struct source *source, unsigned line) {
    size_t start = source->line_starts[line], size = source_line_end(source, line) - start;
    const char *text = source->copy + start;
    return memmem(text, size, "```", 3) != NULL || memmem(text, size, "~~~", 3) != NULL;
}

static bool has_heading_mark(const struct source *source, unsigned line) {
    size_t start = source->line_starts[line];
    return memchr(source->copy + start, '#', source_line_end(source, line) - start) != NULL;
}

static bool has_list_marker(const struct source *source, unsigned line) {
    return strip_measure_item(source, skip_quotes(source, line)) > 0;
}

static bool has_quote_mark(const struct source *source, unsigned line) {
    size_t start = source->line_starts[line];
    return memchr(source->copy + start, '>', source_line_end(source, line) - start) != NULL;
}

static bool has_text(const struct source *source, unsigned line) {
    return !is_empty(source, line) && !locate_line_is_definition(source, line);
}

/* ---- events ---------------------------------------------------------------------------------- */

void locate_enter(struct locator *locator) {
    locator->has_text = false;
    locator->leading_newlines = locator->newlines = 0;
}

static unsigned line_of(struct locator *locator, size_t offset) {
    const struct source *source = locator->source;
    unsigned line = locator->line;
    if (offset < source->line_starts[line]) line = source_line_of(source, offset);
    while (line + 1 < source->line_count && source->line_starts[line + 1] <= offset) line++;
    return locator->line = line;
}

void locate_text(struct locator *locator, size_t offset, size_t size) {
    unsigned line = line_of(locator, offset);
    if (!locator->has_text) {
        locator->first_text = line;
        locator->leading_newlines = locator->newlines;
        locator->has_text = true;
    }
    locator->last_text = line_of(locator, offset + size - 1);
}

void locate_other_text(struct locator *locator, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) locator->newlines += text[i] == '\n';
}

/* The first line from the cursor on that looks like a block's beginning; the cursor itself if none
 * does, so that a block is never nowhere. */
static unsigned find_from_cursor(const struct locator *locator,
                                 bool (*matches)(const struct source *, unsigned)) {
    unsigned last = locator->source->line_count;
    for (unsigned line = locator->cursor; line < last; line++)
        if (matches(locator->source, line)) return line;
    return locator->cursor < last ? locator->cursor : last - 1;
}

/* An image without alternative text has no text events: its lines stand before the first text. */
static unsigned extend_up(const struct locator *locator, unsigned line) {
    while (line > locator->cursor && has_text(locator->source, line - 1)) {
        size_t start = locator->source->line_starts[line - 1];
        size_t size = source_line_end(locator->source, line - 1) - start;
        if (memmem(locator->source->copy + start, size, "](", 2) == NULL) break;
        line--;
    }
    return line;
}

static void locate_code(const struct locator *locator, struct block *block) {
    unsigned opening = locator->has_text ? locator->first_text - locator->leading_newlines
                                         : find_from_cursor(locator, has_fence);
    if (!block->is_fenced) {
        block->first_line = opening;
        block->last_line = locator->has_text ? locator->last_text : opening;
        return;
    }
    if (locator->has_text && opening > 0) opening--;
    unsigned closing = opening + locator->newlines + 1;
    bool is_closed = is_made_of(locator->source, closing, "`~", 3);
    block->first_line = opening;
    block->last_line = is_closed ? closing : closing - 1;
    if (block->last_line >= locator->source->line_count)
        block->last_line = locator->source->line_count - 1;
}

static void locate_heading(const struct locator *locator, struct block *block) {
    if (locator->has_text) {
        block->first_line = extend_up(locator, locator->first_text);
        block->last_line = locator->last_text;
    } else {
        block->first_line = block->last_line = find_from_cursor(locator, has_heading_mark);
        block->is_guess = true;
    }
}

/* Takes the underline in; needs the containers' indentation to tell a `#` of its own from theirs.
 */
static void locate_underline(const struct locator *locator, struct block *block) {
    struct strip_place place =
        tree_strip_line(locator->source, locator->tree, block->parent, block->first_line);
    strip_take_blanks(locator->source, &place, strip_count_blanks(locator->source, place));
    bool is_atx = place.at < place.end && locator->source->copy[place.at] == '#';
    block->is_setext = !is_atx && is_made_of(locator->source, block->last_line + 1, "=-", 1);
    block->last_line += block->is_setext;
}

/* A table has a delimiter row below its header, even if no other row follows. */
static void locate_text_block(const struct locator *locator, struct block *block) {
    block->first_line = extend_up(locator, locator->first_text);
    block->is_guess = block->first_line < locator->first_text;
    block->last_line = locator->last_text;
    bool is_header_only = block->type == BLOCK_TABLE && block->last_line == block->first_line;
    if (is_header_only && block->last_line + 1 < locator->source->line_count) block->last_line++;
}

static void locate_leaf(const struct locator *locator, struct block *block) {
    if (block->type == BLOCK_CODE) {
        locate_code(locator, block);
    } else if (block->type == BLOCK_HEADING) {
        locate_heading(locator, block);
    } else if (block->type == BLOCK_RULE) {
        block->first_line = block->last_line = find_from_cursor(locator, locate_line_is_rule);
    } else if (locator->has_text) {
        locate_text_block(locator, block);
    } else {
        block->first_line = block->last_line = find_from_cursor(locator, has_text);
        block->is_guess = true;
    }
}

/* An item begins on the line of its first block, or one above it if that holds the marker alone. */
static void locate_item(const struct locator *locator, struct block *block, unsigned line) {
    const struct source *source = locator->source;
    struct strip_place place = tree_strip_line(source, locator->tree, block->parent, line);
    unsigned indent = strip_measure_item(source, place);
    if (indent == 0 && line > 0) {
        line--;
        place = tree_strip_line(source, locator->tree, block->parent, line);
        indent = strip_measure_item(source, place);
        block->is_guess = true; /* link reference definitions may stand between */
    }
    block->first_line = line;
    block->indent = indent;
}

/* Outermost first: an item's indent counts from its containers' text. */
static void locate_containers(const struct locator *locator, int index, unsigned line) {
    if (index == BLOCK_NONE) return;
    struct block *block = &locator->tree->blocks[index];
    if (block->first_line != LINE_UNKNOWN) return;
    locate_containers(locator, block->parent, line);
    if (block->type == BLOCK_ITEM)
        locate_item(locator, block, line);
    else
        block->first_line = line;
}

static bool is_container(enum block_type type) {
    return type == BLOCK_DOCUMENT || type == BLOCK_QUOTE || type == BLOCK_LIST ||
           type == BLOCK_ITEM;
}

void locate_leave(struct locator *locator, int index) {
    struct block *block = &locator->tree->blocks[index];
    if (locator->source->line_count == 0) return;
    if (!is_container(block->type)) {
        locate_leaf(locator, block);
        locate_containers(locator, block->parent, block->first_line);
        if (block->type == BLOCK_HEADING) locate_underline(locator, block);
        locator->cursor = block->last_line + 1;
    } else if (block->first_line == LINE_UNKNOWN) {
        unsigned line =
            find_from_cursor(locator, block->type == BLOCK_ITEM ? has_list_marker : has_quote_mark);
        locate_containers(locator, index, line);
        locator->cursor = line + 1;
        block->is_guess = true;
    }
    locate_enter(locator);
}

/* ---- ends ------------------------------------------------------------------------------------ */

static void extend_down(const struct source *source, const struct block_tree *tree, size_t index) {
    struct block *block = &tree->blocks[index];
    if (block->type == BLOCK_CODE || block->type == BLOCK_RULE || block->type == BLOCK_HEADING)
        return;
    unsigned next =
        index + 1 < tree->count ? tree->blocks[index + 1].first_line : source->line_count;
    while (next > block->last_line + 1 && !has_text(source, next - 1)) next--;
    if (next <= block->last_line + 1) return;
    block->last_line = next - 1;
    block->is_guess = true;
}

void locate_ends(const struct source *source, struct block_tree *tree) {
    for (size_t i = tree->count; i-- > 0;) {
        struct block *block = &tree->blocks[i];
        if (!is_container(block->type)) {
            extend_down(source, tree, i);
            continue;
        }
        if (block->first_line == LINE_UNKNOWN) block->first_line = 0;
        block->last_line = block->first_line;
        if (block->last_child != BLOCK_NONE)
            block->last_line = tree->blocks[block->last_child].last_line;
    }
}
