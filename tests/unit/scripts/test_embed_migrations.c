/* scripts/embed-migrations: what the program carries is what the files say. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/migrate.h"
#include "tests/lib/process.h"
#include "tests/lib/temporary.h"

Test(embed_migrations, carries_every_file_byte_for_byte) {
    cr_assert_gt(migration_count, 0);
    for (size_t i = 0; i < migration_count; i++) {
        char path[256];
        snprintf(path, sizeof(path), "migrations/%s.sql", migrations[i].name);
        char *text = temporary_read(path);
        cr_expect_str_eq(migrations[i].sql, text, "%s", path);
        free(text);
    }
}

Test(embed_migrations, numbers_them_from_one) {
    for (size_t i = 0; i < migration_count; i++) {
        cr_expect_eq(migrations[i].version, (int)i + 1);
        cr_expect_eq(atoi(migrations[i].name), migrations[i].version);
    }
}

/* Runs the script over one file of this name, whose SQL is hard to quote. */
static struct process_result embed(const char *name) {
    char *directory = temporary_create();
    char *path = temporary_write(directory, name, "SELECT '\\', \"a\";\n");
    const char *const arguments[] = {"scripts/embed-migrations", path, NULL};
    struct process_result result = process_run(arguments, NULL);
    free(path);
    temporary_remove(directory);
    return result;
}

Test(embed_migrations, quotes_what_c_would_read_differently) {
    struct process_result result = embed("0001_first.sql");
    cr_expect_eq(result.status, 0);
    cr_expect_not_null(strstr(result.out, "\"SELECT '\\\\', \\\"a\\\";\\n\"\n"), "%s", result.out);
    process_result_free(&result);
}

static void expect_refused(const char *name) {
    struct process_result result = embed(name);
    cr_expect_eq(result.status, 1, "%s", name);
    cr_expect_not_null(strstr(result.err, "0001 was expected"), "%s", result.err);
    process_result_free(&result);
}

Test(embed_migrations, refuses_a_number_that_is_out_of_turn) {
    expect_refused("0002_second.sql");
    expect_refused("first.sql");
}
