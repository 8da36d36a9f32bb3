#include <stdlib.h>

#include "db/store.h"
#include "server/encode.h"
#include "server/handlers/handlers.h"
#include "server/parameters.h"
#include "server/seed.h"

/* What is asked for. */
struct blueprint {
    struct difficulty_counts requested;
    unsigned per_section; /* 0: any */
    const char *seed;
    char made_seed[SEED_SIZE]; /* where the seed stands if nobody gave one */
    struct shape shape;
    struct question_filter filter;
};

/* What is drawn where nobody says: ten questions, in the proportions of a fair interview. */
static const struct difficulty_counts usual = {
    .by_difficulty = {[DIFFICULTY_EASY] = 4, [DIFFICULTY_MEDIUM] = 4, [DIFFICULTY_HARD] = 2}};

static bool asks_for_counts(const struct request *request) {
    for (int i = 0; i < DIFFICULTY_COUNT; i++)
        if (request_parameter(request, difficulty_name((enum difficulty)i)) != NULL) return true;
    return false;
}

static enum problem read_counts(const struct request *request, struct response *response,
                                struct difficulty_counts *ret_counts) {
    *ret_counts = usual;
    if (!asks_for_counts(request)) return PROBLEM_NONE;
    for (int i = 0; i < DIFFICULTY_COUNT; i++) {
        unsigned count;
        enum problem problem = parameter_number(
            request, response, difficulty_name((enum difficulty)i), 0, QUIZ_MAX, 0, &count);
        if (problem != PROBLEM_NONE) return problem;
        ret_counts->by_difficulty[i] = count;
    }
    size_t total = difficulty_counts_total(ret_counts);
    if (total >= 1 && total <= QUIZ_MAX) return PROBLEM_NONE;
    return response_fail(
        response, PROBLEM_INVALID_PARAMETER, "easy",
        "easy, medium and hard ask for %zu questions together; 1 to %d can be had.", total,
        QUIZ_MAX);
}

static enum problem read_blueprint(const struct request *request, struct response *response,
                                   struct blueprint *blueprint) {
    enum problem problem = read_counts(request, response, &blueprint->requested);
    if (problem == PROBLEM_NONE)
        problem = parameter_number(request, response, "per_section", 1, QUIZ_MAX, 0,
                                   &blueprint->per_section);
    if (problem == PROBLEM_NONE)
        problem = parameter_seed_or_made(request, response, blueprint->made_seed, &blueprint->seed);
    if (problem == PROBLEM_NONE) problem = shape_read(request, response, &blueprint->shape);
    if (problem == PROBLEM_NONE) problem = parameters_filter(request, response, &blueprint->filter);
    return problem;
}

static enum store_status draw(struct store *store, const struct blueprint *blueprint,
                              uint32_t *ret_positions, struct question_quiz *ret_quiz,
                              size_t *ret_index) {
    struct quiz_blueprint wanted = {.per_section = blueprint->per_section};
    if (!handlers_has_bank(store)) return STORE_EMPTY;
    for (size_t i = 0; i < DIFFICULTY_COUNT; i++)
        wanted.by_difficulty[i] = (uint32_t)blueprint->requested.by_difficulty[i];
    return store_question_quiz(store, &blueprint->filter, &wanted, blueprint->seed, ret_positions,
                               ret_quiz, ret_index);
}

/* Under which the same quiz can be had again, from the same revision. */
static enum problem write_url(const struct request *request, const struct blueprint *blueprint,
                              struct json_text *text) {
    char *url = target_build("/v1/quiz", &request->target, "seed", blueprint->seed);
    if (url == NULL) return PROBLEM_INTERNAL;
    json_text_literal(text, ",\"url\":");
    json_text_string(text, url);
    free(url);
    return PROBLEM_NONE;
}

static void write_counts(const struct blueprint *blueprint, const struct question_quiz *quiz,
                         struct json_text *text) {
    json_text_literal(text, ",\"requested\":");
    encode_counts_text(text, &blueprint->requested);
    json_text_literal(text, ",\"returned\":");
    encode_counts_text(text, &quiz->returned);
    json_text_literal(text, ",\"available\":");
    encode_counts_text(text, &quiz->available);
    json_text_literal(text, ",\"seed\":");
    json_text_string(text, blueprint->seed);
}

static enum problem write_quiz(struct store *store, const struct request *request,
                               struct response *response, const struct blueprint *blueprint,
                               const uint32_t *positions, const struct question_quiz *quiz) {
    struct json_text text = {0};
    enum problem problem = handlers_write_items(store, request, &blueprint->shape, positions,
                                                difficulty_counts_total(&quiz->returned), &text);
    if (problem == PROBLEM_NONE) {
        write_counts(blueprint, quiz, &text);
        problem = write_url(request, blueprint, &text);
    }
    if (problem == PROBLEM_NONE) return handlers_finish_items(store, response, &text);
    json_text_free(&text);
    return problem;
}

enum problem handle_quiz(struct store *store, const struct request *request,
                         struct response *response) {
    struct blueprint blueprint = {0};
    struct question_quiz quiz = {0};
    uint32_t positions[QUIZ_MAX];
    enum problem problem = read_blueprint(request, response, &blueprint);
    if (problem != PROBLEM_NONE) return problem;
    size_t index = 0;
    enum store_status status = draw(store, &blueprint, positions, &quiz, &index);
    problem = handlers_filter_problem(store, response, &blueprint.filter, status, index);
    if (problem == PROBLEM_NONE)
        problem = write_quiz(store, request, response, &blueprint, positions, &quiz);
    parameters_filter_free(&blueprint.filter);
    return problem;
}
