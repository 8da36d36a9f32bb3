#include "server/list_parameters.h"

#include <string.h>

#include "server/names.h"
#include "server/parameters.h"

static const struct {
    const char *name;
    enum listing_sort sort;
    bool two_ways;
} sorts[] = {{"position", LISTING_BY_POSITION, true},
             {"difficulty", LISTING_BY_DIFFICULTY, true},
             {"id", LISTING_BY_ID, true},
             {"random", LISTING_RANDOM, false},
             {"relevance", LISTING_BY_RELEVANCE, false}};

static enum problem read_sort(const struct request *request, struct response *response,
                              struct list_parameters *parameters) {
    const char *value = request_parameter(request, "sort");
    if (value == NULL) {
        parameters->sort = parameters->search != NULL ? LISTING_BY_RELEVANCE : LISTING_BY_POSITION;
        return PROBLEM_NONE;
    }
    bool descending = value[0] == '-';
    for (size_t i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++) {
        if (strcmp(value + descending, sorts[i].name) != 0) continue;
        if (descending && !sorts[i].two_ways) break;
        if (sorts[i].sort == LISTING_BY_RELEVANCE && parameters->search == NULL)
            return response_fail(response, PROBLEM_INVALID_PARAMETER, "sort",
                                 "Relevance is that of a search; it goes with q only.");
        parameters->sort = sorts[i].sort;
        parameters->descending = descending;
        return PROBLEM_NONE;
    }
    return parameter_refuse(response, "sort", value,
                            "it is position, difficulty or id (each with '-' before it for the"
                            " other way round), random, or with q relevance.");
}

/* A cursor carries on the order that it was made in, whether the seed is repeated or not. */
static const char *seed_of(const char *cursor) {
    struct cursor decoded;
    return cursor_decode(cursor, &decoded) ? decoded.seed : "";
}

static enum problem read_seed(const struct request *request, struct response *response,
                              struct list_parameters *parameters) {
    bool given = request_parameter(request, "seed") != NULL;
    parameters->seed = "";
    if (parameters->sort == LISTING_RANDOM) {
        if (given || parameters->cursor == NULL)
            return parameter_seed_or_made(request, response, parameters->made_seed,
                                          &parameters->seed);
        parameters->seed = seed_of(parameters->cursor);
    } else if (given) {
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "seed",
                             "It goes with sort=random only.");
    }
    return PROBLEM_NONE;
}

/* By the bits of SEARCH_…. */
static const char *const places[] = {"question", "context", "section", "answer", NULL};

/* The answers come on top: to name them alone does not leave out the rest. */
static enum problem read_search(const struct request *request, struct response *response,
                                struct list_parameters *parameters) {
    enum problem problem = names_read(request, response, "in", places, &parameters->places);
    if (problem != PROBLEM_NONE) return problem;
    parameters->search = request_parameter(request, "q");
    if (parameters->search == NULL && parameters->places != 0)
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "in", "It goes with q only.");
    if (parameters->places & SEARCH_ANSWER && !request->bulk_answers)
        return response_fail(response, PROBLEM_BULK_ANSWERS_DISABLED, "in",
                             "Answers are not searched here: the hits would tell of many at once"
                             " what is in them.");
    if (!(parameters->places & SEARCH_ALL_BUT_ANSWERS))
        parameters->places |= SEARCH_ALL_BUT_ANSWERS;
    return PROBLEM_NONE;
}

/* By the bits of FACETS_…. */
static const char *const facets[] = {"difficulty", "section", "source", NULL};

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
    if (problem == PROBLEM_NONE) problem = read_search(request, response, parameters);
    if (problem == PROBLEM_NONE) problem = read_order(request, response, parameters);
    if (problem == PROBLEM_NONE) problem = since_read(request, response, &parameters->since);
    if (problem == PROBLEM_NONE)
        problem = names_read(request, response, "facets", facets, &parameters->facets);
    if (problem == PROBLEM_NONE && parameters->facets & FACETS_SOURCE)
        response->beyond_revision = true;
    if (problem == PROBLEM_NONE)
        problem = parameters_filter(request, response, &parameters->filter);
    return problem;
}

void list_parameters_free(struct list_parameters *parameters) {
    parameters_filter_free(&parameters->filter);
}
