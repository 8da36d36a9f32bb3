#include "db/catalog_internal.h"

#include <criterion/criterion.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void tear_down(void) {
    bank_close(&bank);
}

/* Nine questions in five runs. */
static void set_up(void) {
    bank_open(&bank);
    BANK_IMPORT(&bank,
                SOURCE("a.md", {.section = "Top", .text = "0?"}, {.section = "Top", .text = "1?"},
                       {.section = "Top/Below", .text = "2?"}, {.section = "Other", .text = "3?"},
                       {.section = "Other", .text = "4?"}, {.section = "Other", .text = "5?"}),
                SOURCE("b.md", {.section = "Third", .text = "6?"},
                       {.section = "Fourth", .text = "7?"}, {.section = "Fourth", .text = "8?"}));
    bank_read(&bank);
}
TestSuite(catalog, .init = set_up, .fini = tear_down);

Test(catalog, every_question_is_in_one_run_whatever_the_hint) {
    static const char *const sections[] = {"top",   "top",   "below",  "other", "other",
                                           "other", "third", "fourth", "fourth"};
    const struct catalog *catalog = bank.catalog;
    cr_assert_eq(catalog->run_count, 5);
    for (uint32_t position = 0; position < 9; position++) {
        for (size_t hint = 0; hint <= catalog->run_count; hint++) {
            const struct catalog_run *run =
                &catalog->runs[catalog_find_run(catalog, position, hint)];
            cr_expect_str_eq(catalog->sections.items[run->section].id, sections[position],
                             "position %u, hint %zu", position, hint);
            cr_expect_str_eq(catalog->sources[run->source].path, position < 6 ? "a.md" : "b.md");
        }
    }
}
