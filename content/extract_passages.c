#include <stdlib.h>
#include <string.h>

#include "content/extract_internal.h"
#include "content/footnotes.h"
#include "content/memory.h"

void passage_add(struct passage *passage, struct span span) {
    passage->spans =
        memory_grow(passage->spans, passage->count, &passage->capacity, sizeof(passage->spans[0]));
    passage->spans[passage->count++] = span;
}

void passage_add_block(struct extractor *extractor, struct passage *passage, int index) {
    const struct block *block = &extractor->blocks[index];
    passage_add(passage, (struct span){index, block->first_line, block->last_line});
}

static bool is_rule(const struct extractor *extractor, const struct span *span) {
    return extractor->blocks[span->block].type == BLOCK_RULE;
}

static bool is_filler(const struct extractor *extractor, const struct span *span) {
    return is_rule(extractor, span) || extractor->blocks[span->block].is_noise;
}

/* Thematic breaks separate questions: at the ends of an answer they are not part of it. Returns
 * whether one stood behind the text. */
static bool passage_trim(const struct extractor *extractor, struct passage *passage) {
    bool has_rule = false;
    while (passage->count > 0 && is_filler(extractor, &passage->spans[passage->count - 1]))
        has_rule |= is_rule(extractor, &passage->spans[--passage->count]);
    size_t leading = 0;
    while (leading < passage->count && is_filler(extractor, &passage->spans[leading])) leading++;
    if (leading > 0)
        memmove(passage->spans, passage->spans + leading,
                (passage->count - leading) * sizeof(passage->spans[0]));
    passage->count -= leading;
    return has_rule;
}

/* A list of a single item is no list: its item's blocks take its place. */
static void passage_unwrap(struct extractor *extractor, struct passage *passage) {
    while (passage->count == 1) {
        const struct block *list = &extractor->blocks[passage->spans[0].block];
        if (list->type != BLOCK_LIST || list->item_count != 1) return;
        passage->container = list->first_child;
        passage->count = 0;
        for (int child = extractor->blocks[list->first_child].first_child; child != BLOCK_NONE;
             child = extractor->blocks[child].next)
            passage_add_block(extractor, passage, child);
        passage_trim(extractor, passage);
    }
}

/* The Markdown of a passage that is one block which is to be taken as it is, else NULL. */
static char *take_exact(const struct extractor *extractor, const struct passage *passage) {
    const struct block *block = &extractor->blocks[passage->spans[0].block];
    return passage->count == 1 ? extract_exact(extractor, block) : NULL;
}

/* Whether the places of all blocks from `first` to `last`, and of what is in them, are known. */
static bool is_located(const struct block_tree *tree, int first, int last) {
    for (int i = first; i < (int)tree->count; i++) {
        if (i > last && tree->blocks[i].parent < last) break;
        if (tree->blocks[i].is_guess) return false;
    }
    return true;
}

/* Whether the passage ends in a footnote, which is no step of its own (content/steps.h). */
static bool ends_in_footnote(const struct extractor *extractor, const struct passage *passage) {
    const struct span *span = &passage->spans[passage->count - 1];
    struct cut_range range = cut_line_range(extractor->scissors, passage->container, span->first);
    const char *text = extractor->scissors->source->bytes + range.begin;
    return footnote_match(text, range.end - range.begin) > 0;
}

/* Whether the passage begins with dashes that underline nothing but a link definition: they are
 * text, but cut out, without the definition, they are a list or a rule. */
static bool begins_with_dashes(const struct extractor *extractor, const struct passage *passage) {
    const struct span *span = &passage->spans[0];
    struct cut_range range = cut_line_range(extractor->scissors, passage->container, span->first);
    return extractor->blocks[span->block].type != BLOCK_LIST && range.begin < range.end &&
           extractor->scissors->source->bytes[range.begin] == '-';
}

/* What steps_count() will say of the passage's text, as far as the tree can tell. */
static unsigned count_steps(const struct extractor *extractor, const struct passage *passage) {
    const struct span *spans = passage->spans;
    const struct block *only = &extractor->blocks[spans[0].block];
    size_t last = passage->count - 1;
    if (spans[0].first != only->first_line ||
        !cut_is_faithful(extractor->scissors, passage->container, spans[0].first, spans[last].last))
        return STEPS_UNKNOWN;
    if (!is_located(extractor->scissors->tree, spans[0].block, spans[last].block))
        return STEPS_UNKNOWN;
    if (begins_with_dashes(extractor, passage) || ends_in_footnote(extractor, passage))
        return STEPS_UNKNOWN;
    for (size_t i = 1; i <= last; i++)
        if (spans[i].first <= spans[i - 1].last) return STEPS_UNKNOWN;
    return last == 0 && only->type == BLOCK_LIST ? only->item_count : (unsigned)passage->count;
}

void passage_flush(struct extractor *extractor, struct passage *passage, int owner) {
    bool has_rule = passage_trim(extractor, passage);
    int container = passage->container;
    passage_unwrap(extractor, passage);
    if (passage->count > 0) {
        unsigned first = passage->spans[0].first, last = passage->spans[passage->count - 1].last;
        char *text = take_exact(extractor, passage);
        struct draft_piece piece = {.is_exact = text != NULL};
        if (text == NULL) {
            text = cut_lines(extractor->scissors, passage->container, first, last);
            piece.steps = count_steps(extractor, passage);
        }
        piece.text = text;
        if (!drafts_answer_outside(&extractor->drafts, owner, piece))
            extract_say_stray(extractor, first, false);
        free(text);
    }
    extractor->drafts.is_run_closed |= has_rule;
    passage->container = container;
    passage->count = 0;
}
