#include "db/store.h"
#include "server/handlers/handlers.h"

enum problem handle_question(struct store *store, const struct request *request,
                             struct response *response) {
    uint32_t position;
    char moved_to[QUESTION_ID_MAX + 1];
    struct shape shape;
    enum problem problem = shape_read(request, response, &shape);
    if (problem != PROBLEM_NONE) return problem;
    if (!handlers_has_bank(store)) return PROBLEM_NO_SUCH_QUESTION;
    enum store_status status =
        store_question_position(store, request->variables[0], &position, moved_to);
    if (status != STORE_OK) {
        return handlers_lookup_problem(store, request, response, status, moved_to, "");
    }
    struct json_text text = {0};
    /* The response is kept as a whole: to keep the question besides is of little use. */
    status = shape_write(&shape, NULL, store, &position, 1, &text);
    if (status == STORE_OK) return response_set_text(response, &text);
    json_text_free(&text);
    return handlers_store_problem(store, status);
}
