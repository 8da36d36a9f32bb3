#include "content/extract.h"

#include <stdlib.h>
#include <string.h>

#include "content/draft.h"
#include "content/memory.h"
#include "content/outline.h"
#include "content/phrase.h"

/* Lines of one block: all of it, or what is left of a paragraph behind its question. */
struct span {
    int block;
    unsigned first, last;
};

/* Neighbouring blocks of one container that wait to become a piece of an answer. */
struct passage {
    int container;
    struct span *spans;
    size_t count, capacity;
};

/* A tagged heading whose body is being read. */
struct open_heading {
    unsigned level;
    int question;
};

struct extractor {
    const struct scissors *scissors;
    const struct block *blocks;
    struct document *document;
    struct drafts drafts;
    struct outline outline;
    struct open_heading headings[HEADING_LEVELS];
    unsigned heading_count;
    char **contexts; /* of the groups that enclose the place, outermost first */
    size_t context_count, context_capacity;
    unsigned context_line; /* the first line behind the text that the last group took */
};

static void walk_children(struct extractor *extractor, int first, int owner,
                          struct passage *passage);

/* ---- passages -------------------------------------------------------------------------------- */

static void passage_add(struct passage *passage, struct span span) {
    passage->spans =
        memory_grow(passage->spans, passage->count, &passage->capacity, sizeof(passage->spans[0]));
    passage->spans[passage->count++] = span;
}

