/* What changed since a revision or a time. */
#include "db/history.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;
static char first[REVISION_LENGTH + 1];

static void tear_down(void) {
    bank_close(&bank);
}

static void remember(char *revision) {
    snprintf(revision, REVISION_LENGTH + 1, "%s", store_revision(bank_read(&bank)));
}

#define A                                                                                          \
    { .section = "S", .text = "What is a?", .answer = "One.", .id = "a" }
#define B                                                                                          \
    { .section = "S", .text = "What is b?", .answer = "Two.", .id = "b" }
#define C                                                                                          \
    { .section = "S", .text = "What is c?", .answer = "Three.", .id = "c" }

static void set_up(void) {
    bank_open(&bank);
    BANK_IMPORT(&bank, SOURCE("s.md", A, B, C));
    remember(first);
}
TestSuite(history, .init = set_up, .fini = tear_down);

static void append(void *context, const char *id) {
    strcat(context, id);
    strcat(context, " ");
}

static void append_question(void *context, uint32_t position, const struct question *question) {
    (void)position;
    append(context, question->id);
}

/* "changed ids | removed ids". */
static char *describe(const struct question_filter *filter) {
    static char text[256];
    uint32_t positions[16];
    struct question_draw draw;
    size_t index;
    text[0] = '\0';
    cr_assert_eq(store_question_draw(bank.reader, filter, 16, "s", positions, &draw, &index),
                 STORE_OK);
    for (uint32_t position = 0; position < 16; position++)
        for (size_t i = 0; i < draw.count; i++)
            if (positions[i] == position)
                store_questions_at(bank.reader, &position, 1, append_question, text);
    strcat(text, "| ");
    cr_assert_eq(store_removed_since(bank.reader, filter->changes, append, text), STORE_OK);
    return text;
}

static void expect_since(const char *revision, const char *expected) {
    struct question_filter filter = {0};
    cr_assert_eq(store_changes_since_revision(bank_read(&bank), revision, &filter.changes),
                 STORE_OK);
    cr_expect_str_eq(describe(&filter), expected);
}

static void expect_since_time(int64_t seconds, const char *expected) {
    struct question_filter filter = {0};
    cr_assert_eq(store_changes_since_time(bank_read(&bank), seconds, &filter.changes), STORE_OK);
    cr_expect_str_eq(describe(&filter), expected);
}

Test(history, nothing_changes_since_the_revision_itself) {
    expect_since(first, "| ");
    BANK_IMPORT(&bank, SOURCE("s.md", A, B, C));
    expect_since(first, "| ");
    bank_expect_query(&bank, "SELECT count(*) FROM revisions", "1");
}

Test(history, added_changed_and_removed_questions_are_told) {
    BANK_IMPORT(&bank,
                SOURCE("s.md", A, {.section = "S", .text = "What is b?", .answer = "2.", .id = "b"},
                       {.section = "S", .text = "What is d?", .id = "d"}));
    expect_since(first, "b d | c ");
    bank_expect_sound(&bank);
}

/* Whatever a client can see of it; where it stands is not told. */
Test(history, a_question_that_only_moved_has_not_changed) {
    BANK_IMPORT(&bank, SOURCE("s.md", C, A, B));
    expect_since(first, "| ");
    char moved[REVISION_LENGTH + 1];
    remember(moved);
    cr_expect_str_neq(moved, first);
    BANK_IMPORT(&bank, SOURCE("t.md", C, A, B));
    expect_since(moved, "c a b | ");
}

Test(history, a_section_with_another_title_changes_its_questions) {
    BANK_IMPORT(&bank,
                SOURCE("s.md", A, B,
                       {.section = "T", .text = "What is c?", .answer = "Three.", .id = "c"}));
    expect_since(first, "c | ");
}

Test(history, the_old_id_of_a_renamed_question_is_removed) {
    BANK_IMPORT(&bank,
                SOURCE("s.md", A, B,
                       {.section = "S", .text = "What is c?", .answer = "Three.", .id = "see"}));
    expect_since(first, "see | c ");
}

