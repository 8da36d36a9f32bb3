#include <criterion/criterion.h>
#include <string.h>

#include "db/quiz_fill.h"

enum { RUNS = 4, SECTIONS = 3 };

struct problem {
    struct quiz_run runs[RUNS];
    struct quiz_section sections[SECTIONS];
    uint32_t wanted[DIFFICULTY_COUNT];
};

static struct problem make_problem(struct draw_generator *generator) {
    struct problem problem = {0};
    for (size_t i = 0; i < RUNS; i++) {
        problem.runs[i].section = (uint32_t)draw_below(generator, SECTIONS);
        for (int d = 0; d < DIFFICULTY_COUNT; d++)
            problem.runs[i].available[d] = (uint32_t)draw_below(generator, 3);
    }
    for (size_t i = 0; i < SECTIONS; i++)
        problem.sections[i].room = (uint32_t)draw_below(generator, 3);
    for (int d = 0; d < DIFFICULTY_COUNT; d++)
        problem.wanted[d] = (uint32_t)draw_below(generator, 4);
    return problem;
}

/* How many of each difficulty there can be: all ways to take, one run and difficulty after the
 * other. The best is the one with the most, then with the most easy ones, then medium ones. */
struct search {
    struct problem problem;
    uint32_t taken[DIFFICULTY_COUNT], best[DIFFICULTY_COUNT];
};

static uint32_t value(const uint32_t taken[DIFFICULTY_COUNT]) {
    return (taken[0] + taken[1] + taken[2]) * 10000 + taken[0] * 100 + taken[1];
}

static void search(struct search *state, size_t cell) {
    if (cell == RUNS * DIFFICULTY_COUNT) {
        if (value(state->taken) > value(state->best))
            memcpy(state->best, state->taken, sizeof(state->best));
        return;
    }
    const struct quiz_run *run = &state->problem.runs[cell / DIFFICULTY_COUNT];
    size_t difficulty = cell % DIFFICULTY_COUNT;
    uint32_t *room = &state->problem.sections[run->section].room;
    uint32_t most = run->available[difficulty], n = 0;
    search(state, cell + 1);
    for (; n<most && * room> 0 && state->taken[difficulty] < state->problem.wanted[difficulty];
         n++) {
        (*room)--;
        state->taken[difficulty]++;
        search(state, cell + 1);
    }
    *room += n;
    state->taken[difficulty] -= n;
}

static void expect_lawful(const struct problem *before, const struct problem *after,
                          const uint32_t taken[DIFFICULTY_COUNT]) {
    uint32_t totals[DIFFICULTY_COUNT] = {0}, of_section[SECTIONS] = {0};
    for (size_t i = 0; i < RUNS; i++) {
        const struct quiz_run *run = &after->runs[i];
        for (int d = 0; d < DIFFICULTY_COUNT; d++) {
            cr_assert_leq(run->taken[d], run->available[d]);
            totals[d] += run->taken[d];
            of_section[run->section] += run->taken[d];
        }
    }
    for (int d = 0; d < DIFFICULTY_COUNT; d++) cr_assert_eq(totals[d], taken[d]);
    for (size_t i = 0; i < SECTIONS; i++) cr_assert_leq(of_section[i], before->sections[i].room);
}

Test(quiz_fill, takes_as_many_as_there_can_be) {
    struct draw_generator generator = draw_generator_seeded("quiz", 0);
    for (int trial = 0; trial < 3000; trial++) {
        struct problem before = make_problem(&generator), problem = before;
        struct quiz_plan plan = {problem.runs, RUNS, problem.sections};
        struct search best = {.problem = before};
        uint32_t taken[DIFFICULTY_COUNT];
        quiz_fill(&plan, problem.wanted, &generator, taken);
        expect_lawful(&before, &problem, taken);
        search(&best, 0);
        cr_assert_eq(value(taken), value(best.best), "trial %d: %u %u %u instead of %u %u %u",
                     trial, taken[0], taken[1], taken[2], best.best[0], best.best[1], best.best[2]);
    }
}

/* The one medium question stands in the section whose only place an easy one would take first. */
Test(quiz_fill, moves_what_is_in_the_way) {
    for (int trial = 0; trial < 50; trial++) {
        struct quiz_run runs[] = {{.section = 0, .available = {9, 1, 0}},
                                  {.section = 1, .available = {1, 0, 0}}};
        struct quiz_section sections[] = {{.room = 1}, {.room = 1}};
        struct quiz_plan plan = {runs, 2, sections};
        struct draw_generator generator = {.state = (uint64_t)trial};
        uint32_t taken[DIFFICULTY_COUNT];
        quiz_fill(&plan, (const uint32_t[]){1, 1, 0}, &generator, taken);
        cr_assert_eq(taken[DIFFICULTY_EASY], 1);
        cr_assert_eq(taken[DIFFICULTY_MEDIUM], 1);
        cr_assert_eq(runs[0].taken[DIFFICULTY_MEDIUM], 1);
        cr_assert_eq(runs[1].taken[DIFFICULTY_EASY], 1);
    }
}

/* Two out of 6 + 2 questions: how many come from the second run is hypergeometric, 15 : 12 : 1 out
 * of 28. Pearson's chi-square with two degrees of freedom passes 13.8 once in a thousand. */
Test(quiz_fill, every_question_has_the_same_chance) {
    enum { TRIALS = 28000 };
    size_t observed[3] = {0};
    struct draw_generator generator = draw_generator_seeded("chances", 0);
    for (int trial = 0; trial < TRIALS; trial++) {
        struct quiz_run runs[] = {{.section = 0, .available = {6, 0, 0}},
                                  {.section = 1, .available = {2, 0, 0}}};
        struct quiz_section sections[] = {{.room = 2}, {.room = 2}};
        struct quiz_plan plan = {runs, 2, sections};
        uint32_t taken[DIFFICULTY_COUNT];
        quiz_fill(&plan, (const uint32_t[]){2, 0, 0}, &generator, taken);
        observed[runs[1].taken[DIFFICULTY_EASY]]++;
    }
    static const double expected[] = {15000, 12000, 1000};
    double sum = 0;
    for (size_t i = 0; i < 3; i++) {
        double difference = (double)observed[i] - expected[i];
        sum += difference * difference / expected[i];
    }
    cr_expect_lt(sum, 13.8);
}
