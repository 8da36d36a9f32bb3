#include "content/extract.h"

#include <stdlib.h>
#include <string.h>

#include "content/extract_internal.h"
#include "content/tag.h"

void extract_say_stray(struct extractor *extractor, unsigned line, bool is_item) {
    if (is_item)
        diagnostics_add(&extractor->document->diagnostics, SEVERITY_WARNING, line + 1, 1,
                        "untagged-item",
                        "a list item without a tag among questions is passed over; tag it, or "
                        "indent it below the question that it answers");
    else
        diagnostics_add(&extractor->document->diagnostics, SEVERITY_NOTE, line + 1, 1, "stray-text",
                        "text that belongs to no question is passed over");
}

bool extract_has_own_marker(const struct block *block) {
    return block->tag_end > block->tag_begin;
}

char *extract_exact(const struct extractor *extractor, const struct block *block) {
    static const char info[] = "markdown as-is";
    if (block->type != BLOCK_CODE || !block->is_fenced) return NULL;
    const struct scissors *scissors = extractor->scissors;
    struct cut_range range = cut_line_range(scissors, block->parent, block->first_line);
    const char *bytes = scissors->source->bytes;
    while (range.begin < range.end && strchr("`~ \t", bytes[range.begin]) != NULL) range.begin++;
    bool is_exact = range.end - range.begin == strlen(info) &&
                    memcmp(bytes + range.begin, info, strlen(info)) == 0;
    return is_exact ? cut_fenced(scissors, block) : NULL;
}

/* Whether a line has nothing but what makes a callout of a block quote: `[!question]`. */
static bool is_callout_line(const struct extractor *extractor, const struct block *block,
                            unsigned line) {
    struct cut_range range = cut_line_range(extractor->scissors, block->parent, line);
    const char *text = extractor->scissors->source->bytes + range.begin;
    size_t size = range.end - range.begin;
    return size > 1 && text[1] == '!' && tag_prefix_length(text, size) == size;
}

/* Lines before the first marker of a paragraph, which a group has taken for its context. */
static void add_lines_before_marker(struct extractor *extractor, int index,
                                    struct passage *passage) {
    const struct block *block = &extractor->blocks[index];
    unsigned line = extractor->scissors->tags->items[block->tag_begin].line;
    unsigned first = block->first_line;
    if (is_callout_line(extractor, block, first)) first++;
    while (first < line && tags_line_is_skipped(extractor->scissors->tags, first)) first++;
    if (line > first && line != extractor->context_line)
        passage_add(passage, (struct span){index, first, line - 1});
}

static void walk_marker_block(struct extractor *extractor, int index, int owner,
                              struct passage *passage) {
    add_lines_before_marker(extractor, index, passage);
    passage_flush(extractor, passage, owner);
    int question = extract_markers(extractor, index, passage);
    if (question == DRAFT_NONE) return;
    if (passage->count > 0) { /* the same paragraph goes on: it answers this question alone */
        struct saved_run before = drafts_begin_item(&extractor->drafts);
        passage_flush(extractor, passage, question);
        drafts_end_item(&extractor->drafts, question, before);
        return;
    }
    drafts_join_run(&extractor->drafts, question);
}

void extract_block(struct extractor *extractor, int index, int owner, struct passage *passage) {
    const struct block *block = &extractor->blocks[index];
    if (!block->has_marker) {
        passage_add_block(extractor, passage, index);
    } else if (extract_has_own_marker(block)) {
        walk_marker_block(extractor, index, owner, passage);
    } else {
        passage_flush(extractor, passage, owner);
        if (block->type == BLOCK_LIST) {
            extract_list(extractor, index, owner);
        } else {
            struct passage inner = {.container = index};
            extract_children(extractor, block->first_child, owner, &inner);
            free(inner.spans);
        }
    }
}

void extract_children(struct extractor *extractor, int first, int owner, struct passage *passage) {
    for (int child = first; child != BLOCK_NONE; child = extractor->blocks[child].next)
        extract_block(extractor, child, owner, passage);
    passage_flush(extractor, passage, owner);
}

/* ---- the document ---------------------------------------------------------------------------- */

static void walk_document(struct extractor *extractor) {
    struct passage passage = {.container = 0};
    int owner = DRAFT_NONE;
    for (int child = extractor->blocks[0].first_child; child != BLOCK_NONE;
         child = extractor->blocks[child].next) {
        if (extractor->blocks[child].type == BLOCK_HEADING)
            owner = extract_heading(extractor, child, owner, &passage);
        else
            extract_block(extractor, child, owner, &passage);
    }
    passage_flush(extractor, &passage, owner);
    free(passage.spans);
}

void extract_document(const struct scissors *scissors, bool has_own_title,
                      struct document *document) {
    struct extractor extractor = {.scissors = scissors,
                                  .blocks = scissors->tree->blocks,
                                  .document = document,
                                  .drafts = {.document = document}};
    extractor.draws_rules = extract_draws_rules(&extractor);
    outline_begin(&extractor.outline, document, has_own_title);
    walk_document(&extractor);
    drafts_finish(&extractor.drafts, scissors->definitions);
    definitions_tell_unused(scissors->definitions, &document->diagnostics);
    outline_finish(&extractor.outline);
    free(extractor.contexts);
}
