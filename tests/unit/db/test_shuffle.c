#include "db/shuffle.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "db/draw.h"

static void expect_bijection(uint64_t key, uint32_t count) {
    struct shuffle shuffle;
    bool *seen = calloc((size_t)count + 1, sizeof(*seen));
    shuffle_init(&shuffle, key, count);
    for (uint32_t place = 0; place < count; place++) {
        uint32_t card = shuffle_at(&shuffle, place);
        cr_assert_lt(card, count, "%u at %u of %u", card, place, count);
        cr_assert_not(seen[card], "%u comes twice among %u", card, count);
        seen[card] = true;
    }
    free(seen);
}

Test(shuffle, every_card_lies_at_one_place) {
    struct draw_generator generator = draw_generator_seeded("bijection", 0);
    for (uint32_t count = 0; count <= 400; count++) expect_bijection(draw_next(&generator), count);
    for (int i = 0; i < 20; i++) {
        uint32_t count = (uint32_t)draw_below(&generator, 20000);
        expect_bijection(draw_next(&generator), count);
    }
}

/* The pairs must be right up to the largest deck there can be. */
Test(shuffle, the_largest_deck_does_not_overflow) {
    struct shuffle shuffle;
    shuffle_init(&shuffle, 1, UINT32_MAX);
    for (uint32_t i = 0; i < 1000; i++) {
        cr_expect_lt(shuffle_at(&shuffle, i), UINT32_MAX);
        cr_expect_lt(shuffle_at(&shuffle, UINT32_MAX - 1 - i), UINT32_MAX);
    }
}

Test(shuffle, the_key_makes_the_order) {
    struct shuffle a, b, c;
    unsigned same = 0;
    shuffle_init(&a, 7, 1000);
    shuffle_init(&b, 7, 1000);
    shuffle_init(&c, 8, 1000);
    for (uint32_t i = 0; i < 1000; i++) {
        cr_assert_eq(shuffle_at(&a, i), shuffle_at(&b, i));
        same += shuffle_at(&a, i) == shuffle_at(&c, i);
    }
    cr_expect_lt(same, 10);
}

static double chi_square(const size_t *observed, size_t cells, size_t trials) {
    double expected = (double)trials / (double)cells, sum = 0;
    for (size_t i = 0; i < cells; i++) {
        double difference = (double)observed[i] - expected;
        sum += difference * difference / expected;
    }
    return sum;
}

/* The number of an order of four cards among all 24. */
static size_t number_of_order(const struct shuffle *shuffle) {
    size_t number = 0;
    for (uint32_t i = 0; i < 4; i++) {
        size_t smaller = 0;
        for (uint32_t j = i + 1; j < 4; j++)
            smaller += shuffle_at(shuffle, j) < shuffle_at(shuffle, i);
        number = number * (4 - i) + smaller;
    }
    return number;
}

/* 23 degrees of freedom: 49.7 is passed once in a thousand. */
Test(shuffle, a_small_deck_comes_in_all_its_orders_equally_often) {
    enum { ORDERS = 24, TRIALS = 48000 };
    size_t observed[ORDERS] = {0};
    for (uint64_t key = 0; key < TRIALS; key++) {
        struct shuffle shuffle;
        shuffle_init(&shuffle, key, 4);
        observed[number_of_order(&shuffle)]++;
    }
    double chi = chi_square(observed, ORDERS, TRIALS);
    cr_expect_lt(chi, 49.7, "chi-square %f", chi);
}

/* Where two cards that lay side by side end up in a large deck, by the tenths of it: 99 degrees of
 * freedom, 148.2 is passed once in a thousand. */
Test(shuffle, neighbours_in_a_large_deck_are_independent) {
    enum { COUNT = 10000, TENTH = COUNT / 10, CELLS = 100, TRIALS = 20000 };
    size_t observed[CELLS] = {0};
    for (uint64_t key = 0; key < TRIALS; key++) {
        struct shuffle shuffle;
        shuffle_init(&shuffle, key, COUNT);
        observed[shuffle_at(&shuffle, 41) / TENTH * 10 + shuffle_at(&shuffle, 42) / TENTH]++;
    }
    double chi = chi_square(observed, CELLS, TRIALS);
    cr_expect_lt(chi, 148.2, "chi-square %f", chi);
}
