/* A new bank is taken up while the server runs. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"
#include "tests/lib/temporary.h"

enum { COUNT = 50, BANKS = 6 };

static struct bank bank;

static void set_up(void) {
    bank_start_generated(&bank, COUNT, "bank-0");
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_refresh, .init = set_up, .fini = tear_down, .timeout = 60);

/* The bank that a question's text says it is from. */
static int bank_number(json_t *question) {
    int number = -1;
    const char *mark = strstr(json_text(question, "question"), "bank-");
    cr_assert_not_null(mark);
    sscanf(mark, "bank-%d", &number);
    return number;
}

struct reader {
    atomic_bool stop;
    size_t replies;
    char *revisions[BANKS]; /* seen with the questions of each bank */
};

/* A page is of one bank as a whole, and says so with one and the same revision. */
static void check_page(struct reader *reader) {
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions?limit=50"), *item;
    int number = bank_number(json_at(page, "items.0"));
    cr_assert(number >= 0 && number < BANKS);
    size_t i;
    json_array_foreach(json_at(page, "items"), i, item) {
        cr_assert_eq(bank_number(item), number);
    }
    cr_assert_eq(i, COUNT);
    const char *revision = json_text(page, "revision");
    if (reader->revisions[number] == NULL) reader->revisions[number] = strdup(revision);
    cr_assert_str_eq(reader->revisions[number], revision);
    json_decref(page);
    reader->replies++;
}

static void *read_pages(void *context) {
    struct reader *reader = context;
    while (!atomic_load(&reader->stop)) check_page(reader);
    return NULL;
}

Test(http_refresh, readers_see_one_bank_or_the_other) {
    struct reader reader = {0};
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, read_pages, &reader), 0);
    for (int i = 1; i < BANKS; i++) {
        char mark[16];
        snprintf(mark, sizeof(mark), "bank-%d", i);
        char *markdown = bank_generate(COUNT, mark), *revision = bank_revision(&bank);
        bank_replace(&bank, markdown);
        bank_await_change(&bank, revision);
        free(revision);
        free(markdown);
    }
    atomic_store(&reader.stop, true);
    pthread_join(thread, NULL);
    cr_assert_gt(reader.replies, 10);
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions");
    cr_assert_eq(bank_number(json_at(page, "items.0")), BANKS - 1);
    json_decref(page);
    for (int i = 0; i < BANKS; i++) free(reader.revisions[i]);
}

/* An answer that is edited alone changes the revision and is revealed at once. */
Test(http_refresh, edited_answers_are_revealed) {
    char *revision = bank_revision(&bank);
    /* Asked so often that every worker has kept it. */
    for (int i = 0; i < 32; i++)
        json_decref(client_get_json(&bank.server, 200, "/v1/questions/q0/answer"));
    bank_replace(&bank, "# [E] What is number 0 of bank-0? {#q0}\n\nEdited.\n");
    bank_await_change(&bank, revision);
    json_t *json = client_get_json(&bank.server, 200, "/v1/questions/q0/answer");
    cr_assert_str_eq(json_text(json, "answer"), "Edited.");
    json_decref(json);
    free(revision);
}

static void execute(const char *sql) {
    sqlite3 *handle = NULL;
    char *error = NULL;
    cr_assert_eq(sqlite3_open(bank.database, &handle), SQLITE_OK);
    sqlite3_busy_timeout(handle, 5000);
    cr_assert_eq(sqlite3_exec(handle, sql, NULL, NULL, &error), SQLITE_OK, "%s: %s", sql, error);
    sqlite3_close(handle);
}

static size_t count_reports(void) {
    size_t count = 0;
    char *log = server_log(&bank.server);
    for (const char *at = log; (at = strstr(at, "cannot load the bank")) != NULL; at++) count++;
    free(log);
    return count;
}

static void await_report(void) {
    for (int i = 0; i < 300 && count_reports() == 0; i++) usleep(10000);
}

/* What is wrong may pass without another change that would be noticed, as a fault of the disk does:
 * here the section comes back and the serial stays. */
Test(http_refresh, a_bank_that_cannot_be_loaded_is_tried_again) {
    char *revision = bank_revision(&bank);
    execute("PRAGMA foreign_keys = OFF; UPDATE questions SET section = section + 1000;"
            "UPDATE revision SET serial = serial + 1, revision = 'fedcba9876543210'");
    await_report();
    usleep(700000); /* two tries more */
    char *meanwhile = bank_revision(&bank);
    cr_expect_str_eq(meanwhile, revision);
    cr_expect_eq(count_reports(), 1);
    execute("PRAGMA foreign_keys = OFF; UPDATE questions SET section = section - 1000");
    bank_await_change(&bank, revision);
    char *after = bank_revision(&bank);
    cr_expect_str_eq(after, "fedcba9876543210");
    free(after);
    free(meanwhile);
    free(revision);
}

Test(http_refresh, importing_the_same_changes_nothing) {
    char *before = bank_revision(&bank), *markdown = bank_generate(COUNT, "bank-0");
    bank_replace(&bank, markdown);
    usleep(500000);
    char *after = bank_revision(&bank);
    cr_assert_str_eq(before, after);
    free(after);
    free(markdown);
    free(before);
}

/* What is new under the name is not looked at: the log of the old one still stands beside it. */
Test(http_refresh, a_file_that_was_replaced_is_reported) {
    char *aside = temporary_path(bank.directory, "aside.db");
    cr_assert_eq(rename(bank.database, aside), 0);
    char *log = server_await_log(&bank.server, "moved, removed or replaced");
    cr_expect_not_null(strstr(log, "moved, removed or replaced"), "%s", log);
    free(log);
    json_decref(client_get_json(&bank.server, 200, "/v1/questions/q0"));
    free(aside);
}
