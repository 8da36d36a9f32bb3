#include <stdio.h>

#include "db/store.h"
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

/* The link to the next page, if there is one. */
static enum problem link_next(const struct request *request, struct response *response,
                              const struct question_page *page) {
    if (page->next_cursor[0] == '\0') return PROBLEM_NONE;
    response->next = target_build("/v1/questions", &request->target, "cursor", page->next_cursor);
    return response->next != NULL ? PROBLEM_NONE : PROBLEM_INTERNAL;
}

static enum problem write_page(struct store *store, const struct request *request,
                               struct response *response, const struct shape *shape,
                               const uint32_t *positions, const struct question_page *page) {
    struct json_text text = {0};
    enum problem problem =
        handlers_write_items(store, request, shape, positions, page->count, &text);
    if (problem == PROBLEM_NONE) problem = link_next(request, response, page);
    if (problem != PROBLEM_NONE) {
        json_text_free(&text);
        return problem;
    }
    json_text_literal(&text, ",\"total\":");
    json_text_number(&text, page->total);
    if (page->next_cursor[0] != '\0') {
        json_text_literal(&text, ",\"next_cursor\":");
        json_text_string(&text, page->next_cursor);
    }
    return handlers_finish_items(store, response, &text);
}

static enum store_status read_page(struct store *store, const struct request *request,
                                   const struct question_filter *filter, unsigned limit,
                                   uint32_t *ret_positions, struct question_page *ret_page,
                                   size_t *ret_index) {
    const char *cursor = request_parameter(request, "cursor");
    if (!handlers_has_bank(store)) return STORE_EMPTY;
    /* To the store an empty cursor means none; a client that sends one has lost the real one. */
    if (cursor != NULL && cursor[0] == '\0') return STORE_NO_ROW;
    return store_question_page(store, filter, cursor, limit, ret_positions, ret_page, ret_index);
}

enum problem handle_questions(struct store *store, const struct request *request,
                              struct response *response) {
    unsigned limit;
    enum problem problem =
        parameter_number(request, response, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &limit);
    struct shape shape;
    if (problem == PROBLEM_NONE) problem = shape_read(request, response, &shape);
    if (problem != PROBLEM_NONE) return problem;
    struct question_filter filter;
    problem = parameters_filter(request, response, &filter);
    if (problem != PROBLEM_NONE) return problem;

    uint32_t positions[LIMIT_MAX];
    struct question_page page = {0};
    size_t index = 0;
    enum store_status status = read_page(store, request, &filter, limit, positions, &page, &index);
    problem = page_problem(store, response, &filter, status, index);
    if (problem == PROBLEM_NONE)
        problem = write_page(store, request, response, &shape, positions, &page);
    parameters_filter_free(&filter);
    return problem;
}
