#include <criterion/criterion.h>
#include <stdlib.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(import_add, .init = set_up, .fini = tear_down);

static struct import_summary import_two_files(void) {
    return BANK_IMPORT(
        &bank,
        SOURCE("a.md",
               {.section = "Basics",
                .text = "What is a?",
                .answer = "A.",
                .difficulty = DIFFICULTY_EASY},
               {.section = "Basics/Deeper", .text = "Why is b?", .context = "Given b"}),
        SOURCE("b.md", {.section = "Basics",
                        .text = "How does c?",
                        .answer = "C.",
                        .difficulty = DIFFICULTY_HARD}));
}

Test(import_add, add_keeps_the_other_sources) {
    import_two_files();
    char *kept = bank_query(&bank, "SELECT id FROM bank WHERE source = 'b.md'");
    struct import_summary summary =
        BANK_ADD(&bank, SOURCE("0.md", {.text = "First?"}),
                 SOURCE("a.md", {.section = "Basics", .text = "What is a?", .answer = "A."}));
    bank_expect_summary(&bank, &summary, 1, 0, 1, 1, 0);
    bank_expect_query(&bank, "SELECT group_concat(source) FROM bank", "a.md,b.md,0.md");
    char *after = bank_query(&bank, "SELECT id FROM bank WHERE source = 'b.md'");
    cr_expect_str_eq(kept, after);
    free(kept);
    free(after);
}

Test(import_add, add_counts_words_of_a_kept_source_as_a_duplicate) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?"}));
    char *kept = bank_query(&bank, "SELECT id FROM bank");
    struct import_summary summary = BANK_ADD(&bank, SOURCE("b.md", {.text = "Why?"}));
    bank_expect_summary(&bank, &summary, 1, 0, 0, 0, 0);
    bank_expect_query(&bank, "SELECT count(DISTINCT id) FROM bank", "2");
    char *after = bank_query(&bank, "SELECT id FROM bank WHERE source = 'a.md'");
    cr_expect_str_eq(kept, after);
    free(kept);
    free(after);
}

Test(import_add, add_lets_questions_move_between_the_sources_of_the_run) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "1?"}), SOURCE("b.md", {.text = "2?"}),
                SOURCE("c.md", {.text = "3?"}));
    struct import_summary summary = BANK_ADD(&bank, SOURCE("a.md", {.text = "1?"}, {.text = "2?"}),
                                             SOURCE("b.md", {.text = "4?"}));
    bank_expect_summary(&bank, &summary, 1, 1, 1, 0, 0);
    bank_expect_query(&bank, "SELECT group_concat(question) FROM bank", "1?,2?,4?,3?");
}
