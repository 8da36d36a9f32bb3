#include "db/export.h"

#include <stdlib.h>

#include "db/selection.h"
#include "db/store_internal.h"

struct export {
    struct store *store;
    struct selection selection;
    uint32_t done;
    bool answers;
};

enum store_status export_begin(struct store *store, const struct question_filter *filter,
                               bool answers, struct export **ret_export, size_t *ret_index) {
    struct export *export = calloc(1, sizeof(*export));
    if (export == NULL) return store_fail(store, STORE_ERROR, "out of memory");
    *export = (struct export){.store = store, .answers = answers};
    enum store_status status = store_select(store, filter, &export->selection, ret_index);
    if (status == STORE_OK)
        *ret_export = export;
    else
        free(export);
    return status;
}

void export_end(struct export *export) {
    if (export == NULL) return;
    selection_free(&export->selection);
    free(export);
}

size_t export_total(const struct export *export) {
    return selection_count(&export->selection);
}

/* Puts the answer into a question on its way. */
struct answering {
    struct store *store;
    question_take *take;
    void *context;
    enum store_status status;
};

static void take_with_answer(void *context, uint32_t position, const struct question *question) {
    struct answering *answering = context;
    struct question whole = *question;
    answering->status = store_answer_at(answering->store, position, &whole.answer);
    if (answering->status != STORE_OK) return;
    answering->take(answering->context, position, &whole);
    free(whole.answer);
}

enum store_status export_next(struct export *export, question_take *take, void *context) {
    uint32_t position = selection_select(&export->selection, export->done++);
    if (!export->answers) return store_questions_at(export->store, &position, 1, take, context);
    struct answering answering = {export->store, take, context, STORE_OK};
    enum store_status status =
        store_questions_at(export->store, &position, 1, take_with_answer, &answering);
    return status == STORE_OK ? answering.status : status;
}