Test(history, an_id_that_came_back_is_not_removed) {
    char without[REVISION_LENGTH + 1];
    BANK_IMPORT(&bank, SOURCE("s.md", A, B));
    remember(without);
    BANK_IMPORT(&bank, SOURCE("s.md", A, B, C));
    expect_since(first, "| ");
    expect_since(without, "c | ");
}

Test(history, what_came_later_is_told_since_the_later_revision_only) {
    char second[REVISION_LENGTH + 1];
    BANK_IMPORT(&bank, SOURCE("s.md", A, B));
    remember(second);
    BANK_IMPORT(&bank, SOURCE("s.md", A));
    expect_since(second, "| b ");
    expect_since(first, "| c b ");
}

Test(history, a_time_stands_for_all_that_was_imported_from_then_on) {
    bank_execute(&bank, "UPDATE revisions SET imported_at = 1000;"
                        "UPDATE revision SET imported_at = 1000");
    BANK_IMPORT(&bank, SOURCE("s.md", A, B));
    bank_execute(&bank, "UPDATE revisions SET imported_at = 2000 WHERE serial > 1");
    expect_since_time(2001, "| ");
    expect_since_time(2000, "| c ");
    expect_since_time(1001, "| c ");
    expect_since_time(1000, "a b | c ");
    expect_since_time(-1, "a b | c ");
}

/* A bank that was imported once, before its changes were noted. */
Test(history, before_the_first_import_everything_is_new) {
    bank_execute(&bank,
                 "UPDATE questions SET changed = 0; UPDATE revisions SET imported_at = 1000");
    expect_since_time(1000, "a b c | ");
    expect_since_time(1001, "| ");
}

/* Else who fetched the old bank while it was running would never hear of it. */
Test(history, an_import_has_the_time_of_its_end) {
    struct import *import;
    struct import_summary summary;
    struct given_source source = SOURCE("s.md", A, B);
    struct document document;
    cr_assert_eq(import_begin(bank.writer, &(struct import_options){0}, &import), STORE_OK);
    int64_t begin = (int64_t)time(NULL);
    while (time(NULL) <= begin) usleep(20000);
    bank_document(&source, &document);
    cr_assert_eq(import_source(import, source.path, &document), STORE_OK);
    document_free(&document);
    cr_assert_eq(import_commit(import, &summary), STORE_OK);
    expect_since_time(begin + 1, "| c ");
}

Test(history, a_clock_that_was_put_back_hides_nothing) {
    bank_execute(&bank, "UPDATE revisions SET imported_at = 9000000000;"
                        "UPDATE revision SET imported_at = 9000000000");
    BANK_IMPORT(&bank, SOURCE("s.md", A, B));
    expect_since_time(9000000000, "a b | c ");
}

Test(history, filters_restrict_what_changed) {
    BANK_IMPORT(&bank,
                SOURCE("s.md", {.section = "S", .text = "What is a?", .id = "a"},
                       {.section = "S", .text = "What is b?", .answer = "2.", .id = "b"}, C));
    const char *const excluded[] = {"b"};
    struct question_filter filter = {.answer = ANSWER_MISSING};
    cr_assert_eq(store_changes_since_revision(bank_read(&bank), first, &filter.changes), STORE_OK);
    cr_expect_str_eq(describe(&filter), "a | ");
    filter.answer = ANSWER_ANY;
    filter.exclude = excluded;
    filter.exclude_count = 1;
    cr_expect_str_eq(describe(&filter), "a | ");
}

Test(history, unknown_revisions_and_forgotten_times_are_told) {
    const struct changes *changes;
    cr_expect_eq(store_changes_since_revision(bank.reader, "0123456789abcdef", &changes),
                 STORE_UNKNOWN_PAST);
    /* as in a bank that was there before its changes were noted */
    bank_execute(&bank, "UPDATE revisions SET serial = 7, imported_at = 1000");
    cr_expect_eq(store_changes_since_time(bank_read(&bank), 1000, &changes), STORE_UNKNOWN_PAST);
    cr_expect_eq(store_changes_since_time(bank.reader, 1001, &changes), STORE_OK);
}
