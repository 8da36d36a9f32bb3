/* Questions while they are put together, and the rules of which text answers which of them.
 *
 * Markers that follow each other without an answer form a run: one text outside of them answers all
 * of the run (dialect h). Text inside a question's own list item answers that question alone. */
#ifndef QBANK_CONTENT_DRAFT_H
#define QBANK_CONTENT_DRAFT_H

#include "content/buffer.h"
#include "content/definitions.h"
#include "content/parse.h"

enum { DRAFT_NONE = -1 };
enum { STEPS_UNKNOWN = 0 };

/* The answer of one question as far as it goes. */
struct draft_answer {
    struct buffer text;
    unsigned steps; /* of the whole text, or STEPS_UNKNOWN */
    bool is_exact;  /* all of it */
};

struct drafts {
    struct document *document;
    size_t capacity;
    struct draft_answer *answers; /* beside document->questions */
    size_t answer_capacity;

    int *run;
    size_t run_count, run_capacity;
    enum { RUN_OPEN, RUN_ANSWERED_OUTSIDE, RUN_ANSWERED_INSIDE } run_state;
    bool is_run_closed; /* the next marker begins a run of its own */
};

/* Adds a question and takes over what it holds; it does not join the run yet. Returns its index. */
int drafts_add(struct drafts *drafts, struct question question);

/* The question joins the run, or begins a new one if the run has its answer or is closed. */
void drafts_join_run(struct drafts *drafts, int question);

/* A piece of an answer. */
struct draft_piece {
    const char *text;
    bool glue;      /* it goes on the next line; else it is a block of its own */
    unsigned steps; /* what steps_count() would say of it, or STEPS_UNKNOWN: only it can tell */
    bool is_exact;  /* where it is all of the answer, nothing is taken off it or added */
};

/* Appends a piece to one question's answer. */
void drafts_answer(struct drafts *drafts, int question, struct draft_piece piece);

bool drafts_is_answered(const struct drafts *drafts, int question);

/* Whom does a text that stands outside of any marker's own paragraph answer? `owner` is the
 * question whose item or heading encloses it, or DRAFT_NONE. Appends it to them; false if there is
 * nobody. */
bool drafts_answer_outside(struct drafts *drafts, int owner, struct draft_piece piece);

/* A run that is put aside while an item is read. */
struct saved_run {
    int *run;
    size_t run_count;
};
struct saved_run drafts_begin_item(struct drafts *drafts);
/* `question` is the item's own, or DRAFT_NONE; the run that was put aside goes on with it, unless
 * questions stood inside the item. */
void drafts_end_item(struct drafts *drafts, int question, struct saved_run saved);

void drafts_clear_run(struct drafts *drafts);

/* Moves the answers into the questions with the link definitions they use, counts their steps,
 * frees the rest. */
void drafts_finish(struct drafts *drafts, struct definitions *definitions);

#endif
