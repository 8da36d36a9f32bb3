#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/random.h>

#include "db/store.h"
#include "server/encode.h"
#include "server/handlers/handlers.h"
#include "server/parameters.h"

enum { COUNT_DEFAULT = 1, COUNT_MAX = 50 };

/* 64 bits from the kernel in hexadecimal, and a NUL. */
enum { SEED_SIZE = 17 };

static enum problem make_seed(char ret_seed[SEED_SIZE]) {
    uint64_t bits;
    ssize_t got;
    do {
        got = getrandom(&bits, sizeof(bits), 0);
    } while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof(bits)) return PROBLEM_INTERNAL;
    snprintf(ret_seed, SEED_SIZE, "%016jx", (uintmax_t)bits);
    return PROBLEM_NONE;
}

static enum problem draw_problem(struct store *store, struct response *response,
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

static enum problem draw(struct store *store, const struct question_filter *filter, unsigned count,
                         const char *seed, struct response *response) {
    struct question_draw draw = {0};
    size_t index = 0;
    enum store_status status = STORE_EMPTY;
    if (handlers_has_bank(store)) {
        status = store_question_draw(store, filter, count, seed, &draw, &index);
    }
    enum problem problem = draw_problem(store, response, filter, status, index);
    if (problem == PROBLEM_NONE) {
        response->json = json_pack(
            "{s:o, s:I, s:I, s:I, s:s, s:s*}", "items", encode_questions(draw.items, draw.count),
            "requested", (json_int_t)count, "returned", (json_int_t)draw.count, "available",
            (json_int_t)draw.available, "seed", seed, "revision", handlers_revision(store));
    }
    question_draw_free(&draw);
    return problem;
}

enum problem handle_random(struct store *store, const struct request *request,
                           struct response *response) {
    unsigned count;
    enum problem problem =
        parameter_number(request, response, "count", 1, COUNT_MAX, COUNT_DEFAULT, &count);
    if (problem != PROBLEM_NONE) return problem;
    const char *seed;
    problem = parameter_seed(request, response, &seed);
    if (problem != PROBLEM_NONE) return problem;

    char made[SEED_SIZE];
    if (seed == NULL) {
        problem = make_seed(made);
        if (problem != PROBLEM_NONE) return problem;
        response->cache = CACHE_NEVER;
        seed = made;
    }
    struct question_filter filter;
    problem = parameters_filter(request, response, &filter);
    if (problem != PROBLEM_NONE) return problem;
    problem = draw(store, &filter, count, seed, response);
    parameters_filter_free(&filter);
    return problem;
}
