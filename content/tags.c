#include "content/tags.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "content/tag.h"
#include "content/tags_internal.h"

/* Stands for code, math, HTML, links and images in a line's text. */
static const char opaque = '\x1f';

void finder_say(struct tag_finder *finder, enum severity severity, size_t offset, const char *code,
                const char *text) {
    diagnostics_add(finder->diagnostics, severity, source_line_of(finder->source, offset) + 1,
                    source_column_of(finder->source, offset), code, "%s", text);
}

void finder_skip_line(struct tag_finder *finder, unsigned line) {
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

static void begin_line(struct tag_finder *finder, const struct block *block, unsigned line) {
    finder_scan_line(finder, block);
    finder->reading.size = 0;
    finder->reading.line = line;
    /* With the next line: what turned out to be no formula begins before its line end (blocks.c).
     */
    unsigned next = line < block->last_line ? line + 1 : line;
    finder->reading.is_wanted = may_have_tags(finder->source, line, next);
}

/* Whether the line has nothing yet but what may stand before a tag. */
static bool is_prefix(const struct reading *reading) {
    return reading->size == 0 || tag_prefix_length(reading->text, reading->size) == reading->size;
}

/* A link whose text is a tag, by a definition elsewhere, where a question could begin. */
static void check_link(struct tag_finder *finder, const struct run *run) {
    const char *bytes = finder->source->bytes;
    size_t begin = run->offset, end = begin + run->length;
    enum difficulty difficulty;
    bool is_bracketed = begin > 0 && bytes[begin - 1] == '[' && end + 1 < finder->source->size &&
                        bytes[end] == ']' && bytes[end + 1] != '(';
    if (is_bracketed && tag_match(bytes + begin - 1, run->length + (size_t)2, &difficulty) > 0 &&
        is_prefix(&finder->reading))
        finder_say(finder, SEVERITY_WARNING, begin - 1, "tag-is-link",
                   "the document defines this tag as a link, so it marks no question; "
                   "rename or remove the link reference definition");
}

/* A tag in code where a question could begin. */
static void check_code(struct tag_finder *finder, const struct run *run) {
    const char *bytes = finder->source->bytes;
    const struct reading *reading = &finder->reading;
    enum difficulty difficulty;
    if (run->offset > 0 && bytes[run->offset - 1] == '`' &&
        tag_match(bytes + run->offset, run->length, &difficulty) == run->length &&
        run->length > 0 && is_prefix(reading))
        finder_say(finder, SEVERITY_NOTE, run->offset, "tag-in-verbatim",
                   "a tag in code begins no question");
}

/* Whether the run is a tag of what headings of old have before them: `<a id="x"></a>`. */
static bool is_anchor(const struct source *source, const struct run *run) {
    const char *text = source->bytes + run->offset;
    if (run->type != RUN_OPAQUE || run->length < 4) return false;
    return memcmp(text, "<a ", 3) == 0 || memcmp(text, "</a>", 4) == 0;
}

static void read_run(struct tag_finder *finder, const struct run *run) {
    if (run->type == RUN_LINK) check_link(finder, run);
    if (run->type == RUN_OPAQUE) check_code(finder, run);
    if (is_anchor(finder->source, run) && is_prefix(&finder->reading)) return;
    if (run->type == RUN_TEXT)
        read_bytes(&finder->reading, finder->source->copy + run->offset, run->length, run->offset);
    else
        read_bytes(&finder->reading, &opaque, 1, run->offset);
}

static void scan_text(struct tag_finder *finder, struct block *block) {
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

/* ---- the whole ------------------------------------------------------------------------------- */

static bool is_noise(const struct tag_list *tags, const struct block_tree *tree,
                     const struct block *block) {
    if (block->type == BLOCK_HEADING || block->type == BLOCK_DOCUMENT) return false;
    bool is_indented = block->type == BLOCK_CODE && !block->is_fenced;
    if (block->type == BLOCK_PARAGRAPH || block->type == BLOCK_HTML || is_indented) {
        for (unsigned line = block->first_line; line <= block->last_line; line++)
            if (!tags_line_is_skipped(tags, line)) return false;
        return true;
    }
    for (int child = block->first_child; child != BLOCK_NONE; child = tree->blocks[child].next)
        if (!tree->blocks[child].is_noise) return false;
    return block->first_child != BLOCK_NONE;
}

static void scan_block(struct tag_finder *finder, struct block *block) {
    bool is_text = block->type == BLOCK_PARAGRAPH || block->type == BLOCK_HEADING ||
                   block->type == BLOCK_TABLE;
    if (is_text) scan_text(finder, block);
    if (block->type == BLOCK_HTML || (block->type == BLOCK_CODE && !block->is_fenced))
        finder_scan_verbatim(finder, block);
    finder_skip_lines(finder, block);
}

static void scan_tree(struct tag_finder *finder) {
    for (size_t i = 0; i < finder->tree->count; i++) scan_block(finder, &finder->tree->blocks[i]);
}

/* Footnotes stand where they are referred to. */
static void skip_footnotes(struct tag_finder *finder, const struct definitions *definitions) {
    for (size_t i = 0; i < definitions->count; i++) {
        const struct definition *item = &definitions->items[i];
        for (unsigned line = item->line; item->is_footnote && line <= item->last_line; line++)
            finder_skip_line(finder, line);
    }
}

void tags_find(const struct source *source, struct block_tree *tree,
               const struct definitions *definitions, struct tag_list *ret_tags,
               struct diagnostics *diagnostics) {
    *ret_tags = (struct tag_list){0};
    struct tag_finder finder = {
        .source = source, .tree = tree, .tags = ret_tags, .diagnostics = diagnostics};
    size_t said = diagnostics->count;
    scan_tree(&finder);
    if (ret_tags->count == 0 && diagnostics->count > said) {
        diagnostics_truncate(diagnostics, said);
        ret_tags->skipped_count = 0;
        finder.reads_ends = true;
        scan_tree(&finder);
    }
    skip_footnotes(&finder, definitions);
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
