#include "db/quiz_fill.h"

static uint32_t spare(const struct quiz_run *run, int difficulty) {
    return run->available[difficulty] - run->taken[difficulty];
}

static struct quiz_section *section_of(const struct quiz_plan *plan, const struct quiz_run *run) {
    return &plan->sections[run->section];
}

static void count_in(struct quiz_plan *plan, struct quiz_run *run, int difficulty) {
    run->taken[difficulty]++;
    section_of(plan, run)->taken[difficulty]++;
}

/* ---- where there is room ----------------------------------------------------------------------
 */

static uint32_t free_in(const struct quiz_plan *plan, const struct quiz_run *run, int difficulty) {
    return section_of(plan, run)->room > 0 ? spare(run, difficulty) : 0;
}

/* Takes one of the questions that may be taken as things are, each with the same chance. */
static bool take_free(struct quiz_plan *plan, int difficulty, struct draw_generator *generator) {
    uint64_t free = 0;
    for (size_t i = 0; i < plan->run_count; i++) free += free_in(plan, &plan->runs[i], difficulty);
    if (free == 0) return false;
    uint64_t chosen = draw_below(generator, free);
    struct quiz_run *run = plan->runs;
    for (; chosen >= free_in(plan, run, difficulty); run++)
        chosen -= free_in(plan, run, difficulty);
    count_in(plan, run, difficulty);
    section_of(plan, run)->room--;
    return true;
}

/* ---- where there is none ----------------------------------------------------------------------
 */

/* One that was taken of the section is not taken after all. */
static void give_back(struct quiz_plan *plan, uint32_t section, int difficulty) {
    struct quiz_run *run = plan->runs;
    while (run->section != section || run->taken[difficulty] == 0) run++;
    run->taken[difficulty]--;
    plan->sections[section].taken[difficulty]--;
}

static bool take(struct quiz_plan *plan, int difficulty, unsigned *tried,
                 struct draw_generator *generator);

/* Takes a question of the run, whose section is full, in the place of one of another difficulty
 * that finds a place elsewhere. */
static bool take_over(struct quiz_plan *plan, struct quiz_run *run, int difficulty, unsigned *tried,
                      struct draw_generator *generator) {
    for (int other = 0; other < DIFFICULTY_COUNT; other++) {
        if (*tried >> other & 1 || section_of(plan, run)->taken[other] == 0) continue;
        if (!take(plan, other, tried, generator)) continue;
        give_back(plan, run->section, other);
        count_in(plan, run, difficulty);
        return true;
    }
    return false;
}

/* Takes one more question. A difficulty that was tried on the way is not tried again: what could
 * not be had of it cannot be had by another way either. */
static bool take(struct quiz_plan *plan, int difficulty, unsigned *tried,
                 struct draw_generator *generator) {
    *tried |= 1u << difficulty;
    if (take_free(plan, difficulty, generator)) return true;
    for (size_t i = 0; i < plan->run_count; i++) {
        struct quiz_run *run = &plan->runs[i];
        if (spare(run, difficulty) > 0 && take_over(plan, run, difficulty, tried, generator))
            return true;
    }
    return false;
}

void quiz_fill(struct quiz_plan *plan, const uint32_t wanted[DIFFICULTY_COUNT],
               struct draw_generator *generator, uint32_t ret_taken[DIFFICULTY_COUNT]) {
    for (int difficulty = 0; difficulty < DIFFICULTY_COUNT; difficulty++) {
        uint32_t taken = 0;
        for (unsigned tried = 0; taken < wanted[difficulty]; tried = 0, taken++)
            if (!take(plan, difficulty, &tried, generator)) break;
        ret_taken[difficulty] = taken;
    }
}
