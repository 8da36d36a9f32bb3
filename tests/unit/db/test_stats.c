#include <criterion/criterion.h>
#include <string.h>
#include <time.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void tear_down(void) {
    bank_close(&bank);
}

static void set_up(void) {
    bank_open(&bank);
    BANK_IMPORT(&bank,
                SOURCE("a.md", {.section = "Basics", .text = "0?", .answer = "A"},
                       {.section = "Basics/Deeper", .text = "1?", .difficulty = DIFFICULTY_HARD}),
                SOURCE("b.md", {.section = "Basics", .text = "2?", .difficulty = DIFFICULTY_MEDIUM},
                       {.section = "Basics", .text = "3?", .answer = "A"}));
    bank_read(&bank);
}
TestSuite(stats, .init = set_up, .fini = tear_down);

static void expect_counts(const struct difficulty_counts *counts, size_t easy, size_t medium,
                          size_t hard) {
    cr_expect_eq(counts->by_difficulty[DIFFICULTY_EASY], easy);
    cr_expect_eq(counts->by_difficulty[DIFFICULTY_MEDIUM], medium);
    cr_expect_eq(counts->by_difficulty[DIFFICULTY_HARD], hard);
    cr_expect_eq(difficulty_counts_total(counts), easy + medium + hard);
}

Test(stats, sections_come_in_order_with_what_is_below_them) {
    struct section_list list;
    cr_assert_eq(store_sections(bank.reader, &list), STORE_OK);
    cr_assert_eq(list.count, 3);
    cr_expect_str_eq(list.items[0].id, "basics");
    cr_expect_str_eq(list.items[0].title, "Basics");
    cr_expect_eq(list.items[0].level, 1);
    cr_expect_eq(list.items[0].parent, SECTION_NONE);
    expect_counts(&list.counts[0], 1, 0, 1);
    cr_expect_str_eq(list.items[1].id, "deeper");
    cr_expect_eq(list.items[1].level, 2);
    cr_expect_eq(list.items[1].parent, 0);
    expect_counts(&list.counts[1], 0, 0, 1);
    cr_expect_str_eq(list.items[2].id, "basics-2");
    cr_expect_eq(list.items[2].parent, SECTION_NONE);
    expect_counts(&list.counts[2], 1, 1, 0);
    section_list_free(&list);
    section_list_free(&list);
}

Test(stats, the_bank_is_counted_by_difficulty_and_source) {
    struct bank_stats stats;
    cr_assert_eq(store_stats(bank.reader, &stats), STORE_OK);
    expect_counts(&stats.counts, 2, 1, 1);
    cr_expect_eq(stats.with_answer, 2);
    cr_expect_str_eq(stats.revision, store_revision(bank.reader));
    cr_expect_leq(stats.imported_at, (int64_t)time(NULL));
    cr_expect_gt(stats.imported_at, (int64_t)time(NULL) - 600);
    cr_assert_eq(stats.source_count, 2);
    cr_expect_str_eq(stats.sources[0].path, "a.md");
    cr_expect_str_eq(stats.sources[0].title, "a.md");
    expect_counts(&stats.sources[0].counts, 1, 0, 1);
    expect_counts(&stats.sources[1].counts, 1, 1, 0);
    bank_stats_free(&stats);
    bank_stats_free(&stats);
}
