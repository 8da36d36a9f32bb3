#include <stdlib.h>

#include "content/extract_internal.h"
#include "content/memory.h"

static int first_text_child(const struct extractor *extractor, int item) {
    int child = extractor->blocks[item].first_child;
    while (child != BLOCK_NONE && extractor->blocks[child].is_noise)
        child = extractor->blocks[child].next;
    return child;
}

/* Whether the block's very first line is a marker. */
static bool begins_with_marker(const struct extractor *extractor, const struct block *block) {
    return extract_has_own_marker(block) &&
           extractor->scissors->tags->items[block->tag_begin].line == block->first_line;
}

/* An item that begins with a marker: the question, with all else in the item for its answer. */
static void walk_question_item(struct extractor *extractor, int item, int marker, int owner) {
    struct passage passage = {.container = item};
    int question = extract_markers(extractor, marker, &passage);
    struct saved_run saved = drafts_begin_item(&extractor->drafts);
    extract_children(extractor, extractor->blocks[marker].next,
                     question != DRAFT_NONE ? question : owner, &passage);
    drafts_end_item(&extractor->drafts, question, saved);
    free(passage.spans);
}

static void push_context(struct extractor *extractor, char *text) {
    extractor->contexts = memory_grow(extractor->contexts, extractor->context_count,
                                      &extractor->context_capacity, sizeof(extractor->contexts[0]));
    extractor->contexts[extractor->context_count++] = text;
}

/* What stands in a group from its first line up to the line `end` of the block `next`, which begins
 * with its first question or holds it. */
static char *cut_context(const struct extractor *extractor, int item, int next, unsigned end) {
    const struct block *group = &extractor->blocks[item];
    const struct block *block = &extractor->blocks[group->first_child];
    if (end <= group->first_line) return NULL;
    bool is_one_block = block->next == next && end == extractor->blocks[next].first_line;
    char *exact = is_one_block ? extract_exact(extractor, block) : NULL;
    if (exact != NULL) return exact;
    return cut_lines(extractor->scissors, item, group->first_line, end - 1);
}

/* An untagged item above questions: what stands before the first of them is their context. */
static void walk_group_item(struct extractor *extractor, int item, int owner) {
    int child = extractor->blocks[item].first_child;
    while (!extractor->blocks[child].has_marker) child = extractor->blocks[child].next;
    const struct block *block = &extractor->blocks[child];
    unsigned end = extract_has_own_marker(block)
                       ? extractor->scissors->tags->items[block->tag_begin].line
                       : block->first_line;
    char *text = cut_context(extractor, item, child, end);
    bool is_context = text != NULL && text[0] != '\0';
    if (is_context) push_context(extractor, text);
    drafts_clear_run(&extractor->drafts);
    struct passage passage = {.container = item};
    extractor->context_line = end;
    extract_children(extractor, child, owner, &passage);
    free(passage.spans);
    extractor->drafts.is_run_closed = true;
    if (is_context) extractor->context_count--;
    free(text);
}

/* Items without any marker between items with one: the answer that CommonMark takes for more items,
 * unless the question above has its answer already. Returns the first item behind them. */
static int walk_plain_items(struct extractor *extractor, int item, int owner) {
    const struct block *list = &extractor->blocks[extractor->blocks[item].parent];
    unsigned first = extractor->blocks[item].first_line, last = first;
    int container = item;
    bool is_noise = true;
    for (int begin = item; item != BLOCK_NONE && !extractor->blocks[item].has_marker;
         item = extractor->blocks[item].next) {
        last = extractor->blocks[item].last_line;
        if (item != begin) container = list->parent; /* a single item is no list */
        is_noise &= extractor->blocks[item].is_noise;
    }
    if (is_noise) return item;
    char *text = cut_lines(extractor->scissors, container, first, last);
    bool is_taken = owner == DRAFT_NONE && extractor->drafts.run_state == RUN_ANSWERED_INSIDE;
    if (is_taken ||
        !drafts_answer_outside(&extractor->drafts, owner, (struct draft_piece){.text = text}))
        extract_say_stray(extractor, first, true);
    free(text);
    return item;
}

void extract_list(struct extractor *extractor, int list, int owner) {
    for (int item = extractor->blocks[list].first_child; item != BLOCK_NONE;) {
        if (!extractor->blocks[item].has_marker) {
            item = walk_plain_items(extractor, item, owner);
            continue;
        }
        int child = first_text_child(extractor, item);
        if (begins_with_marker(extractor, &extractor->blocks[child]))
            walk_question_item(extractor, item, child, owner);
        else
            walk_group_item(extractor, item, owner);
        item = extractor->blocks[item].next;
    }
}
