#include <criterion/criterion.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(import_sections, .init = set_up, .fini = tear_down);

Test(import_sections, sections_repeat_under_numbered_ids) {
    BANK_IMPORT(
        &bank,
        SOURCE("a.md", {.section = "Basics", .text = "1?"}, {.section = "Basics 2", .text = "2?"}),
        SOURCE("b.md", {.section = "Basics", .text = "3?"}),
        SOURCE("c.md", {.section = "Basics", .text = "4?"}));
    bank_expect_query(&bank, "SELECT group_concat(section_id) FROM bank",
                      "basics,basics-2,basics-3,basics-4");
    bank_expect_sound(&bank);
}

/* A title can change where its slug does not; here the old one is planted. */
static void plant_title(void) {
    bank_execute(&bank, "UPDATE sections SET title = 'Ancient';"
                        "INSERT INTO search (search) VALUES ('rebuild');"
                        "INSERT INTO search_all (search_all) VALUES ('rebuild')");
}

Test(import_sections, a_new_title_reaches_the_full_text_index) {
    const struct given_source source = SOURCE("a.md", {.section = "Learning", .text = "1?"},
                                              {.section = "Learning", .text = "2?"});
    BANK_IMPORT(&bank, source);
    plant_title();
    struct import_summary summary = BANK_IMPORT(&bank, source);
    bank_expect_summary(&bank, &summary, 0, 2, 0, 0, 0);
    bank_expect_query(&bank, "SELECT count(*) FROM search WHERE search MATCH 'learning'", "2");
    bank_expect_query(&bank, "SELECT count(*) FROM search WHERE search MATCH 'ancient'", "0");
    bank_expect_query(&bank, "SELECT count(*) FROM search_all ('learning NOT ancient')", "2");
}

Test(import_sections, a_new_title_and_a_question_that_is_gone) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.section = "Learning", .text = "1?"},
                              {.section = "Learning", .text = "2?"}));
    plant_title();
    struct import_summary summary =
        BANK_IMPORT(&bank, SOURCE("a.md", {.section = "Learning", .text = "1?"}));
    bank_expect_summary(&bank, &summary, 0, 1, 0, 1, 0);
}
