#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void tear_down(void) {
    bank_close(&bank);
}

static void set_up(void) {
    bank_open(&bank);
    BANK_IMPORT(&bank,
                SOURCE("a.md", {.section = "Basics", .text = "0?", .answer = "Secret", .id = "q0"},
                       {.section = "Basics/Deeper", .text = "1?", .context = "Given", .id = "q1"}),
                SOURCE("b.md", {.section = "Models", .text = "2?", .id = "q2"}));
}
TestSuite(check, .init = set_up, .fini = tear_down);

struct findings {
    size_t count;
    char lines[8192];
};

static void collect(void *context, const char *line) {
    struct findings *findings = context;
    findings->count++;
    strncat(findings->lines, line, sizeof(findings->lines) - strlen(findings->lines) - 2);
    strcat(findings->lines, "\n");
}

/* Plants the damage, and expects both a writer's and a reader's check to find `words`. */
static void expect_finding(const char *damage, const char *words) {
    struct store *reader;
    char *error = NULL;
    bank_execute(&bank, damage);
    cr_assert_eq(store_open(bank.path, STORE_READ, &reader, &error), STORE_OK, "%s", error);
    struct store *const stores[] = {bank.writer, reader};
    for (size_t i = 0; i < 2; i++) {
        struct findings findings = {0};
        cr_expect_eq(store_check(stores[i], collect, &findings), STORE_CONFLICT, "%s: %s", damage,
                     store_error(stores[i]));
        cr_expect_geq(findings.count, 1);
        cr_expect_not_null(strstr(findings.lines, words), "%s", findings.lines);
        cr_expect_null(strstr(findings.lines, "Secret"));
    }
    store_close(reader);
}

Test(check, a_fresh_import_is_sound) {
    struct findings findings = {0};
    cr_expect_eq(store_check(bank.writer, collect, &findings), STORE_OK, "%s", findings.lines);
    cr_expect_eq(findings.count, 0);
}

Test(check, an_empty_database_is_sound) {
    struct bank empty;
    struct findings findings = {0};
    bank_open(&empty);
    cr_expect_eq(store_check(empty.writer, collect, &findings), STORE_OK, "%s", findings.lines);
    bank_close(&empty);
}

static const char search_finding[] = "the full-text index is not that of the bank";

Test(check, a_question_that_the_full_text_index_lost) {
    expect_finding("DELETE FROM search WHERE rowid = (SELECT key FROM questions WHERE id = 'q1')",
                   search_finding);
}

Test(check, an_answer_that_the_full_text_index_lost) {
    expect_finding("DELETE FROM search_all", search_finding);
}

Test(check, words_that_the_full_text_index_does_not_know) {
    expect_finding("UPDATE questions SET text = 'Else' WHERE id = 'q0'", search_finding);
}

Test(check, a_row_in_the_full_text_index_alone) {
    expect_finding("INSERT INTO search (rowid, question) VALUES (99, 'x')", search_finding);
}

Test(check, a_full_text_index_whose_inside_is_damaged) {
    expect_finding("DELETE FROM search_idx; UPDATE search_data SET block = zeroblob(8) WHERE"
                   " id > 10",
                   search_finding);
}

Test(check, an_orphan) {
    expect_finding("PRAGMA foreign_keys = OFF; DELETE FROM sections WHERE id = 'models'",
                   "refers to a missing row of sections");
}

Test(check, an_answer_without_steps) {
    expect_finding("UPDATE questions SET steps = 0 WHERE id = 'q0'", "question q0: answer");
}

Test(check, steps_without_an_answer) {
    expect_finding("UPDATE questions SET steps = 2 WHERE id = 'q1'", "question q1: answer");
}

Test(check, two_questions_in_one_place) {
    expect_finding("UPDATE questions SET ordinal = 0", "shares its place");
}

Test(check, two_sources_in_one_place) {
    expect_finding("UPDATE sources SET position = 0", "shares its position");
}

Test(check, a_section_before_its_parent) {
    expect_finding("UPDATE sections SET ordinal = -1 WHERE id = 'deeper'",
                   "section deeper: does not stand behind its parent");
}

Test(check, a_section_of_another_source) {
    expect_finding("UPDATE questions SET section = (SELECT key FROM sections WHERE id = 'models')"
                   " WHERE id = 'q0'",
                   "question q0: its section");
}

Test(check, a_length_that_is_not_that_of_the_text) {
    expect_finding("UPDATE questions SET length = 1 WHERE id = 'q1'", "question q1: the length");
}

Test(check, a_missing_level_of_context) {
    expect_finding("UPDATE questions SET context_ends = '[3]' WHERE id = 'q1'",
                   "question q1: a level of its context");
}

Test(check, levels_of_context_that_are_no_list) {
    expect_finding("UPDATE questions SET context_ends = '3' WHERE id = 'q1'",
                   "question q1: a level of its context");
    expect_finding("UPDATE questions SET context_ends = '[' WHERE id = 'q1'",
                   "question q1: a level of its context");
}

Test(check, an_id_that_is_alive_and_an_alias) {
    expect_finding("INSERT INTO aliases SELECT 'q0', key FROM questions WHERE id = 'q1'",
                   "id q0: both in use and an alias");
}

Test(check, an_id_that_is_alive_and_gone) {
    expect_finding("INSERT INTO gone VALUES ('q0', 1)", "id q0: both in use and gone");
}

Test(check, a_question_that_the_revision_does_not_know) {
    expect_finding("UPDATE questions SET id = 'other' WHERE id = 'q2'", "revision");
}

Test(check, a_damaged_index) {
    expect_finding("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql,"
                   " 'position)', 'key)') WHERE name = 'sources_in_order';"
                   "PRAGMA schema_version = 1000",
                   "sources_in_order");
}

/* The packs are of the size that they should have. */
Test(check, a_pack_that_says_something_else) {
    expect_finding("UPDATE packs SET records = zeroblob(length(records))",
                   "pack 0: says something else");
}

Test(check, a_pack_whose_ends_are_wrong) {
    expect_finding("UPDATE packs SET ends = zeroblob(length(ends))", "pack 0: says something else");
}

Test(check, a_pack_of_no_questions) {
    expect_finding("INSERT INTO packs VALUES (5, x'01000000', x'00')", "pack 5: says");
    expect_finding("INSERT INTO packs VALUES (9223372036854775807, x'01000000', x'00')",
                   "pack 9223372036854775807: says");
}
