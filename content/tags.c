#include "content/tags.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "content/tag.h"
#include "content/wording.h"

/* Stands for code, math, HTML, links and images in a line's text. */
static const char opaque = '\x1f';

/* One line of a leaf as a reader sees it: emphasis marks and escapes gone, each byte with the place
 * in the source that it comes from. */
struct reading {
    char *text;
    uint32_t *offsets;
    size_t size, text_capacity, offset_capacity;
    unsigned line;
    bool is_wanted; /* it may have tags */
};

struct finder {
    const struct source *source;
    struct block_tree *tree;
    struct tag_list *tags;
    struct diagnostics *diagnostics;
    struct reading reading;
};

static void say(struct finder *finder, enum severity severity, size_t offset, const char *code,
                const char *text) {
    diagnostics_add(finder->diagnostics, severity, source_line_of(finder->source, offset) + 1,
                    source_column_of(finder->source, offset), code, "%s", text);
}

static void skip_line(struct finder *finder, unsigned line) {
    struct tag_list *tags = finder->tags;
    tags->skipped = memory_grow(tags->skipped, tags->skipped_count, &tags->skipped_capacity,
                                sizeof(tags->skipped[0]));
    tags->skipped[tags->skipped_count++] = line;
}

static int compare_lines(const void *a, const void *b) {
    unsigned left = *(const unsigned *)a, right = *(const unsigned *)b;
    return (left > right) - (left < right);
}

bool tags_line_is_skipped(const struct tag_list *tags, unsigned line) {
    return tags->skipped_count > 0 && bsearch(&line, tags->skipped, tags->skipped_count,
                                              sizeof(tags->skipped[0]), compare_lines) != NULL;
}

/* ---- one line -------------------------------------------------------------------------------- */

static void add_marker(struct finder *finder, const struct tag_place *place) {
    struct tag_list *tags = finder->tags;
    const struct reading *reading = &finder->reading;
    tags->items = memory_grow(tags->items, tags->count, &tags->capacity, sizeof(tags->items[0]));
    uint32_t begin = reading->offsets[place->begin];
    if (begin > 0 && finder->source->bytes[begin - 1] == '\\') begin--;
    tags->items[tags->count++] = (struct tag){.begin = begin,
                                              .end = reading->offsets[place->end - 1] + 1,
                                              .line = reading->line,
                                              .difficulty = place->difficulty};
}

static size_t find_tag(const struct reading *reading, size_t from, size_t *ret_length) {
    enum difficulty difficulty;
    for (size_t at = from; at < reading->size; at++) {
        *ret_length = tag_match(reading->text + at, reading->size - at, &difficulty);
        if (*ret_length > 0) return at;
    }
    return reading->size;
}

static bool is_blank_from(const struct reading *reading, size_t at) {
    while (at < reading->size && strchr(" \t.", reading->text[at]) != NULL) at++;
    return at == reading->size;
}

/* A tag was probably meant to begin a question where it ends a heading or a question, or where all
 * but a few words of a question stand behind it. */
static bool is_misplaced(const struct block *block, const struct reading *reading, size_t at,
                         size_t end) {
    enum { FEW_WORDS = 32 };
    bool is_question = block->type == BLOCK_HEADING || memchr(reading->text, '?', at) != NULL;
    if (is_blank_from(reading, end)) return is_question;
    size_t last = reading->size;
    while (last > end && strchr(" \t", reading->text[last - 1]) != NULL) last--;
    return at <= FEW_WORDS && reading->text[last - 1] == '?';
}

static void explain_tag(struct finder *finder, const struct block *block, bool is_misplaced_tag,
                        size_t offset) {
    if (block->type == BLOCK_TABLE)
        say(finder, SEVERITY_WARNING, offset, "tag-in-table",
            "a tag in a table begins no question; write the question as a heading or list item");
    else if (is_misplaced_tag)
        say(finder, SEVERITY_WARNING, offset, "tag-not-first",
            "text stands before this tag, so it marks no question; write the tag first");
    else
        say(finder, SEVERITY_NOTE, offset, "tag-in-text",
            "a tag inside a sentence begins no question");
}

/* The tags from `from` on begin no question; 0: nor does the line. */
static void explain_tags(struct finder *finder, const struct block *block, size_t from) {
    const struct reading *reading = &finder->reading;
    bool is_plain = from == 0;
    size_t length;
    for (size_t at; (at = find_tag(reading, from, &length)) < reading->size; from = at + length)
        explain_tag(finder, block,
                    is_plain && at > 0 && is_misplaced(block, reading, at, at + length),
                    reading->offsets[at]);
}

