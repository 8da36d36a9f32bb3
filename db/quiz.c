/* A quiz: the catalog's runs of questions under a filter, filled after a blueprint. */
#include "db/catalog_internal.h"
#include "db/draw.h"
#include "db/quiz_fill.h"
#include "db/selection.h"
#include "db/store_internal.h"

#include <stdlib.h>

struct quiz {
    const struct catalog *catalog;
    struct selection selections[DIFFICULTY_COUNT]; /* what the filter leaves of each */
    struct quiz_plan plan;
    struct draw_generator generator;
};

/* Where a run ends. */
static uint32_t run_end(const struct catalog *catalog, size_t run) {
    return run + 1 < catalog->run_count ? catalog->runs[run + 1].first : catalog->count;
}

static enum store_status select_each(struct quiz *quiz, const struct question_filter *filter,
                                     size_t *ret_index) {
    enum store_status status = STORE_OK;
    for (unsigned i = 0; i < DIFFICULTY_COUNT && status == STORE_OK; i++) {
        struct question_filter one = *filter;
        one.difficulties = 1u << i;
        status = selection_create(quiz->catalog, &one, &quiz->selections[i], ret_index);
    }
    return status;
}

static enum store_status make_plan(struct quiz *quiz, uint32_t per_section) {
    const struct catalog *catalog = quiz->catalog;
    struct quiz_plan *plan = &quiz->plan;
    plan->runs = calloc(catalog->run_count + 1, sizeof(*plan->runs));
    plan->sections = calloc(catalog->sections.count + 1, sizeof(*plan->sections));
    if (plan->runs == NULL || plan->sections == NULL) return STORE_ERROR;
    plan->run_count = catalog->run_count;
    for (size_t i = 0; i < catalog->sections.count; i++)
        plan->sections[i].room = per_section > 0 ? per_section : QUIZ_MAX;
    for (size_t i = 0; i < plan->run_count; i++) {
        plan->runs[i].section = catalog->runs[i].section;
        for (size_t d = 0; d < DIFFICULTY_COUNT; d++)
            plan->runs[i].available[d] =
                selection_rank(&quiz->selections[d], run_end(catalog, i)) -
                selection_rank(&quiz->selections[d], catalog->runs[i].first);
    }
    return STORE_OK;
}

/* So many questions of a difficulty out of each run, as the plan has it; returns how many. */
static uint32_t draw_from_runs(struct quiz *quiz, size_t difficulty, uint32_t *ret_positions) {
    const struct selection *selection = &quiz->selections[difficulty];
    uint32_t drawn = 0, ranks[QUIZ_MAX];
    for (size_t i = 0; i < quiz->plan.run_count; i++) {
        const struct quiz_run *run = &quiz->plan.runs[i];
        uint32_t taken = run->taken[difficulty];
        if (taken == 0) continue;
        uint32_t first = selection_rank(selection, quiz->catalog->runs[i].first);
        draw_ranks(&quiz->generator, taken, run->available[difficulty], ranks);
        for (uint32_t j = 0; j < taken; j++)
            ret_positions[drawn++] = selection_select(selection, first + ranks[j]);
    }
    return drawn;
}

static void draw_difficulty(struct quiz *quiz, size_t difficulty, uint32_t *ret_positions) {
    uint32_t drawn[QUIZ_MAX], order[QUIZ_MAX];
    uint32_t count = draw_from_runs(quiz, difficulty, drawn);
    draw_ranks(&quiz->generator, count, count, order);
    for (uint32_t i = 0; i < count; i++) ret_positions[i] = drawn[order[i]];
}

static void draw(struct quiz *quiz, const struct quiz_blueprint *blueprint, uint32_t *ret_positions,
                 struct question_quiz *ret_quiz) {
    uint32_t taken[DIFFICULTY_COUNT], *next = ret_positions;
    quiz_fill(&quiz->plan, blueprint->by_difficulty, &quiz->generator, taken);
    for (size_t i = 0; i < DIFFICULTY_COUNT; i++) {
        draw_difficulty(quiz, i, next);
        next += taken[i];
        ret_quiz->returned.by_difficulty[i] = taken[i];
        ret_quiz->available.by_difficulty[i] = selection_count(&quiz->selections[i]);
    }
}

static void quiz_free(struct quiz *quiz) {
    for (size_t i = 0; i < DIFFICULTY_COUNT; i++) selection_free(&quiz->selections[i]);
    free(quiz->plan.runs);
    free(quiz->plan.sections);
}

enum store_status store_question_quiz(struct store *store, const struct question_filter *filter,
                                      const struct quiz_blueprint *blueprint, const char *seed,
                                      uint32_t *ret_positions, struct question_quiz *ret_quiz,
                                      size_t *ret_index) {
    struct quiz quiz = {
        .catalog = store->catalog,
        .generator = draw_generator_seeded(seed, store->catalog->revision_bits),
    };
    enum store_status status = select_each(&quiz, filter, ret_index);
    if (status == STORE_OK) status = make_plan(&quiz, blueprint->per_section);
    if (status == STORE_OK) draw(&quiz, blueprint, ret_positions, ret_quiz);
    quiz_free(&quiz);
    return status == STORE_ERROR ? store_fail(store, status, "out of memory") : status;
}
