#include <criterion/criterion.h>
#include <stdlib.h>

#include "db/draw.h"

/* The reference sequence of SplitMix64 from the state 1234567. */
Test(draw, is_splitmix64) {
    static const uint64_t expected[] = {6457827717110365317u, 3203168211198807973u,
                                        9817491932198370423u, 4593380528125082431u,
                                        16408922859458223821u};
    struct draw_generator generator = {.state = 1234567};
    for (size_t i = 0; i < 5; i++) cr_expect_eq(draw_next(&generator), expected[i]);
}

Test(draw, the_seed_and_the_revision_make_the_draw) {
    uint64_t a = draw_generator_seeded("a", 1).state;
    cr_expect_eq(draw_generator_seeded("a", 1).state, a);
    cr_expect_neq(draw_generator_seeded("b", 1).state, a);
    cr_expect_neq(draw_generator_seeded("a", 2).state, a);
}

Test(draw, ranks_are_distinct_and_in_range) {
    struct draw_generator generator = draw_generator_seeded("distinct", 0);
    for (size_t total = 0; total <= 60; total++) {
        uint32_t ranks[60];
        bool seen[60] = {false};
        draw_ranks(&generator, total, total, ranks);
        for (size_t i = 0; i < total; i++) {
            cr_assert_lt(ranks[i], total);
            cr_assert_not(seen[ranks[i]]);
            seen[ranks[i]] = true;
        }
    }
}

/* Pearson's chi-square against equal chances. */
static double chi_square(const size_t *observed, size_t cells, size_t trials) {
    double expected = (double)trials / (double)cells, sum = 0;
    for (size_t i = 0; i < cells; i++) {
        double difference = (double)observed[i] - expected;
        sum += difference * difference / expected;
    }
    return sum;
}

/* Ordered pairs out of 7: 42 cells, 41 degrees of freedom; 74.7 is passed once in a thousand. */
Test(draw, every_ordered_choice_has_the_same_chance) {
    enum { TOTAL = 7, TRIALS = 84000 };
    size_t observed[TOTAL * (TOTAL - 1)] = {0};
    struct draw_generator generator = draw_generator_seeded("pairs", 0);
    for (int trial = 0; trial < TRIALS; trial++) {
        uint32_t pair[2];
        draw_ranks(&generator, 2, TOTAL, pair);
        uint32_t second = pair[1] - (pair[1] > pair[0]);
        observed[pair[0] * (TOTAL - 1) + second]++;
    }
    double chi = chi_square(observed, TOTAL * (TOTAL - 1), TRIALS);
    cr_expect_lt(chi, 74.7, "chi-square %f", chi);
}

/* 3/4 of 2^64 as the bound: a plain multiplication would give a third of the results two chances.
 */
Test(draw, large_bounds_are_unbiased) {
    enum { CELLS = 3, TRIALS = 30000 };
    const uint64_t bound = (uint64_t)3 << 62;
    size_t observed[CELLS] = {0};
    struct draw_generator generator = draw_generator_seeded("large", 0);
    for (int trial = 0; trial < TRIALS; trial++) {
        uint64_t drawn = draw_below(&generator, bound);
        cr_assert_lt(drawn, bound);
        observed[drawn >> 62]++;
    }
    double chi = chi_square(observed, CELLS, TRIALS); /* 2 degrees of freedom */
    cr_expect_lt(chi, 13.8, "chi-square %f", chi);
    size_t residues[CELLS] = {0}; /* where the bias would be: neighbouring results */
    for (int trial = 0; trial < TRIALS; trial++) residues[draw_below(&generator, bound) % CELLS]++;
    chi = chi_square(residues, CELLS, TRIALS);
    cr_expect_lt(chi, 13.8, "chi-square %f", chi);
}
