#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(import_questions, .init = set_up, .fini = tear_down);

Test(import_questions, an_edited_answer_keeps_the_id) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?", .answer = "Old."}));
    bank_read(&bank);
    char *id = bank_id_of(&bank, "Why?");
    struct import_summary summary =
        BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?", .answer = "New."}));
    bank_expect_summary(&bank, &summary, 0, 1, 0, 0, 0);
    bank_read(&bank);
    char *now = bank_id_of(&bank, "Why?");
    cr_expect_str_eq(id, now);
    free(id);
    free(now);
    summary = BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?"}));
    bank_expect_summary(&bank, &summary, 0, 1, 0, 0, 0);
    bank_expect_query(&bank, "SELECT count(*) FROM answers", "0");
}

Test(import_questions, a_question_moves_between_files_and_keeps_its_id) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "1?"}, {.text = "2?"}),
                SOURCE("b.md", {.text = "3?"}));
    char *before = bank_query(&bank, "SELECT id FROM bank WHERE question = '2?'");
    struct import_summary summary = BANK_IMPORT(&bank, SOURCE("a.md", {.text = "1?"}),
                                                SOURCE("b.md", {.text = "2?"}, {.text = "3?"}));
    bank_expect_summary(&bank, &summary, 0, 1, 2, 0, 0);
    char *after = bank_query(&bank, "SELECT id FROM bank WHERE source = 'b.md' AND line = 1");
    cr_expect_str_eq(before, after);
    free(before);
    free(after);
}

Test(import_questions, the_same_words_twice_are_both_kept_and_warned_about) {
    struct import *import;
    struct import_summary summary;
    struct document first, second;
    const struct given one[] = {{.text = "Why?", .line = 3}};
    const struct given two[] = {{.text = "Why?", .line = 8}, {.text = "Why?", .line = 9}};
    bank_document(&(struct given_source){"a.md", one, 1}, &first);
    bank_document(&(struct given_source){"b.md", two, 2}, &second);
    cr_assert_eq(import_begin(bank.writer, &(struct import_options){0}, &import), STORE_OK);
    cr_assert_eq(import_source(import, "a.md", &first), STORE_OK);
    cr_assert_eq(import_source(import, "b.md", &second), STORE_OK);
    cr_assert_eq(import_commit(import, &summary), STORE_OK);
    bank_expect_summary(&bank, &summary, 3, 0, 0, 0, 0);
    cr_expect_eq(first.diagnostics.count, 0);
    cr_assert_eq(second.diagnostics.count, 2);
    const struct diagnostic *warning = &second.diagnostics.items[1];
    cr_expect_eq(warning->severity, SEVERITY_WARNING);
    cr_expect_str_eq(warning->code, "duplicate-question");
    cr_expect_eq(warning->line, 9);
    cr_expect_eq(warning->column, 1);
    cr_expect_not_null(strstr(warning->text, "a.md:3"), "%s", warning->text);
    bank_expect_query(&bank, "SELECT count(DISTINCT id) FROM bank", "3");
    document_free(&first);
    document_free(&second);
}

Test(import_questions, the_same_words_twice_again_change_nothing) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?"}, {.text = "Why?"}, {.text = "Why?"}));
    struct import_summary summary =
        BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?"}, {.text = "Why?"}, {.text = "Why?"}));
    bank_expect_summary(&bank, &summary, 0, 0, 3, 0, 0);
    bank_expect_query(&bank, "SELECT serial FROM revision", "1");
}