static void passage_add_block(struct extractor *extractor, struct passage *passage, int index) {
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

static void say_stray(struct extractor *extractor, unsigned line, bool is_item) {
    if (is_item)
        diagnostics_add(&extractor->document->diagnostics, SEVERITY_WARNING, line + 1, 1,
                        "untagged-item",
                        "a list item without a tag among questions is passed over; tag it, or "
                        "indent it below the question that it answers");
    else
        diagnostics_add(&extractor->document->diagnostics, SEVERITY_NOTE, line + 1, 1, "stray-text",
                        "text that belongs to no question is passed over");
}

/* Hands the passage to whom it answers and empties it. */
static void passage_flush(struct extractor *extractor, struct passage *passage, int owner) {
    bool has_rule = passage_trim(extractor, passage);
    int container = passage->container;
    passage_unwrap(extractor, passage);
    if (passage->count > 0) {
        unsigned first = passage->spans[0].first, last = passage->spans[passage->count - 1].last;
        char *text = cut_lines(extractor->scissors, passage->container, first, last);
        if (!drafts_answer_outside(&extractor->drafts, owner, text))
            say_stray(extractor, first, false);
        free(text);
    }
    extractor->drafts.is_run_closed |= has_rule;
    passage->container = container;
    passage->count = 0;
}

/* ---- questions ------------------------------------------------------------------------------- */

static char **copy_contexts(const struct extractor *extractor) {
    if (extractor->context_count == 0) return NULL;
    char **copy = memory_alloc(extractor->context_count * sizeof(copy[0]));
    for (size_t i = 0; i < extractor->context_count; i++)
        copy[i] = memory_copy(extractor->contexts[i], strlen(extractor->contexts[i]));
    return copy;
}

static char *take_valid_id(struct extractor *extractor, struct phrase *phrase, unsigned line) {
    char *id = phrase->id;
    phrase->id = NULL;
    if (id == NULL || question_id_is_valid(id)) return id;
    diagnostics_add(
        &extractor->document->diagnostics, SEVERITY_WARNING, line + 1, 1, "bad-id",
        "'%s' cannot be a question's id: it takes 1 to %d letters, digits, '.', '_' and "
        "'-', and must not be the name of a resource; the question gets an id of its own",
        id, QUESTION_ID_MAX);
    free(id);
    return NULL;
}

/* Adds the question of one marker. DRAFT_NONE, with a warning, if nothing stands behind the tag. */
static int add_question(struct extractor *extractor, const struct tag *tag, struct phrase *phrase) {
    if (phrase->text[0] == '\0') {
        diagnostics_add(&extractor->document->diagnostics, SEVERITY_WARNING, tag->line + 1,
                        source_column_of(extractor->scissors->source, tag->begin), "empty-question",
                        "a tag without a question behind it is passed over");
        return DRAFT_NONE;
    }
    char *id = take_valid_id(extractor, phrase, tag->line);
    struct question question = {.id = id,
                                .pinned = id != NULL,
                                .difficulty = tag->difficulty,
                                .text = phrase->text,
                                .context = copy_contexts(extractor),
                                .context_count = extractor->context_count,
                                .section.index = outline_current(&extractor->outline),
                                .source.line = tag->line + 1,
                                .source.column =
                                    source_column_of(extractor->scissors->source, tag->begin)};
    phrase->text = NULL;
    int index = drafts_add(&extractor->drafts, question);
    if (phrase->answer != NULL) drafts_answer(&extractor->drafts, index, phrase->answer, false);
    return index;
}

/* The last line that belongs to the marker at `index`: the next marker begins a new question. */
static unsigned marker_end(const struct extractor *extractor, const struct block *block,
                           uint32_t index) {
    if (index + 1 < block->tag_end) return extractor->scissors->tags->items[index + 1].line - 1;
    return block->last_line - block->is_setext;
}

/* Reads one marker's question; *ret_rest is the first line behind it. */
static int read_marker(struct extractor *extractor, const struct block *block, uint32_t index,
                       unsigned *ret_rest) {
    const struct tag *tag = &extractor->scissors->tags->items[index];
    struct phrase phrase =
        phrase_read(extractor->scissors, block, tag, marker_end(extractor, block, index));
    *ret_rest = phrase.last_line + 1;
    int question = add_question(extractor, tag, &phrase);
    phrase_free(&phrase);
    return question;
}

/* Reads the markers of one paragraph or heading: each line is a question (dialect g). What is left
 * behind the last one begins the passage. Returns the last question. */
static int read_markers(struct extractor *extractor, int index, struct passage *passage) {
    const struct block *block = &extractor->blocks[index];
    int question = DRAFT_NONE;
    for (uint32_t i = block->tag_begin; i < block->tag_end; i++) {
        unsigned rest, end = marker_end(extractor, block, i);
        int next = read_marker(extractor, block, i, &rest);
        if (next == DRAFT_NONE) continue;
        if (question != DRAFT_NONE) drafts_join_run(&extractor->drafts, question);
        question = next;
        while (rest <= end && tags_line_is_skipped(extractor->scissors->tags, rest)) rest++;
        if (rest > end) continue;
        bool is_last = i + 1 == block->tag_end;
        if (is_last && !drafts_is_answered(&extractor->drafts, question)) {
            passage_add(passage, (struct span){index, rest, end});
            continue;
        }
        char *text = cut_lines(extractor->scissors, block->parent, rest, end);
        drafts_answer(&extractor->drafts, question, text, true);
        free(text);
    }
    return question;
}

/* ---- lists ----------------------------------------------------------------------------------- */

static int first_text_child(const struct extractor *extractor, int item) {
    int child = extractor->blocks[item].first_child;
    while (child != BLOCK_NONE && extractor->blocks[child].is_noise)
        child = extractor->blocks[child].next;
    return child;
}

static bool has_own_marker(const struct block *block) {
    return block->tag_end > block->tag_begin;
}

/* Whether the block's very first line is a marker. */
static bool begins_with_marker(const struct extractor *extractor, const struct block *block) {
    return has_own_marker(block) &&
           extractor->scissors->tags->items[block->tag_begin].line == block->first_line;
}

/* An item that begins with a marker: the question, with all else in the item for its answer. */
static void walk_question_item(struct extractor *extractor, int item, int marker, int owner) {
    struct passage passage = {.container = item};
    int question = read_markers(extractor, marker, &passage);
    struct saved_run saved = drafts_begin_item(&extractor->drafts);
    walk_children(extractor, extractor->blocks[marker].next,
                  question != DRAFT_NONE ? question : owner, &passage);
    drafts_end_item(&extractor->drafts, question, saved);
    free(passage.spans);
}

static void push_context(struct extractor *extractor, char *text) {
    extractor->contexts = memory_grow(extractor->contexts, extractor->context_count,
                                      &extractor->context_capacity, sizeof(extractor->contexts[0]));
    extractor->contexts[extractor->context_count++] = text;
}

/* An untagged item above questions: what stands before the first of them is their context. */
static void walk_group_item(struct extractor *extractor, int item, int owner) {
    int child = extractor->blocks[item].first_child;
    unsigned first = extractor->blocks[item].first_line;
    while (!extractor->blocks[child].has_marker) child = extractor->blocks[child].next;
    const struct block *block = &extractor->blocks[child];
    unsigned end = has_own_marker(block) ? extractor->scissors->tags->items[block->tag_begin].line
                                         : block->first_line;
    char *text = end > first ? cut_lines(extractor->scissors, item, first, end - 1) : NULL;
    bool is_context = text != NULL && text[0] != '\0';
    if (is_context) push_context(extractor, text);
    drafts_clear_run(&extractor->drafts);
    struct passage passage = {.container = item};
    extractor->context_line = end;
    walk_children(extractor, child, owner, &passage);
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
    bool is_noise = true;
    for (; item != BLOCK_NONE && !extractor->blocks[item].has_marker;
         item = extractor->blocks[item].next) {
        last = extractor->blocks[item].last_line;
        is_noise &= extractor->blocks[item].is_noise;
    }
    if (is_noise) return item;
    char *text = cut_lines(extractor->scissors, list->parent, first, last);
    bool is_taken = owner == DRAFT_NONE && extractor->drafts.run_state == RUN_ANSWERED_INSIDE;
    if (is_taken || !drafts_answer_outside(&extractor->drafts, owner, text))
        say_stray(extractor, first, true);
    free(text);
    return item;
}

static void walk_list(struct extractor *extractor, int list, int owner) {
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

/* ---- any block ------------------------------------------------------------------------------- */

/* Lines before the first marker of a paragraph, which a group has taken for its context. */
static void add_lines_before_marker(struct extractor *extractor, int index,
                                    struct passage *passage) {
    const struct block *block = &extractor->blocks[index];
    unsigned line = extractor->scissors->tags->items[block->tag_begin].line;
    if (line > block->first_line && line != extractor->context_line)
        passage_add(passage, (struct span){index, block->first_line, line - 1});
}

static void walk_marker_block(struct extractor *extractor, int index, int owner,
                              struct passage *passage) {
    add_lines_before_marker(extractor, index, passage);
    passage_flush(extractor, passage, owner);
    int question = read_markers(extractor, index, passage);
    if (question == DRAFT_NONE) return;
    if (passage->count > 0) { /* the same paragraph goes on: it answers this question alone */
        struct saved_run before = drafts_begin_item(&extractor->drafts);
        passage_flush(extractor, passage, question);
        drafts_end_item(&extractor->drafts, question, before);
        return;
    }
    drafts_join_run(&extractor->drafts, question);
}

static void walk_block(struct extractor *extractor, int index, int owner, struct passage *passage) {
    const struct block *block = &extractor->blocks[index];
    if (!block->has_marker) {
        passage_add_block(extractor, passage, index);
    } else if (has_own_marker(block)) {
        walk_marker_block(extractor, index, owner, passage);
    } else {
        passage_flush(extractor, passage, owner);
        if (block->type == BLOCK_LIST) {
            walk_list(extractor, index, owner);
        } else {
            struct passage inner = {.container = index};
            walk_children(extractor, block->first_child, owner, &inner);
            free(inner.spans);
        }
    }
}

/* Walks a block and its later siblings; the passage may hold what precedes them. */
static void walk_children(struct extractor *extractor, int first, int owner,
                          struct passage *passage) {
    for (int child = first; child != BLOCK_NONE; child = extractor->blocks[child].next)
        walk_block(extractor, child, owner, passage);
    passage_flush(extractor, passage, owner);
}

/* ---- the document ---------------------------------------------------------------------------- */

static int heading_owner(const struct extractor *extractor) {
    return extractor->heading_count > 0 ? extractor->headings[extractor->heading_count - 1].question
                                        : DRAFT_NONE;
}

/* Whether questions stand below a heading: before the next one of its level or higher. */
static bool has_questions_below(const struct extractor *extractor, int heading) {
    for (int next = extractor->blocks[heading].next; next != BLOCK_NONE;
         next = extractor->blocks[next].next) {
        const struct block *block = &extractor->blocks[next];
        bool ends =
            block->type == BLOCK_HEADING && block->level <= extractor->blocks[heading].level;
        if (ends) return false;
        if (block->has_marker) return true;
    }
    return false;
}

static void open_section(struct extractor *extractor, int index) {
    const struct block *block = &extractor->blocks[index];
    struct buffer title = {0};
    for (unsigned line = block->first_line; line <= block->last_line - block->is_setext; line++) {
        struct cut_range range = block->is_setext
                                     ? cut_line_range(extractor->scissors, block->parent, line)
                                     : cut_heading_range(extractor->scissors, block->parent, line);
        if (title.size > 0) buffer_append(&title, " ", 1);
        buffer_append(&title, extractor->scissors->source->bytes + range.begin,
                      range.end - range.begin);
        if (!block->is_setext) break;
    }
    outline_open_section(&extractor->outline, block->level, buffer_steal(&title),
                         block->first_line + 1);
}

static void close_headings(struct extractor *extractor, unsigned level) {
    while (extractor->heading_count > 0 &&
           extractor->headings[extractor->heading_count - 1].level >= level)
        extractor->heading_count--;
}

static void walk_question_heading(struct extractor *extractor, int index, struct passage *passage) {
    unsigned level = extractor->blocks[index].level;
    outline_end_sections(&extractor->outline, level);
    drafts_clear_run(&extractor->drafts);
    int question = read_markers(extractor, index, passage);
    drafts_clear_run(&extractor->drafts);
    if (question != DRAFT_NONE)
        extractor->headings[extractor->heading_count++] =
            (struct open_heading){.level = level, .question = question};
}

/* Returns the owner of what follows. */
static int walk_heading(struct extractor *extractor, int index, int owner,
                        struct passage *passage) {
    const struct block *block = &extractor->blocks[index];
    passage_flush(extractor, passage, owner);
    close_headings(extractor, block->level);
    if (has_own_marker(block)) {
        walk_question_heading(extractor, index, passage);
        return heading_owner(extractor);
    }
    drafts_clear_run(&extractor->drafts);
    if (extractor->heading_count > 0 && !has_questions_below(extractor, index)) {
        outline_end_sections(&extractor->outline, block->level);
        passage_add_block(extractor, passage, index);
        return heading_owner(extractor);
    }
    open_section(extractor, index);
    return DRAFT_NONE;
}

/* `text` directly above `---` is a heading to CommonMark; where it is a sentence or a question with
 * its answer, the author drew a line between questions. */
static bool is_text_above_rule(const struct extractor *extractor, const struct block *block) {
    if (block->type != BLOCK_HEADING || !block->is_setext || block->level != 2) return false;
    unsigned last = block->last_line - 1;
    struct cut_range range = cut_line_range(extractor->scissors, block->parent, last);
    const char *text = extractor->scissors->source->bytes + range.begin;
    bool is_sentence = phrase_is_sentence(text, range.end - range.begin);
    return last > block->first_line || (is_sentence && !has_own_marker(block));
}

static void walk_text_above_rule(struct extractor *extractor, int index, int owner,
                                 struct passage *passage) {
    const struct block *block = &extractor->blocks[index];
    diagnostics_add(&extractor->document->diagnostics, SEVERITY_NOTE, block->last_line + 1, 1,
                    "rule-below-text",
                    "a line of dashes right below text makes a heading of it; read as text and a "
                    "rule: put a blank line between them");
    if (has_own_marker(block))
        walk_block(extractor, index, owner, passage);
    else
        passage_add(passage, (struct span){index, block->first_line, block->last_line - 1});
    passage_flush(extractor, passage, owner);
    extractor->drafts.is_run_closed = true;
}

static void walk_document(struct extractor *extractor) {
    struct passage passage = {.container = 0};
    int owner = DRAFT_NONE;
    for (int child = extractor->blocks[0].first_child; child != BLOCK_NONE;
         child = extractor->blocks[child].next) {
        const struct block *block = &extractor->blocks[child];
        if (is_text_above_rule(extractor, block))
            walk_text_above_rule(extractor, child, owner, &passage);
        else if (block->type == BLOCK_HEADING)
            owner = walk_heading(extractor, child, owner, &passage);
        else
            walk_block(extractor, child, owner, &passage);
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
    outline_begin(&extractor.outline, document, has_own_title);
    walk_document(&extractor);
    drafts_finish(&extractor.drafts, scissors->definitions);
    outline_finish(&extractor.outline);
    free(extractor.contexts);
}
