#include <stdint.h>
#include <string.h>

#include "db/store.h"
#include "server/handlers/handlers.h"
#include "server/parameters.h"
#include "server/seed.h"

enum { COUNT_DEFAULT = 1, COUNT_MAX = 50 };

/* What is asked for. */
struct drawing {
    struct question_filter filter;
    unsigned count;
    const char *seed;
    struct shape shape;
};

static enum problem write_draw(struct store *store, const struct request *request,
                               struct response *response, const struct drawing *drawing,
                               const uint32_t *positions, const struct question_draw *draw) {
    struct json_text text = {0};
    enum problem problem =
        handlers_write_items(store, request, &drawing->shape, positions, draw->count, &text);
    if (problem != PROBLEM_NONE) {
        json_text_free(&text);
        return problem;
    }
    json_text_literal(&text, ",\"requested\":");
    json_text_number(&text, drawing->count);
    json_text_literal(&text, ",\"returned\":");
    json_text_number(&text, draw->count);
    json_text_literal(&text, ",\"available\":");
    json_text_number(&text, draw->available);
    /* A seed needs no escapes (parameter_seed). */
    json_text_literal(&text, ",\"seed\":\"");
    json_text_append(&text, drawing->seed, strlen(drawing->seed));
    json_text_literal(&text, "\"");
    return handlers_finish_items(store, response, &text);
}

static enum problem draw_questions(struct store *store, const struct request *request,
                                   struct response *response, const struct drawing *drawing) {
    uint32_t positions[COUNT_MAX];
    struct question_draw draw = {0};
    size_t index = 0;
    enum store_status status = STORE_EMPTY;
    if (handlers_has_bank(store)) {
        status = store_question_draw(store, &drawing->filter, drawing->count, drawing->seed,
                                     positions, &draw, &index);
    }
    enum problem problem =
        handlers_filter_problem(store, response, &drawing->filter, status, index);
    if (problem != PROBLEM_NONE) return problem;
    return write_draw(store, request, response, drawing, positions, &draw);
}

enum problem handle_random(struct store *store, const struct request *request,
                           struct response *response) {
    struct drawing drawing;
    enum problem problem =
        parameter_number(request, response, "count", 1, COUNT_MAX, COUNT_DEFAULT, &drawing.count);
    if (problem != PROBLEM_NONE) return problem;
    char made[SEED_SIZE];
    problem = parameter_seed_or_made(request, response, made, &drawing.seed);
    if (problem == PROBLEM_NONE) problem = shape_read(request, response, &drawing.shape);
    if (problem != PROBLEM_NONE) return problem;
    problem = parameters_filter(request, response, &drawing.filter);
    if (problem != PROBLEM_NONE) return problem;
    problem = draw_questions(store, request, response, &drawing);
    parameters_filter_free(&drawing.filter);
    return problem;
}
