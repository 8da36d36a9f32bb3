/* Filling a quiz: how many questions of each difficulty to take from where, so that no section
 * gives more than its share. Pure. Internal to db/.
 *
 * The questions stand in runs: neighbours of one section. What is looked for is a maximum flow from
 * the difficulties through the runs to the sections (L. R. Ford, D. R. Fulkerson, "Maximal flow
 * through a network", 1956): one question after the other is taken at random where there is room,
 * and where there is none left, others move out of the way. */
#ifndef QBANK_DB_QUIZ_FILL_H
#define QBANK_DB_QUIZ_FILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "content/question.h"
#include "db/draw.h"

struct quiz_run {
    uint32_t section;
    uint32_t available[DIFFICULTY_COUNT]; /* questions that may be taken */
    uint32_t taken[DIFFICULTY_COUNT];     /* filled in: of these */
};

/* A section: how many more it may give, and how many are taken of it. */
struct quiz_section {
    uint32_t room;
    uint32_t taken[DIFFICULTY_COUNT];
};

/* The caller fills in everything but what is taken, which is zeroed. */
struct quiz_plan {
    struct quiz_run *runs;
    size_t run_count;
    struct quiz_section *sections; /* by the runs' section */
};

/* Takes as many questions as wanted. Where not all can be had it takes as many as possible, and of
 * those as many easy ones as possible, then medium ones. Returns how many of each. The time for one
 * question grows with the number of runs. */
void quiz_fill(struct quiz_plan *plan, const uint32_t wanted[DIFFICULTY_COUNT],
               struct draw_generator *generator, uint32_t ret_taken[DIFFICULTY_COUNT]);

#endif
