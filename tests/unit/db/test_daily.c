#include <criterion/criterion.h>
#include <string.h>

#include "db/daily.h"
#include "tests/unit/db/fixture.h"

enum { COUNT_MAX = 40 };

/* One round through the pool: every question once. */
static void expect_round(uint64_t key, uint32_t count, uint64_t round) {
    bool seen[COUNT_MAX] = {false};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t rank = daily_rank(key, count, round * count + i);
        cr_assert_lt(rank, count);
        cr_assert_not(seen[rank], "pool of %u, round %lu: twice", count, (unsigned long)round);
        seen[rank] = true;
    }
}

Test(daily, nothing_comes_twice_before_everything_has_come_once) {
    for (uint32_t count = 1; count <= COUNT_MAX; count++)
        for (uint64_t round = 0; round < 50; round++) expect_round(count, count, round);
}

Test(daily, no_two_days_running_have_the_same_question) {
    for (uint32_t count = 2; count <= 8; count++)
        for (uint64_t day = 1; day < 10000; day++)
            cr_assert_neq(daily_rank(7, count, day), daily_rank(7, count, day - 1),
                          "pool of %u, day %lu", count, (unsigned long)day);
}

/* On a given day, over many banks: 10 cells, nine degrees of freedom; 27.9 is passed once in a
 * thousand. */
Test(daily, every_question_has_the_same_chance) {
    enum { POOL = 10, TRIALS = 50000 };
    size_t observed[POOL] = {0};
    for (uint64_t key = 0; key < TRIALS; key++)
        observed[daily_rank(key * 0x9e3779b97f4a7c15, POOL, 20780)]++;
    double sum = 0, expected = (double)TRIALS / POOL;
    for (size_t i = 0; i < POOL; i++) {
        double difference = (double)observed[i] - expected;
        sum += difference * difference / expected;
    }
    cr_expect_lt(sum, 27.9);
}

/* ---- over a bank ------------------------------------------------------------------------------
 */

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
    BANK_IMPORT(&bank, SOURCE("a.md", {.section = "A", .text = "One?"},
                              {.section = "A", .text = "Two?", .difficulty = DIFFICULTY_HARD},
                              {.section = "B", .text = "Three?", .difficulty = DIFFICULTY_HARD}));
    bank_read(&bank);
}

static void tear_down(void) {
    bank_close(&bank);
}

TestSuite(daily_bank, .init = set_up, .fini = tear_down);

Test(daily_bank, days_are_newest_first_and_agree_with_each_other) {
    struct question_filter filter = {0};
    uint32_t week[7], day;
    size_t available, index;
    cr_assert_eq(store_question_daily(bank.reader, &filter, 100, 7, week, &available, &index),
                 STORE_OK);
    cr_expect_eq(available, 3);
    for (size_t i = 0; i < 7; i++) {
        store_question_daily(bank.reader, &filter, 100 - i, 1, &day, &available, &index);
        cr_expect_eq(day, week[i]);
    }
}

Test(daily_bank, the_filter_makes_the_pool) {
    struct question_filter filter = {.difficulties = 1u << DIFFICULTY_HARD};
    uint32_t days[4];
    size_t available, index;
    cr_assert_eq(store_question_daily(bank.reader, &filter, 9, 4, days, &available, &index),
                 STORE_OK);
    cr_expect_eq(available, 2);
    for (size_t i = 0; i < 4; i++) cr_expect(days[i] == 1 || days[i] == 2);
    cr_expect_neq(days[0], days[1]);
    filter.difficulties = 1u << DIFFICULTY_MEDIUM;
    cr_assert_eq(store_question_daily(bank.reader, &filter, 9, 4, days, &available, &index),
                 STORE_OK);
    cr_expect_eq(available, 0);
}

Test(daily_bank, unknown_sections_are_named) {
    struct question_filter filter = {.sections = (const char *const[]){"a", "nowhere"},
                                     .section_count = 2};
    uint32_t day;
    size_t available, index = 0;
    cr_expect_eq(store_question_daily(bank.reader, &filter, 9, 1, &day, &available, &index),
                 STORE_UNKNOWN_SECTION);
    cr_expect_eq(index, 1);
}
