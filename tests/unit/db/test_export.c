/* One pass over the bank. */
#include "db/export.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void tear_down(void) {
    bank_close(&bank);
}

static void set_up(void) {
    bank_open(&bank);
    BANK_IMPORT(&bank,
                SOURCE("a.md", {.section = "S", .text = "What is a?", .answer = "One."},
                       {.section = "S", .text = "What is b?", .context = "Given b:"}),
                SOURCE("b.md", {.section = "T", .text = "What is c?", .answer = "Three."}));
    bank_read(&bank);
}
TestSuite(export, .init = set_up, .fini = tear_down);

static void append(void *context, uint32_t position, const struct question *question) {
    size_t length = strlen(context);
    snprintf((char *)context + length, 256 - length, "%u %s %s %s;", position, question->text,
             question->context_count > 0 ? question->context[0] : "-",
             question->answer != NULL ? question->answer : "-");
}

static void expect_export(struct store *store, const struct question_filter *filter, bool answers,
                          const char *expected) {
    struct export *export;
    char text[256] = "";
    size_t index;
    cr_assert_eq(export_begin(store, filter, answers, &export, &index), STORE_OK);
    for (size_t i = 0; i < export_total(export); i++)
        cr_assert_eq(export_next(export, append, text), STORE_OK);
    cr_expect_str_eq(text, expected);
    export_end(export);
}

static const struct question_filter everything;

Test(export, hands_over_everything_in_bank_order) {
    expect_export(bank.reader, &everything, true,
                  "0 What is a? - One.;1 What is b? Given b: -;2 What is c? - Three.;");
}

Test(export, withholds_answers_that_nobody_wants) {
    expect_export(bank.reader, &everything, false,
                  "0 What is a? - -;1 What is b? Given b: -;2 What is c? - -;");
}

Test(export, follows_the_filter) {
    expect_export(bank.reader, &(struct question_filter){.answer = ANSWER_AVAILABLE}, true,
                  "0 What is a? - One.;2 What is c? - Three.;");
    expect_export(bank.reader, &(struct question_filter){.difficulties = 1u << DIFFICULTY_HARD},
                  true, "");
}

Test(export, tells_an_unknown_section) {
    const char *const sections[] = {"s", "nowhere"};
    struct export *export;
    size_t index = 9;
    cr_expect_eq(export_begin(bank.reader,
                              &(struct question_filter){.sections = sections, .section_count = 2},
                              false, &export, &index),
                 STORE_UNKNOWN_SECTION);
    cr_expect_eq(index, 1);
}

/* A store beside another one keeps its bank when that one moves on. */
Test(export, a_store_beside_another_goes_on_reading_its_revision) {
    struct store *beside;
    cr_assert_eq(store_open_beside(bank.reader, 1 << 20, &beside), STORE_OK);
    BANK_IMPORT(&bank, SOURCE("a.md", {.section = "S", .text = "What is new?"}));
    struct store *late;
    cr_expect_eq(store_open_beside(bank.reader, 1 << 20, &late), STORE_STALE);
    bank_read(&bank);
    expect_export(bank.reader, &everything, true, "0 What is new? - -;");
    expect_export(beside, &everything, true,
                  "0 What is a? - One.;1 What is b? Given b: -;2 What is c? - Three.;");
    store_close(beside);
}
