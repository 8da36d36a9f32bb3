/* GET /v1/questions?id=…&id=…: questions by their ids, in the order asked for. */
#include <string.h>

#include "db/store.h"
#include "server/handlers/handlers.h"
#include "server/parameters.h"

enum { BATCH_MAX = 100 };

struct batch {
    uint32_t positions[BATCH_MAX];
    size_t count;
    struct json_text missing,
        moved; /* members of the array and of the object, commas between them */
};

static void batch_free(struct batch *batch) {
    json_text_free(&batch->missing);
    json_text_free(&batch->moved);
}

/* ---- what is asked for ------------------------------------------------------------------------
 */

/* Ids name the questions themselves: there is nothing to filter, to order or to page through. */
static enum problem check_parameter(const struct target_parameter *given, size_t ids,
                                    struct response *response) {
    static const char *const others[] = {"fields", "include", "markup", "max_length", "revision"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (target_parameter_is(given, others[i])) return PROBLEM_NONE;
    if (!target_parameter_is(given, "id"))
        return response_fail(response, PROBLEM_INVALID_PARAMETER, given->name,
                             "It does not go with id, which names the questions itself.");
    if (ids == BATCH_MAX)
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "id",
                             "It stands in the query more than %d times; that is the most.",
                             BATCH_MAX);
    if (question_id_is_valid(given->value)) return PROBLEM_NONE;
    return parameter_refuse(response, "id", given->value,
                            "it is the id of one question; repeat the parameter for several.");
}

static enum problem check_parameters(const struct request *request, struct response *response) {
    size_t ids = 0;
    for (size_t i = 0; i < request->target.parameter_count; i++) {
        const struct target_parameter *given = &request->target.parameters[i];
        enum problem problem = check_parameter(given, ids, response);
        if (problem != PROBLEM_NONE) return problem;
        ids += target_parameter_is(given, "id");
    }
    return PROBLEM_NONE;
}

/* ---- finding ----------------------------------------------------------------------------------
 */

/* Each question comes once, whatever leads to it. */
static void add_position(struct batch *batch, uint32_t position) {
    for (size_t i = 0; i < batch->count; i++)
        if (batch->positions[i] == position) return;
    batch->positions[batch->count++] = position;
}

static void add_missing(struct batch *batch, const char *id) {
    if (batch->missing.size > 0) json_text_literal(&batch->missing, ",");
    json_text_string(&batch->missing, id);
}

static enum store_status add_moved(struct store *store, struct batch *batch, const char *id,
                                   const char *moved_to) {
    uint32_t position;
    char again[QUESTION_ID_MAX + 1];
    if (batch->moved.size > 0) json_text_literal(&batch->moved, ",");
    json_text_string(&batch->moved, id);
    json_text_literal(&batch->moved, ":");
    json_text_string(&batch->moved, moved_to);
    enum store_status status = store_question_position(store, moved_to, &position, again);
    if (status == STORE_OK) add_position(batch, position);
    return status;
}

static enum store_status find_one(struct store *store, struct batch *batch, const char *id) {
    uint32_t position;
    char moved_to[QUESTION_ID_MAX + 1];
    enum store_status status = handlers_has_bank(store)
                                   ? store_question_position(store, id, &position, moved_to)
                                   : STORE_NO_ROW;
    switch (status) {
    case STORE_OK:
        add_position(batch, position);
        return STORE_OK;
    case STORE_MOVED:
        return add_moved(store, batch, id, moved_to);
    case STORE_GONE:
    case STORE_NO_ROW:
        add_missing(batch, id);
        return STORE_OK;
    default:
        return status;
    }
}

/* Whether the id that stands in that place stands further left, too. */
static bool is_repeated(const struct target *target, size_t place) {
    const char *id = target->parameters[place].value;
    for (size_t i = 0; i < place; i++) {
        const struct target_parameter *before = &target->parameters[i];
        if (target_parameter_is(before, "id") && strcmp(before->value, id) == 0) return true;
    }
    return false;
}

/* An id that is repeated is looked up once: what is said of it is said once. */
static enum store_status find_all(struct store *store, const struct request *request,
                                  struct batch *batch) {
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < request->target.parameter_count && status == STORE_OK; i++) {
        const struct target_parameter *given = &request->target.parameters[i];
        if (target_parameter_is(given, "id") && !is_repeated(&request->target, i))
            status = find_one(store, batch, given->value);
    }
    return status;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static void write_summary(const struct batch *batch, struct json_text *text) {
    json_text_literal(text, ",\"total\":");
    json_text_number(text, batch->count);
    json_text_literal(text, ",\"missing\":[");
    json_text_append(text, batch->missing.data, batch->missing.size);
    json_text_literal(text, "],\"moved\":{");
    json_text_append(text, batch->moved.data, batch->moved.size);
    json_text_literal(text, "}");
    if (batch->missing.failed || batch->moved.failed) text->failed = true;
}

/* Where an id leads that no question has hangs on the banks that were there before. */
static bool tells_of_the_past(const struct batch *batch) {
    return batch->missing.size > 0 || batch->moved.size > 0;
}

static enum problem write_batch(struct store *store, const struct request *request,
                                struct response *response, const struct shape *shape,
                                const struct batch *batch) {
    struct json_text text = {0};
    enum problem problem =
        handlers_write_items(store, request, shape, batch->positions, batch->count, &text);
    if (problem != PROBLEM_NONE) {
        json_text_free(&text);
        return problem;
    }
    write_summary(batch, &text);
    if (tells_of_the_past(batch)) response->beyond_revision = true;
    return handlers_finish_items(store, response, &text);
}

enum problem handlers_batch(struct store *store, const struct request *request,
                            struct response *response) {
    struct shape shape;
    struct batch batch = {0};
    enum problem problem = check_parameters(request, response);
    if (problem == PROBLEM_NONE) problem = shape_read(request, response, &shape);
    if (problem != PROBLEM_NONE) return problem;
    enum store_status status = find_all(store, request, &batch);
    problem = status == STORE_OK ? write_batch(store, request, response, &shape, &batch)
                                 : handlers_store_problem(store, status);
    batch_free(&batch);
    return problem;
}