/* "[E] easy, [M] medium, [H] hard", or any line that lists several tags and asks nothing. */
static bool is_legend(const struct reading *reading, const struct tag_place *first) {
    if (memchr(reading->text, '?', reading->size) != NULL) return false;
    if (first != NULL)
        return tag_is_legend(reading->text + first->end, reading->size - first->end,
                             first->difficulty);
    size_t length;
    size_t at = find_tag(reading, 0, &length);
    return at < reading->size && find_tag(reading, at + length, &length) < reading->size;
}

/* A heading whose attributes say that it is no question. */
static bool is_named_section(const struct block *block, const struct reading *reading) {
    if (block->type != BLOCK_HEADING) return false;
    char *text = memory_copy(reading->text, reading->size);
    bool named = wording_has_class(text, "section") || wording_has_class(text, "file");
    free(text);
    return named;
}

static void scan_line(struct finder *finder, const struct block *block) {
    const struct reading *reading = &finder->reading;
    struct tag_place place;
    if (reading->size == 0 || memchr(reading->text, '[', reading->size) == NULL) return;
    bool has_first =
        block->type != BLOCK_TABLE && tag_find_first(reading->text, reading->size, &place);
    if (block->type != BLOCK_TABLE && is_legend(reading, has_first ? &place : NULL)) {
        say(finder, SEVERITY_NOTE, reading->offsets[0], "legend",
            "an explanation of the tags is passed over");
        if (block->type != BLOCK_HEADING) skip_line(finder, reading->line);
        return;
    }
    if (has_first && is_named_section(block, reading)) return;
    if (has_first) add_marker(finder, &place);
    explain_tags(finder, block, has_first ? place.end : 0);
}

/* ---- leaves ---------------------------------------------------------------------------------- */

static void read_bytes(struct reading *reading, const char *bytes, size_t size, size_t offset) {
    reading->text = memory_reserve(reading->text, reading->size, size, &reading->text_capacity, 1);
    reading->offsets = memory_reserve(reading->offsets, reading->size, size,
                                      &reading->offset_capacity, sizeof(reading->offsets[0]));
    memcpy(reading->text + reading->size, bytes, size);
    uint32_t *offsets = reading->offsets + reading->size;
    for (size_t i = 0; i < size; i++) offsets[i] = (uint32_t)(offset + i);
    reading->size += size;
}

/* Most text has no brackets at all: it need not be read. */
static bool may_have_tags(const struct source *source, unsigned first, unsigned last) {
    size_t begin = source->line_starts[first];
    return memchr(source->copy + begin, '[', source_line_end(source, last) - begin) != NULL;
}

static void begin_line(struct finder *finder, const struct block *block, unsigned line) {
    scan_line(finder, block);
    finder->reading.size = 0;
    finder->reading.line = line;
    /* With the next line: what turned out to be no formula begins before its line end (blocks.c).
     */
    unsigned next = line < block->last_line ? line + 1 : line;
    finder->reading.is_wanted = may_have_tags(finder->source, line, next);
}

/* A link whose text is a tag, by a definition elsewhere, where a question could begin. */
static void check_link(struct finder *finder, const struct run *run) {
    const char *bytes = finder->source->bytes;
    size_t begin = run->offset, end = begin + run->length;
    enum difficulty difficulty;
    bool is_bracketed = begin > 0 && bytes[begin - 1] == '[' && end + 1 < finder->source->size &&
                        bytes[end] == ']' && bytes[end + 1] != '(';
    const struct reading *reading = &finder->reading;
    if (is_bracketed && tag_match(bytes + begin - 1, run->length + (size_t)2, &difficulty) > 0 &&
        (reading->size == 0 || tag_prefix_length(reading->text, reading->size) == reading->size))
        say(finder, SEVERITY_WARNING, begin - 1, "tag-is-link",
            "the document defines this tag as a link, so it marks no question; "
            "rename or remove the link reference definition");
}

static void read_run(struct finder *finder, const struct run *run) {
    if (run->type == RUN_LINK) check_link(finder, run);
    if (run->type == RUN_TEXT)
        read_bytes(&finder->reading, finder->source->copy + run->offset, run->length, run->offset);
    else
        read_bytes(&finder->reading, &opaque, 1, run->offset);
}

static void scan_text(struct finder *finder, struct block *block) {
    unsigned line = block->first_line;
    block->tag_begin = block->tag_end = (uint32_t)finder->tags->count;
    if (!may_have_tags(finder->source, line, block->last_line)) return;
    begin_line(finder, block, line);
    for (uint32_t i = block->run_begin; i < block->run_end; i++) {
        const struct run *run = &finder->tree->runs[i];
        if (run->type == RUN_BREAK) {
            if (block->type == BLOCK_TABLE) begin_line(finder, block, line);
            continue;
        }
        while (line + 1 < finder->source->line_count &&
               finder->source->line_starts[line + 1] <= run->offset)
            line++;
        if (line != finder->reading.line) begin_line(finder, block, line);
        if (finder->reading.is_wanted) read_run(finder, run);
    }
    begin_line(finder, block, 0);
    block->tag_end = (uint32_t)finder->tags->count;
    block->has_marker = block->tag_end > block->tag_begin;
}

