#include "db/search_scan.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "db/store_internal.h"
#include "tests/unit/db/fixture.h"

/* Every question is "Everywhere", the even ones are "even", the odd ones "odd": two long lists that
 * have nothing in common, over several pages of the index. */
enum { COUNT = 8000, PLENTY = 1000 };

static struct bank bank;
static struct selection everything;

static void import(unsigned count, const char *more) {
    static char texts[COUNT][48];
    static struct given given[COUNT];
    for (unsigned i = 0; i < count; i++) {
        snprintf(texts[i], sizeof(texts[i]), "Everywhere %s%s %u?", i % 2 ? "odd" : "even", more,
                 i);
        given[i] = (struct given){.section = "All", .text = texts[i]};
    }
    BANK_IMPORT(&bank, {"a.md", given, count});
}

static void read_bank(void) {
    size_t index;
    selection_free(&everything);
    bank_read(&bank);
    cr_assert_eq(selection_create(bank.catalog, &(struct question_filter){0}, &everything, &index),
                 STORE_OK);
}

static void set_up(void) {
    bank_open(&bank);
    import(COUNT, "");
    read_bank();
}

static void tear_down(void) {
    selection_free(&everything);
    bank_close(&bank);
}

TestSuite(search_scan, .init = set_up, .fini = tear_down);

static struct search_hit hits[SEARCH_CANDIDATES + 1];

static size_t scan(enum statement statement, const char *expression, unsigned pages_max,
                   bool *ret_complete) {
    const struct search_scan run = {.store = bank.reader,
                                    .selection = &everything,
                                    .statement = statement,
                                    .expression = expression,
                                    .pages_max = pages_max};
    size_t count = 0;
    cr_assert_eq(search_scan_run(&run, hits, &count, ret_complete), STORE_OK, "%s",
                 store_error(bank.reader));
    return count;
}

static const enum statement indexes[] = {STATEMENT_SEARCH, STATEMENT_SEARCH_ALL};
enum { INDEX_COUNT = sizeof(indexes) / sizeof(indexes[0]) };

Test(search_scan, hits_come_in_the_order_of_their_keys) {
    for (size_t i = 0; i < INDEX_COUNT; i++) {
        bool complete = false;
        cr_assert_eq(scan(indexes[i], "42 OR 7", PLENTY, &complete), 2);
        cr_expect_eq(hits[0].position, 7);
        cr_expect_eq(hits[1].position, 42);
        cr_expect(complete);
    }
}

Test(search_scan, only_the_index_of_questions_weighs_them) {
    bool complete;
    cr_assert_eq(scan(STATEMENT_SEARCH, "42", PLENTY, &complete), 1);
    cr_expect_gt(hits[0].score, 0);
    cr_assert_eq(scan(STATEMENT_SEARCH_ALL, "42", PLENTY, &complete), 1);
    cr_expect_eq(hits[0].score, 0);
}

Test(search_scan, so_many_hits_are_enough) {
    for (size_t i = 0; i < INDEX_COUNT; i++) {
        bool complete = true;
        cr_expect_eq(scan(indexes[i], "everywhere", PLENTY, &complete), SEARCH_CANDIDATES);
        cr_expect_not(complete);
    }
}

Test(search_scan, the_engine_stops_where_it_may_read_no_more) {
    for (size_t i = 0; i < INDEX_COUNT; i++) {
        bool complete = false;
        cr_expect_eq(scan(indexes[i], "odd AND even", PLENTY, &complete), 0);
        cr_expect(complete);
        cr_expect_eq(scan(indexes[i], "odd AND even", 4, &complete), 0);
        cr_expect_not(complete);
    }
}

/* The same is read whatever was read before. */
Test(search_scan, the_bound_hangs_on_the_index_alone) {
    unsigned least[2] = {0};
    for (size_t run = 0; run < 2; run++) {
        bool complete = false;
        while (!complete) scan(STATEMENT_SEARCH, "odd AND even", ++least[run], &complete);
        scan(STATEMENT_SEARCH, "everywhere", PLENTY, &complete);
    }
    cr_expect_eq(least[0], least[1]);
    cr_expect_gt(least[0], 4);
}

/* What one worker finds another one that has read nothing yet finds too. */
Test(search_scan, the_bound_is_the_same_for_a_new_connection) {
    for (size_t i = 0; i < INDEX_COUNT; i++) {
        unsigned least[2] = {0};
        for (size_t fresh = 0; fresh < 2; fresh++) {
            bool complete = false;
            while (!complete) {
                if (fresh) {
                    store_close(bank.reader);
                    bank.reader = NULL;
                    read_bank();
                }
                scan(indexes[i], "odd AND even", ++least[fresh], &complete);
            }
        }
        cr_expect_eq(least[0], least[1], "%u, %u", least[0], least[1]);
    }
}

/* What was stopped holds neither the statement nor the snapshot up. */
Test(search_scan, the_store_goes_on_after_that) {
    bool complete = true;
    scan(STATEMENT_SEARCH, "odd AND even", 4, &complete);
    cr_assert_not(complete);
    import(2, "ly");
    cr_expect_eq(scan(STATEMENT_SEARCH, "evenly", PLENTY, &complete), 0);
    cr_expect_eq(scan(STATEMENT_SEARCH, "1234", PLENTY, &complete), 1);
    read_bank();
    cr_expect_eq(scan(STATEMENT_SEARCH, "evenly", PLENTY, &complete), 1);
}
