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

/* Who shares a store keeps its bank when the other one moves on, also one that begins when the
 * database has gone on already. */
Test(export, goes_on_reading_its_revision_when_another_moves_on) {
    struct store *shared = store_share(bank.reader);
    BANK_IMPORT(&bank, SOURCE("a.md", {.section = "S", .text = "What is new?"}));
    struct store *late = store_share(bank.reader);
    bank_read(&bank);
    cr_expect_neq(bank.reader, shared);
    expect_export(bank.reader, &everything, true, "0 What is new? - -;");
    expect_export(shared, &everything, true,
                  "0 What is a? - One.;1 What is b? Given b: -;2 What is c? - Three.;");
    store_close(shared);
    expect_export(late, &everything, true,
                  "0 What is a? - One.;1 What is b? Given b: -;2 What is c? - Three.;");
    store_close(late);
}

Test(export, a_store_that_nobody_shares_stays_the_same_one) {
    struct store *before = bank.reader;
    store_close(store_share(before));
    BANK_IMPORT(&bank, SOURCE("a.md", {.section = "S", .text = "What is new?"}));
    bank_read(&bank);
    cr_expect_eq(bank.reader, before);
    expect_export(before, &everything, true, "0 What is new? - -;");
}

Test(export, a_shared_store_that_cannot_move_on_stays_as_it_was) {
    struct store *shared = store_share(bank.reader), *reader = bank.reader;
    BANK_IMPORT(&bank, SOURCE("a.md", {.section = "S", .text = "What is new?"}));
    cr_expect_eq(store_move_on(&reader, bank.catalog), STORE_STALE);
    cr_expect_eq(reader, shared);
    cr_expect_str_eq(store_error(reader), "the bank has another revision");
    store_close(shared);
}
