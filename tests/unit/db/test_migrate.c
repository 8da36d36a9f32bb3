#include "db/migrate.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(migrate, .init = set_up, .fini = tear_down);

/* Opens another file of the bank's directory and expects a refusal that mentions `words`. */
static void expect_refusal(enum store_mode mode, const char *words) {
    struct store *store = NULL;
    char *error = NULL;
    cr_assert_eq(store_open(bank.path, mode, &store, &error), STORE_REFUSED);
    cr_expect_null(store);
    cr_assert_not_null(error);
    cr_expect_not_null(strstr(error, bank.path), "%s", error);
    cr_expect_not_null(strstr(error, words), "%s", error);
    cr_expect_null(strchr(error, '\n'), "%s", error);
    free(error);
}

static void replace_file(const char *bytes) {
    store_close(bank.writer);
    bank.writer = NULL;
    FILE *file = fopen(bank.path, "w");
    cr_assert_not_null(file);
    fputs(bytes, file);
    fclose(file);
}

Test(migrate, a_fresh_file_gets_the_newest_schema) {
    char expected[16];
    snprintf(expected, sizeof(expected), "%d", migrate_newest_version());
    bank_expect_query(&bank, "PRAGMA user_version", expected);
    snprintf(expected, sizeof(expected), "%d", MIGRATE_APPLICATION_ID);
    bank_expect_query(&bank, "PRAGMA application_id", expected);
    bank_expect_query(&bank, "PRAGMA journal_mode", "wal");
}

Test(migrate, every_table_is_strict) {
    bank_expect_query(
        &bank,
        "SELECT group_concat(name) FROM pragma_table_list WHERE schema = 'main' AND type ="
        " 'table' AND NOT strict AND name <> 'sqlite_schema'",
        "NULL");
}

Test(migrate, versions_are_numbered_from_one) {
    for (size_t i = 0; i < migration_count; i++)
        cr_expect_eq(migrations[i].version, (int)i + 1, "%s", migrations[i].name);
}

Test(migrate, opening_again_changes_nothing) {
    char *before = bank_query(&bank, "PRAGMA schema_version"), *error = NULL;
    struct store *again;
    cr_assert_eq(store_open(bank.path, STORE_WRITE, &again, &error), STORE_OK, "%s", error);
    store_close(again);
    bank_expect_query(&bank, "PRAGMA schema_version", before);
    free(before);
}

Test(migrate, a_newer_schema_is_refused) {
    bank_execute(&bank, "PRAGMA user_version = 1000");
    expect_refusal(STORE_WRITE, "schema 1000");
    expect_refusal(STORE_READ, "newer qbank");
}

Test(migrate, a_schema_that_is_not_up_to_date_is_refused_to_readers) {
    bank_execute(&bank, "PRAGMA user_version = 0");
    expect_refusal(STORE_READ, "run `qbank import");
}

Test(migrate, a_database_of_another_application_is_refused) {
    bank_execute(&bank, "PRAGMA application_id = 252006673");
    expect_refusal(STORE_WRITE, "another program");
    expect_refusal(STORE_READ, "another program");
}

Test(migrate, a_database_with_tables_of_its_own_is_refused_and_left_alone) {
    replace_file("");
    bank_execute(&bank, "CREATE TABLE notes (text)");
    expect_refusal(STORE_WRITE, "another program");
    bank_expect_query(&bank, "PRAGMA journal_mode", "delete");
    bank_expect_query(&bank, "SELECT group_concat(name) FROM sqlite_schema", "notes");
}

Test(migrate, a_text_file_is_refused_and_left_alone) {
    char text[32] = "";
    replace_file("# Questions\n\n1. [E] Why?\n");
    expect_refusal(STORE_WRITE, "not an SQLite database");
    expect_refusal(STORE_READ, "not an SQLite database");
    FILE *file = fopen(bank.path, "r");
    cr_assert_not_null(fgets(text, sizeof(text), file));
    fclose(file);
    cr_expect_str_eq(text, "# Questions\n");
}

