#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/question.h"
#include "db/store.h"
#include "server/handlers/handlers.h"
#include "server/parameters.h"

/* How many bytes a document and each of its questions take at most, as a rule. */
enum { DOCUMENT_SIZE = 256, ITEM_SIZE = 768 };

bool handlers_has_bank(const struct store *store) {
    return store_catalog(store) != NULL;
}

const char *handlers_revision(const struct store *store) {
    return handlers_has_bank(store) ? store_revision(store) : NULL;
}

enum problem handlers_store_problem(struct store *store, enum store_status status) {
    switch (status) {
    case STORE_OK:
        return PROBLEM_NONE;
    case STORE_EMPTY:
        return PROBLEM_NOT_READY;
    case STORE_BUSY:
        return PROBLEM_BUSY;
    default:
        fprintf(stderr, "qbank: %s\n", store_error(store));
        return PROBLEM_INTERNAL;
    }
}

/* A response's head has little room (server/http.c). */
enum { LOCATION_MAX = 1024 };

static enum problem redirect(const struct request *request, struct response *response,
                             const char *moved_to, const char *suffix) {
    char path[sizeof("/v1/questions//answer") + QUESTION_ID_MAX];
    snprintf(path, sizeof(path), "/v1/questions/%s%s", moved_to, suffix);
    response->location = target_build(path, &request->target, NULL, NULL);
    if (response->location == NULL) return PROBLEM_INTERNAL;
    if (strlen(response->location) > LOCATION_MAX) {
        free(response->location);
        response->location = NULL;
        return response_fail(response, PROBLEM_MALFORMED_TARGET, NULL,
                             "Its id is now %s, and the query is too long to be repeated.",
                             moved_to);
    }
    return response_fail(response, PROBLEM_QUESTION_MOVED, NULL, "Its id is now %s.", moved_to);
}

enum problem handlers_lookup_problem(struct store *store, const struct request *request,
                                     struct response *response, enum store_status status,
                                     const char *moved_to, const char *suffix) {
    switch (status) {
    case STORE_NO_ROW:
        return PROBLEM_NO_SUCH_QUESTION;
    case STORE_GONE:
        return PROBLEM_QUESTION_GONE;
    case STORE_MOVED:
        return redirect(request, response, moved_to, suffix);
    default:
        return handlers_store_problem(store, status);
    }
}

enum problem handlers_filter_problem(struct store *store, struct response *response,
                                     const struct question_filter *filter, enum store_status status,
                                     size_t index) {
    switch (status) {
    case STORE_EMPTY:
        return PROBLEM_NONE;
    case STORE_UNKNOWN_SECTION:
    case STORE_UNKNOWN_SOURCE:
        return parameters_filter_problem(filter, response, status, index);
    default:
        return handlers_store_problem(store, status);
    }
}

enum problem handlers_write_items(struct store *store, const struct request *request,
                                  const struct shape *shape, const uint32_t *positions,
                                  size_t count, struct json_text *text) {
    json_text_reserve(text, DOCUMENT_SIZE + count * ITEM_SIZE);
    json_text_literal(text, "{\"items\":[");
    enum store_status status = shape_write(shape, request->items, store, positions, count, text);
    json_text_literal(text, "]");
    return handlers_store_problem(store, status);
}

enum problem handlers_finish_items(const struct store *store, struct response *response,
                                   struct json_text *text) {
    const char *revision = handlers_revision(store);
    if (revision != NULL) {
        json_text_literal(text, ",\"revision\":\"");
        json_text_append(text, revision, REVISION_LENGTH);
        json_text_literal(text, "\"");
    }
    json_text_literal(text, "}");
    return response_set_text(response, text);
}
