#include <stdio.h>

#include "db/store.h"
#include "server/encode.h"
#include "server/handlers/handlers.h"
#include "server/parameters.h"

enum { LIMIT_DEFAULT = 20, LIMIT_MAX = 100 };

static enum problem page_problem(struct store *store, struct response *response,
                                 const struct question_filter *filter, enum store_status status,
                                 size_t index) {
    switch (status) {
    case STORE_EMPTY:
        return PROBLEM_NONE;
    case STORE_NO_ROW:
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "cursor",
                             "It is no cursor; take next_cursor of the page before, as it is.");
    case STORE_STALE:
        return response_fail(response, PROBLEM_STALE_CURSOR, "cursor",
                             "The bank has changed since; start again without a cursor.");
    case STORE_UNKNOWN_SECTION:
    case STORE_UNKNOWN_SOURCE:
        return parameters_filter_problem(filter, response, status, index);
    default:
        return handlers_store_problem(store, status);
    }
}

static enum problem encode_page(struct store *store, const struct request *request,
                                struct response *response, const struct question_page *page) {
    const char *next = page->next_cursor[0] != '\0' ? page->next_cursor : NULL;
    if (next != NULL) {
        response->next = target_build("/v1/questions", &request->target, "cursor", next);
        if (response->next == NULL) return PROBLEM_INTERNAL;
    }
    response->json = json_pack(
        "{s:o, s:I, s:s*, s:s*}", "items", encode_questions(page->items, page->count), "total",
        (json_int_t)page->total, "next_cursor", next, "revision", handlers_revision(store));
    return PROBLEM_NONE;
}

static enum store_status read_page(struct store *store, const struct request *request,
                                   const struct question_filter *filter, unsigned limit,
                                   struct question_page *ret_page, size_t *ret_index) {
    const char *cursor = request_parameter(request, "cursor");
    if (!handlers_has_bank(store)) return STORE_EMPTY;
    /* To the store an empty cursor means none; a client that sends one has lost the real one. */
    if (cursor != NULL && cursor[0] == '\0') return STORE_NO_ROW;
    return store_question_page(store, filter, cursor, limit, ret_page, ret_index);
}

enum problem handle_questions(struct store *store, const struct request *request,
                              struct response *response) {
    unsigned limit;
    enum problem problem =
        parameter_number(request, response, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &limit);
    if (problem != PROBLEM_NONE) return problem;
    struct question_filter filter;
    problem = parameters_filter(request, response, &filter);
    if (problem != PROBLEM_NONE) return problem;

    struct question_page page = {0};
    size_t index = 0;
    enum store_status status = read_page(store, request, &filter, limit, &page, &index);
    problem = page_problem(store, response, &filter, status, index);
    if (problem == PROBLEM_NONE) problem = encode_page(store, request, response, &page);
    question_page_free(&page);
    parameters_filter_free(&filter);
    return problem;
}

enum problem handle_question(struct store *store, const struct request *request,
                             struct response *response) {
    struct question question;
    char moved_to[QUESTION_ID_MAX + 1];
    if (!handlers_has_bank(store)) return PROBLEM_NO_SUCH_QUESTION;
    enum store_status status = store_question(store, request->variables[0], &question, moved_to);
    if (status != STORE_OK) {
        return handlers_lookup_problem(store, request, response, status, moved_to, "");
    }
    response->json = encode_question(&question);
    question_free(&question);
    return PROBLEM_NONE;
}