Test(migrate, an_empty_file_is_refused_to_readers_and_filled_by_writers) {
    char *error = NULL;
    replace_file("");
    expect_refusal(STORE_READ, "qbank import");
    cr_assert_eq(store_open(bank.path, STORE_WRITE, &bank.writer, &error), STORE_OK, "%s", error);
    bank_expect_query(&bank, "SELECT count(*) FROM bank", "0");
}

/* A migration that fails half-way leaves nothing of itself behind. */
Test(migrate, a_failed_migration_is_rolled_back) {
    char *error = NULL;
    replace_file("");
    sqlite3 *handle = NULL;
    cr_assert_eq(sqlite3_open(bank.path, &handle), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(handle, "CREATE TABLE questions (key)", NULL, NULL, NULL), SQLITE_OK);
    cr_expect_eq(migrate_apply(handle, bank.path, 0, &error), STORE_ERROR);
    cr_assert_not_null(error);
    cr_expect_not_null(strstr(error, bank.path));
    free(error);
    sqlite3_close(handle);
    bank_expect_query(&bank, "SELECT group_concat(name) FROM sqlite_schema", "questions");
    bank_expect_query(&bank, "PRAGMA user_version", "0");
}

/* A bank of the first schema, brought up to date: one question with two levels of context. */
static sqlite3 *migrate_old_bank(void) {
    char *error = NULL;
    sqlite3 *old = NULL;
    cr_assert_eq(sqlite3_open(":memory:", &old), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(old, migrations[0].sql, NULL, NULL, NULL), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(old,
                              "INSERT INTO sources VALUES (1, 'a.md', 'A', 0);"
                              "INSERT INTO sections VALUES (1, 'basics', 'Basics', 1, NULL, 1, 0);"
                              "INSERT INTO questions VALUES (7, 'q7', 1, 0, 'Why?', 1, 1, 0, 1, 1,"
                              " zeroblob(16));"
                              "INSERT INTO contexts VALUES (7, 0, 'Gégeben'), (7, 1, 'two');"
                              "INSERT INTO answers VALUES (7, 'Because.');"
                              "PRAGMA user_version = 1",
                              NULL, NULL, NULL),
                 SQLITE_OK, "%s", sqlite3_errmsg(old));
    cr_assert_eq(migrate_apply(old, "old.db", 1, &error), STORE_OK, "%s", error);
    return old;
}

/* Runs statements that fail unless they hold. */
static void expect_holds(sqlite3 *handle, const char *sql) {
    cr_expect_eq(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK, "%s: %s", sql,
                 sqlite3_errmsg(handle));
}

/* What the first schema's index knew, the newest finds. */
Test(migrate, an_old_bank_can_be_searched) {
    sqlite3 *old = migrate_old_bank();
    expect_holds(old, "CREATE TABLE found (key NOT NULL CHECK (key = 7), answer NOT NULL"
                      " CHECK (answer = 7));"
                      "INSERT INTO found VALUES ((SELECT rowid FROM search ('why gegeben two"
                      " basics')), (SELECT rowid FROM search_all ('because why basics')))");
    expect_holds(old, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)");
    expect_holds(old, "INSERT INTO search_all (search_all, rank) VALUES ('integrity-check', 1)");
    sqlite3_close(old);
}

Test(migrate, an_old_bank_learns_the_lengths_of_its_texts) {
    sqlite3 *old = migrate_old_bank();
    expect_holds(old, "CREATE TABLE kept (length CHECK (length = 16));"
                      "INSERT INTO kept SELECT length FROM questions");
    cr_expect_eq(sqlite3_changes(old), 1);
    sqlite3_close(old);
}

Test(migrate, an_old_bank_keeps_its_contexts) {
    sqlite3 *old = migrate_old_bank();
    expect_holds(old, "CREATE TABLE kept (context CHECK (context = 'Gégeben' || char(10) || 'two'),"
                      " ends CHECK (ends = '[8,12]'));"
                      "INSERT INTO kept SELECT context, context_ends FROM questions");
    cr_expect_eq(sqlite3_changes(old), 1);
    sqlite3_close(old);
}
