#include "db/listing.h"
#include "server/handlers/handlers.h"
#include "server/list_parameters.h"

/* What has been found. */
struct found {
    struct listing *listing; /* NULL while there is no bank */
    struct question_filter filter;
    uint32_t positions[LIST_LIMIT_MAX];
    struct listing_page page;
};

static enum problem list_problem(struct store *store, struct response *response,
                                 const struct list_parameters *parameters, enum store_status status,
                                 size_t index) {
    switch (status) {
    case STORE_NO_ROW:
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "cursor",
                             "It is no cursor; take next_cursor of the page before, as it is.");
    case STORE_OTHER_LIST:
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "cursor",
                             "It belongs to another list; repeat the filters, sort and seed that it"
                             " was made with, or start again without a cursor.");
    case STORE_STALE:
        return response_fail(response, PROBLEM_STALE_CURSOR, "cursor",
                             "The bank has changed since; start again without a cursor.");
    case STORE_NO_WORDS:
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "q",
                             "There is no word in it to look for; words with '-' before them only"
                             " leave questions out.");
    case STORE_TOO_MANY_WORDS:
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "q",
                             "It has more than %d words; that is the most.", SEARCH_WORDS_MAX);
    case STORE_SHORT_PREFIX:
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "q",
                             "Where answers are searched '*' stands behind %d characters or more.",
                             SEARCH_ANSWER_PREFIX_MIN);
    case STORE_UNKNOWN_PAST:
        return response_fail(response, PROBLEM_UNKNOWN_PAST, "updated_since",
                             "The bank does not remember its changes since then; fetch the whole"
                             " list, and remember its revision for the next time.");
    default:
        return handlers_filter_problem(store, response, &parameters->filter, status, index);
    }
}

/* ---- reading ----------------------------------------------------------------------------------
 */

/* The listing is to be closed whatever comes back. */
static enum store_status find(struct store *store, const struct list_parameters *parameters,
                              struct found *ret_found, size_t *ret_index) {
    ret_found->filter = parameters->filter;
    const struct listing_request request = {.filter = &ret_found->filter,
                                            .search = parameters->search,
                                            .places = parameters->places,
                                            .sort = parameters->sort,
                                            .descending = parameters->descending,
                                            .seed = parameters->seed,
                                            .cursor = parameters->cursor};
    if (!handlers_has_bank(store)) return STORE_EMPTY;
    enum store_status status = since_find(&parameters->since, store, &ret_found->filter.changes);
    if (status == STORE_OK) status = listing_open(store, &request, &ret_found->listing, ret_index);
    if (status != STORE_OK) return status;
    return listing_read(ret_found->listing, parameters->limit, ret_found->positions,
                        &ret_found->page);
}

/* ---- writing ----------------------------------------------------------------------------------
 */

/* The link to the next page, if there is one. */
static enum problem link_next(const struct request *request, struct response *response,
                              const struct listing_page *page) {
    if (page->next_cursor[0] == '\0') return PROBLEM_NONE;
    response->next = target_build("/v1/questions", &request->target, "cursor", page->next_cursor);
    return response->next != NULL ? PROBLEM_NONE : PROBLEM_INTERNAL;
}

static void write_total(struct json_text *text, const struct list_parameters *parameters,
                        const struct listing *listing) {
    json_text_literal(text, ",\"total\":");
    json_text_number(text, listing != NULL ? listing_total(listing) : 0);
    if (parameters->search == NULL) return;
    if (listing == NULL || listing_is_complete(listing))
        json_text_literal(text, ",\"total_is_exact\":true");
    else
        json_text_literal(text, ",\"total_is_exact\":false");
}

static void write_summary(struct json_text *text, const struct list_parameters *parameters,
                          const struct found *found) {
    write_total(text, parameters, found->listing);
    if (parameters->sort == LISTING_RANDOM) {
        json_text_literal(text, ",\"seed\":");
        json_text_string(text, parameters->seed);
    }
    if (found->page.next_cursor[0] != '\0') {
        json_text_literal(text, ",\"next_cursor\":");
        json_text_string(text, found->page.next_cursor);
    }
}

/* On the first page, for there may be many. */
static enum problem write_removed(struct store *store, const struct list_parameters *parameters,
                                  const struct found *found, struct json_text *text) {
    if (!parameters->since.given || parameters->cursor != NULL) return PROBLEM_NONE;
    return handlers_store_problem(store, since_write_removed(found->filter.changes, store, text));
}

static enum problem write_facets(struct store *store, const struct list_parameters *parameters,
                                 const struct listing *listing, struct json_text *text) {
    struct facets facets = {0};
    if (parameters->facets == 0) return PROBLEM_NONE;
    enum store_status status =
        listing != NULL ? listing_facets(listing, parameters->facets, &facets) : STORE_OK;
    if (status != STORE_OK) return handlers_store_problem(store, status);
    handlers_write_facets(text, &facets, parameters->facets, &parameters->shape.form);
    facets_free(&facets);
    return PROBLEM_NONE;
}

static enum problem write_list(struct store *store, const struct request *request,
                               struct response *response, const struct list_parameters *parameters,
                               const struct found *found) {
    struct shape shape = parameters->shape;
    struct json_text text = {0};
    if (parameters->search != NULL && parameters->places & SEARCH_QUESTION)
        shape.found_by = found->listing;
    enum problem problem =
        handlers_write_items(store, request, &shape, found->positions, found->page.count, &text);
    if (problem == PROBLEM_NONE) problem = link_next(request, response, &found->page);
    if (problem == PROBLEM_NONE) problem = write_facets(store, parameters, found->listing, &text);
    if (problem != PROBLEM_NONE) {
        json_text_free(&text);
        return problem;
    }
    /* Which hits a search comes to first hangs on when they came in. */
    if (found->listing != NULL && !listing_is_complete(found->listing))
        response->beyond_revision = true;
    write_summary(&text, parameters, found);
    problem = write_removed(store, parameters, found, &text);
    if (problem == PROBLEM_NONE) return handlers_finish_items(store, response, &text);
    json_text_free(&text);
    return problem;
}

static enum problem list(struct store *store, const struct request *request,
                         struct response *response, const struct list_parameters *parameters) {
    struct found found = {0};
    size_t index = 0;
    enum store_status status = find(store, parameters, &found, &index);
    enum problem problem = list_problem(store, response, parameters, status, index);
    if (problem == PROBLEM_NONE) problem = write_list(store, request, response, parameters, &found);
    listing_close(found.listing);
    return problem;
}

enum problem handle_questions(struct store *store, const struct request *request,
                              struct response *response) {
    struct list_parameters parameters;
    if (request_parameter(request, "id") != NULL) return handlers_batch(store, request, response);
    enum problem problem = list_parameters_read(request, response, &parameters);
    if (problem != PROBLEM_NONE) return problem;
    problem = list(store, request, response, &parameters);
    list_parameters_free(&parameters);
    return problem;
}
