#include "server/list_parameters.h"

#include <string.h>

#include "server/parameters.h"

static const struct {
    const char *name;
    enum listing_sort sort;
    bool two_ways;
} sorts[] = {{"position", LISTING_BY_POSITION, true},
             {"difficulty", LISTING_BY_DIFFICULTY, true},
             {"id", LISTING_BY_ID, true},
             {"random", LISTING_RANDOM, false}};

static enum problem read_sort(const struct request *request, struct response *response,
                              struct list_parameters *parameters) {
    const char *value = request_parameter(request, "sort");
    if (value == NULL) return PROBLEM_NONE; /* position */
    bool descending = value[0] == '-';
    for (size_t i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++) {
        if (strcmp(value + descending, sorts[i].name) != 0) continue;
        if (descending && !sorts[i].two_ways) break;
        parameters->sort = sorts[i].sort;
        parameters->descending = descending;
        return PROBLEM_NONE;
    }
    return parameter_refuse(response, "sort", value,
                            "it is position, difficulty, id (each with '-' before it for the other"
                            " way round) or random.");
}

/* A cursor carries on the order that it was made in, whether the seed is repeated or not. */
static enum problem choose_seed(struct list_parameters *parameters) {
    struct cursor cursor;
    if (parameters->cursor != NULL) {
        parameters->seed = cursor_decode(parameters->cursor, &cursor) ? cursor.seed : "";
        return PROBLEM_NONE;
    }
    if (!seed_make(parameters->made_seed)) return PROBLEM_INTERNAL;
    parameters->seed_is_made = true;
    parameters->seed = parameters->made_seed;
    return PROBLEM_NONE;
}

static enum problem read_seed(const struct request *request, struct response *response,
                              struct list_parameters *parameters) {
    enum problem problem = parameter_seed(request, response, &parameters->seed);
    if (problem != PROBLEM_NONE) return problem;
    bool given = parameters->seed != NULL;
    if (parameters->sort == LISTING_RANDOM) return given ? PROBLEM_NONE : choose_seed(parameters);
    if (given)
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "seed",
                             "It goes with sort=random only.");
    parameters->seed = "";
    return PROBLEM_NONE;
}

static enum problem read_order(const struct request *request, struct response *response,
                               struct list_parameters *parameters) {
    enum problem problem = read_sort(request, response, parameters);
    return problem == PROBLEM_NONE ? read_seed(request, response, parameters) : problem;
}

enum problem list_parameters_read(const struct request *request, struct response *response,
                                  struct list_parameters *ret_parameters) {
    struct list_parameters *parameters = ret_parameters;
    *parameters = (struct list_parameters){.cursor = request_parameter(request, "cursor")};
    enum problem problem = parameter_number(request, response, "limit", 1, LIST_LIMIT_MAX,
                                            LIST_LIMIT_DEFAULT, &parameters->limit);
    if (problem == PROBLEM_NONE) problem = shape_read(request, response, &parameters->shape);
    if (problem == PROBLEM_NONE) problem = read_order(request, response, parameters);
    if (problem == PROBLEM_NONE)
        problem = parameters_filter(request, response, &parameters->filter);
    return problem;
}

void list_parameters_free(struct list_parameters *parameters) {
    parameters_filter_free(&parameters->filter);
}
