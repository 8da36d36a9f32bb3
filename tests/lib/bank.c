#include "tests/lib/bank.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/lib/client.h"
#include "tests/lib/temporary.h"

static void prepare(struct bank *bank) {
    bank->directory = temporary_create();
    bank->database = temporary_path(bank->directory, "bank.db");
}

void bank_start_with(struct bank *ret_bank, const char *const *arguments) {
    prepare(ret_bank);
    server_import(ret_bank->database, "tests/data/bank");
    server_start(&ret_bank->server, ret_bank->database, arguments);
}

void bank_start(struct bank *ret_bank) {
    bank_start_with(ret_bank, NULL);
}

void bank_replace(struct bank *bank, const char *markdown) {
    char *source = temporary_write(bank->directory, "bank.md", markdown);
    server_import(bank->database, source);
    free(source);
}

void bank_start_markdown(struct bank *ret_bank, const char *markdown) {
    prepare(ret_bank);
    bank_replace(ret_bank, markdown);
    server_start(&ret_bank->server, ret_bank->database, NULL);
}

void bank_start_empty(struct bank *ret_bank, const char *const *arguments) {
    prepare(ret_bank);
    server_start(&ret_bank->server, ret_bank->database, arguments);
}

char *bank_revision(const struct bank *bank) {
    json_t *json = client_get_json(&bank->server, 200, "/readyz");
    char *revision = strdup(json_text(json, "revision"));
    json_decref(json);
    return revision;
}

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* Each request opens a connection, which the kernel gives to any of the workers: so many in a row
 * with the new revision leave no worker out but by a chance of one in a million. */
enum { SURE = 20 };

void bank_await_change(const struct bank *bank, const char *revision) {
    int changed = 0;
    int64_t start = milliseconds();
    while (changed < SURE) {
        char *served = bank_revision(bank);
        changed = strcmp(served, revision) != 0 ? changed + 1 : 0;
        free(served);
        cr_assert_lt(milliseconds() - start, 3000, "the server still serves %s", revision);
    }
}

char *bank_generate(size_t count, const char *mark) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    cr_assert_not_null(out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "# [E] What is number %zu of %s? {#q%zu}\n\nANSWER-%zu-%s\n\n", i, mark, i, i,
                mark);
    }
    cr_assert_eq(fclose(out), 0);
    return text;
}

void bank_start_generated(struct bank *ret_bank, size_t count, const char *mark) {
    char *markdown = bank_generate(count, mark);
    bank_start_markdown(ret_bank, markdown);
    free(markdown);
}

void bank_stop(struct bank *bank) {
    cr_expect_eq(server_stop(&bank->server), 0, "the server did not exit cleanly");
    free(bank->database);
    temporary_remove(bank->directory);
}