/* A question that is indented too far, or swallowed by an HTML block, is worth a word. */
static void scan_verbatim(struct finder *finder, const struct block *block) {
    for (unsigned line = block->first_line; line <= block->last_line; line++) {
        size_t start = finder->source->line_starts[line];
        struct tag_place place;
        if (tag_find_first(finder->source->bytes + start,
                           source_line_end(finder->source, line) - start, &place))
            say(finder, SEVERITY_NOTE, start + place.begin, "tag-in-verbatim",
                block->type == BLOCK_HTML ? "a tag inside HTML begins no question"
                                          : "a tag inside indented code begins no question");
    }
}

/* ---- skipped lines --------------------------------------------------------------------------- */

static size_t trim_end(const struct source *source, size_t begin, size_t end) {
    while (end > begin && (source->bytes[end - 1] == ' ' || source->bytes[end - 1] == '\t')) end--;
    return end;
}

/* Kramdown's attribute lists: `{: .class #id}`, `{:toc}`. */
static bool is_attribute_line(const struct source *source, unsigned line) {
    struct strip_place place = strip_line_start(source, line);
    size_t end = trim_end(source, place.at, place.end);
    if (end == place.at || source->bytes[end - 1] != '}') return false;
    strip_take_blanks(source, &place, strip_count_blanks(source, place));
    return end - place.at >= 4 && source->bytes[place.at] == '{' &&
           source->bytes[place.at + 1] == ':';
}

static bool is_comment(const struct source *source, const struct block *block) {
    struct strip_place place = strip_line_start(source, block->first_line);
    strip_take_blanks(source, &place, strip_count_blanks(source, place));
    size_t end = trim_end(source, place.at, source_line_end(source, block->last_line));
    return end - place.at >= 7 && memcmp(source->bytes + place.at, "<!--", 4) == 0 &&
           memcmp(source->bytes + end - 3, "-->", 3) == 0;
}

static void skip_lines(struct finder *finder, const struct block *block) {
    bool comment = block->type == BLOCK_HTML && is_comment(finder->source, block);
    if (!comment && block->type != BLOCK_PARAGRAPH) return;
    for (unsigned line = block->first_line; line <= block->last_line; line++)
        if (comment || is_attribute_line(finder->source, line)) skip_line(finder, line);
}

static bool is_noise(const struct tag_list *tags, const struct block_tree *tree,
                     const struct block *block) {
    if (block->type == BLOCK_HEADING || block->type == BLOCK_DOCUMENT) return false;
    if (block->type == BLOCK_PARAGRAPH || block->type == BLOCK_HTML) {
        for (unsigned line = block->first_line; line <= block->last_line; line++)
            if (!tags_line_is_skipped(tags, line)) return false;
        return true;
    }
    for (int child = block->first_child; child != BLOCK_NONE; child = tree->blocks[child].next)
        if (!tree->blocks[child].is_noise) return false;
    return block->first_child != BLOCK_NONE;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void scan_block(struct finder *finder, struct block *block) {
    bool is_text = block->type == BLOCK_PARAGRAPH || block->type == BLOCK_HEADING ||
                   block->type == BLOCK_TABLE;
    if (is_text) scan_text(finder, block);
    if (block->type == BLOCK_HTML || (block->type == BLOCK_CODE && !block->is_fenced))
        scan_verbatim(finder, block);
    skip_lines(finder, block);
}

void tags_find(const struct source *source, struct block_tree *tree, struct tag_list *ret_tags,
               struct diagnostics *diagnostics) {
    *ret_tags = (struct tag_list){0};
    struct finder finder = {
        .source = source, .tree = tree, .tags = ret_tags, .diagnostics = diagnostics};
    for (size_t i = 0; i < tree->count; i++) scan_block(&finder, &tree->blocks[i]);
    if (ret_tags->skipped_count > 1)
        qsort(ret_tags->skipped, ret_tags->skipped_count, sizeof(ret_tags->skipped[0]),
              compare_lines);
    for (size_t i = tree->count; i-- > 0;) {
        struct block *block = &tree->blocks[i];
        block->is_noise = is_noise(ret_tags, tree, block);
        if (block->has_marker && block->parent != BLOCK_NONE)
            tree->blocks[block->parent].has_marker = true;
    }
    free(finder.reading.text);
    free(finder.reading.offsets);
}

void tags_free(struct tag_list *tags) {
    free(tags->items);
    free(tags->skipped);
    *tags = (struct tag_list){0};
}
