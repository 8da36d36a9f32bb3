#include "content/draft.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "content/steps.h"
#include "content/wording.h"

int drafts_add(struct drafts *drafts, struct question question) {
    struct document *document = drafts->document;
    size_t index = document->question_count++;
    document->questions =
        memory_grow(document->questions, index, &drafts->capacity, sizeof(document->questions[0]));
    drafts->answers =
        memory_grow(drafts->answers, index, &drafts->answer_capacity, sizeof(drafts->answers[0]));
    document->questions[index] = question;
    drafts->answers[index] = (struct draft_answer){0};
    return (int)index;
}

void drafts_clear_run(struct drafts *drafts) {
    drafts->run_count = 0;
    drafts->run_state = RUN_OPEN;
    drafts->is_run_closed = false;
}

static void push_run(struct drafts *drafts, int question) {
    drafts->run =
        memory_grow(drafts->run, drafts->run_count, &drafts->run_capacity, sizeof(drafts->run[0]));
    drafts->run[drafts->run_count++] = question;
}

void drafts_join_run(struct drafts *drafts, int question) {
    if (drafts->run_state != RUN_OPEN || drafts->is_run_closed) drafts_clear_run(drafts);
    push_run(drafts, question);
    if (!drafts_is_answered(drafts, question)) return;
    drafts_clear_run(drafts);
    push_run(drafts, question);
    drafts->run_state = RUN_ANSWERED_INSIDE;
}

void drafts_answer(struct drafts *drafts, int question, struct draft_piece piece) {
    struct draft_answer *answer = &drafts->answers[question];
    if (piece.text[0] == '\0') return;
    bool is_first = answer->text.size == 0;
    answer->steps = is_first ? piece.steps : STEPS_UNKNOWN;
    answer->is_exact = is_first && piece.is_exact;
    if (!is_first) buffer_append(&answer->text, "\n\n", piece.glue ? 1 : 2);
    buffer_append(&answer->text, piece.text, strlen(piece.text));
}

bool drafts_is_answered(const struct drafts *drafts, int question) {
    return drafts->answers[question].text.size > 0;
}

bool drafts_answer_outside(struct drafts *drafts, int owner, struct draft_piece piece) {
    bool is_for_owner =
        owner != DRAFT_NONE && (drafts->run_count == 0 || drafts->run_state == RUN_ANSWERED_INSIDE);
    if (is_for_owner) {
        drafts_answer(drafts, owner, piece);
        return true;
    }
    for (size_t i = 0; i < drafts->run_count; i++) drafts_answer(drafts, drafts->run[i], piece);
    if (drafts->run_state == RUN_OPEN) drafts->run_state = RUN_ANSWERED_OUTSIDE;
    return drafts->run_count > 0;
}

struct saved_run drafts_begin_item(struct drafts *drafts) {
    struct saved_run saved = {0};
    if (drafts->run_state == RUN_OPEN && !drafts->is_run_closed)
        saved = (struct saved_run){.run = drafts->run, .run_count = drafts->run_count};
    else
        free(drafts->run);
    drafts->run = NULL;
    drafts->run_capacity = 0;
    drafts_clear_run(drafts);
    return saved;
}

void drafts_end_item(struct drafts *drafts, int question, struct saved_run saved) {
    if (drafts->run_count == 0) {
        drafts_clear_run(drafts);
        for (size_t i = 0; i < saved.run_count; i++) push_run(drafts, saved.run[i]);
        if (question != DRAFT_NONE) drafts_join_run(drafts, question);
    }
    free(saved.run);
}

/* Moves the answer into its question. Most answers need not be parsed to be counted. */
static void finish_answer(struct draft_answer *draft, struct definitions *definitions,
                          struct question *question) {
    char *answer = buffer_steal(&draft->text);
    bool is_known = draft->steps != STEPS_UNKNOWN;
    if (!draft->is_exact) {
        is_known &= !wording_drop_answer_word(answer);
        size_t size = strlen(answer);
        if (size > 0) answer = definitions_append_used(definitions, answer, question->text);
        is_known &= strstr(answer + size, "\n[^") == NULL; /* who knows what footnotes hold */
    }
    question->steps = is_known ? draft->steps : steps_count(answer);
    if (question->steps > 0)
        question->answer = answer;
    else
        free(answer);
}

void drafts_finish(struct drafts *drafts, struct definitions *definitions) {
    struct document *document = drafts->document;
    for (size_t i = 0; i < document->question_count; i++)
        finish_answer(&drafts->answers[i], definitions, &document->questions[i]);
    free(drafts->answers);
    free(drafts->run);
}
