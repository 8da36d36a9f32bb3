#include "content/extract_internal.h"
#include "content/phrase.h"

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
    int question = extract_markers(extractor, index, passage);
    drafts_clear_run(&extractor->drafts);
    if (question != DRAFT_NONE)
        extractor->headings[extractor->heading_count++] =
            (struct open_heading){.level = level, .question = question};
}

/* `text` directly above `---` is a heading to CommonMark; where it is a sentence or a question with
 * its answer, the author drew a line between questions. */
static bool is_sentence_above_rule(const struct extractor *extractor, const struct block *block) {
    if (block->type != BLOCK_HEADING || !block->is_setext || block->level != 2) return false;
    unsigned last = block->last_line - 1;
    struct cut_range range = cut_line_range(extractor->scissors, block->parent, last);
    const char *text = extractor->scissors->source->bytes + range.begin;
    bool is_sentence = phrase_is_sentence(text, range.end - range.begin);
    return last > block->first_line || (is_sentence && !extract_has_own_marker(block));
}

static bool is_underlined_text(const struct block *block) {
    return block->type == BLOCK_HEADING && block->is_setext && block->level == 2 &&
           !extract_has_own_marker(block);
}

bool extract_draws_rules(const struct extractor *extractor) {
    bool draws = false;
    for (int child = extractor->blocks[0].first_child; child != BLOCK_NONE;
         child = extractor->blocks[child].next) {
        const struct block *block = &extractor->blocks[child];
        if (block->type == BLOCK_HEADING && block->is_setext && block->level == 1) return false;
        draws |= block->type == BLOCK_RULE || is_sentence_above_rule(extractor, block);
    }
    return draws;
}

/* No title stands on the line below its question's. */
static bool is_right_below_question(const struct extractor *extractor, const struct block *block,
                                    int owner) {
    return owner != DRAFT_NONE && is_underlined_text(block) &&
           extractor->document->questions[owner].source.line == block->first_line;
}

/* Whether a question has just been asked, and nothing answers it yet. */
static bool awaits_answer(const struct extractor *extractor, int owner,
                          const struct passage *passage) {
    const struct drafts *drafts = &extractor->drafts;
    if (passage->count > 0) return false;
    if (drafts->run_count > 0) return drafts->run_state == RUN_OPEN && !drafts->is_run_closed;
    return owner != DRAFT_NONE && !drafts_is_answered(drafts, owner);
}

/* Where lines are drawn between questions, what stands between one and a line of dashes is its
 * answer rather than the only title that is underlined. */
static bool is_text_above_rule(const struct extractor *extractor, const struct block *block,
                               int owner, const struct passage *passage) {
    if (is_sentence_above_rule(extractor, block)) return true;
    if (is_right_below_question(extractor, block, owner)) return true;
    return extractor->draws_rules && block->is_setext && !extract_has_own_marker(block) &&
           awaits_answer(extractor, owner, passage);
}

static void walk_text_above_rule(struct extractor *extractor, int index, int owner,
                                 struct passage *passage) {
    const struct block *block = &extractor->blocks[index];
    diagnostics_add(&extractor->document->diagnostics, SEVERITY_NOTE, block->last_line + 1, 1,
                    "rule-below-text",
                    "a line of dashes right below text makes a heading of it; read as text and a "
                    "rule: put a blank line between them");
    if (extract_has_own_marker(block))
        extract_block(extractor, index, owner, passage);
    else
        passage_add(passage, (struct span){index, block->first_line, block->last_line - 1});
    passage_flush(extractor, passage, owner);
    extractor->drafts.is_run_closed = true;
}

/* What is underlined below a question without an answer may be that answer above a line. */
static void check_title(struct extractor *extractor, const struct block *block, int owner,
                        const struct passage *passage) {
    if (is_underlined_text(block) && awaits_answer(extractor, owner, passage))
        diagnostics_add(&extractor->document->diagnostics, SEVERITY_NOTE, block->first_line + 1, 1,
                        "title-below-question",
                        "a line of dashes right below this text makes a title of it; if it is the "
                        "answer to the question above, put a blank line between them");
}

int extract_heading(struct extractor *extractor, int index, int owner, struct passage *passage) {
    const struct block *block = &extractor->blocks[index];
    if (is_text_above_rule(extractor, block, owner, passage)) {
        walk_text_above_rule(extractor, index, owner, passage);
        return owner;
    }
    check_title(extractor, block, owner, passage);
    passage_flush(extractor, passage, owner);
    close_headings(extractor, block->level);
    if (extract_has_own_marker(block)) {
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
