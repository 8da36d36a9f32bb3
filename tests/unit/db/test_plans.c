/* How SQLite goes about each statement: what a request or one question of an import runs must find
 * its rows by an index, whatever the size of the bank. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/connection.h"
#include "tests/unit/db/fixture.h"

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(plans, .init = set_up, .fini = tear_down);

/* These read a table to its end: once for a revision, an import or a check. */
static bool reads_all(enum statement statement) {
    switch (statement) {
    case STATEMENT_REVISION:
    case STATEMENT_SOURCES_IN_ORDER:
    case STATEMENT_SECTIONS_IN_ORDER:
    case STATEMENT_QUESTION_COUNT:
    case STATEMENT_QUESTIONS_IN_ORDER:
    case STATEMENT_ALIASES:
    case STATEMENT_PACK_ENDS:
    case STATEMENT_PACK_NUMBERS:
    case STATEMENT_CHECK_PACKS:
    case STATEMENT_SOURCE_KEYS:
    case STATEMENT_SECTION_KEYS:
    case STATEMENT_SOURCES_FORGET_NUMBERED:
    case STATEMENT_QUESTION_KEYS:
    case STATEMENT_ATTEMPTS_CLEAR:
    case STATEMENT_FRESH_CLEAR:
    case STATEMENT_FRESH_WORDS_CLEAR:
        return true;
    default:
        return statement >= STATEMENT_CHECK_FIRST && statement <= STATEMENT_CHECK_LAST;
    }
}

/* A full-text index is always "scanned", by the words it was given; a subquery by its rows. */
static bool is_scan(const char *step) {
    return strncmp(step, "SCAN ", 5) == 0 && strstr(step, "VIRTUAL TABLE") == NULL &&
           strcmp(step, "SCAN w") != 0 && strcmp(step, "SCAN CONSTANT ROW") != 0;
}

static bool is_sort(const char *step) {
    return strstr(step, "TEMP B-TREE") != NULL || strstr(step, "AUTOMATIC") != NULL;
}

static void expect_good_plan(struct connection *connection, enum statement statement) {
    char sql[2048];
    sqlite3_stmt *plan = NULL;
    bool may_scan = reads_all(statement);
    bool may_sort = statement >= STATEMENT_CHECK_FIRST && statement <= STATEMENT_CHECK_LAST;
    snprintf(sql, sizeof(sql), "EXPLAIN QUERY PLAN %s", statement_sql(statement));
    cr_assert_eq(sqlite3_prepare_v2(connection->handle, sql, -1, &plan, NULL), SQLITE_OK, "%s: %s",
                 sql, sqlite3_errmsg(connection->handle));
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(plan, 3);
        cr_expect(may_scan || !is_scan(step), "%s: %s", statement_name(statement), step);
        cr_expect(may_sort || !is_sort(step), "%s: %s", statement_name(statement), step);
    }
    sqlite3_finalize(plan);
}

Test(plans, every_statement_finds_its_rows_by_an_index) {
    char buffer[CONNECTION_ERROR_MAX], *error = NULL;
    struct connection *connection;
    cr_assert_eq(connection_open(bank.path, true, buffer, &connection, &error), STORE_OK, "%s",
                 error);
    for (int i = 0; i < STATEMENT_COUNT; i++) expect_good_plan(connection, (enum statement)i);
    connection_close(connection);
}
