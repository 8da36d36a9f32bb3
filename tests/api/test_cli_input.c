/* Bad input: a clear diagnostic that names the file, and the database stays as it was. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/cli.h"
#include "tests/lib/temporary.h"

static char *root, *database, *good, *before;

static void set_up(void) {
    root = temporary_create();
    database = temporary_path(root, "qbank.db");
    good = temporary_write(root, "good.md", "# [E] What is good?\n\nThis.\n");
    free(CLI(0, "import", "--db", database, good));
    before = cli_check(database);
}

static void tear_down(void) {
    free(before);
    free(good);
    free(database);
    temporary_remove(root);
}

TestSuite(cli_input, .init = set_up, .fini = tear_down);

/* Imports a new question beside what is bad about `path`; takes the path over. */
static void expect_refused(char *path, const char *said) {
    char *other = temporary_write(root, "other.md", "# [E] What is new?\n\nThis.\n");
    struct process_options options = {.honest_permissions = true};
    struct process_result result = process_run(
        (const char *const[]){QBANK_PROGRAM, "import", "--db", database, other, path, NULL},
        &options);
    cr_expect_eq(result.status, 1, "%d", result.status);
    cr_expect_not_null(strstr(result.err, path), "%s", result.err);
    cr_expect_not_null(strstr(result.err, said), "%s", result.err);
    cr_expect_not_null(strstr(result.err, "nothing was imported, the database is as it was"));
    char *after = cli_check(database);
    cr_expect_str_eq(after, before);
    free(after);
    process_result_free(&result);
    free(other);
    free(path);
}

static char *write_bytes(const char *name, const char *bytes, size_t size) {
    char *path = temporary_path(root, name);
    FILE *stream = fopen(path, "wb");
    cr_assert_not_null(stream);
    cr_assert_eq(fwrite(bytes, 1, size, stream), size);
    cr_assert_eq(fclose(stream), 0);
    return path;
}

Test(cli_input, that_is_not_utf8) {
    expect_refused(temporary_write(root, "bad.md", "# [E] What?\n\nab\xff\n"),
                   "bad.md:3:3: error: ");
}

Test(cli_input, from_standard_input_is_named_by_a_dash) {
    static const char text[] = "# [E] What?\n\nab\xff\n";
    struct process_options options = {.input = text, .input_size = strlen(text)};
    char *said = cli_run(1, &options, (const char *const[]){QBANK_PROGRAM, "lint", "-", NULL});
    cr_expect_not_null(strstr(said, "-:3:3: error: "), "%s", said);
    free(said);
}

Test(cli_input, with_a_nul_byte) {
    static const char text[] = "# [E] What?\n\na\0b\n";
    expect_refused(write_bytes("bad.md", text, sizeof(text) - 1), "bad.md:3:2: error: ");
}

Test(cli_input, that_is_too_large) {
    char *path = write_bytes("big.md", "", 0);
    cr_assert_eq(truncate(path, ((off_t)64 << 20) + 1), 0);
    expect_refused(path, "big.md: error: larger than 64 MiB: split it [too-large]");
}

Test(cli_input, that_is_not_there) {
    expect_refused(temporary_path(root, "none.md"),
                   "none.md: error: No such file or directory [unreadable]");
}

Test(cli_input, that_may_not_be_read) {
    char *path = temporary_write(root, "secret.md", "# [E] What?\n\nThis.\n");
    cr_assert_eq(chmod(path, 0), 0);
    expect_refused(path, "secret.md: error: Permission denied [unreadable]");
}

Test(cli_input, in_a_directory_that_may_not_be_read) {
    char *path = temporary_path(root, "secret");
    free(temporary_write(root, "secret/a.md", "# [E] What?\n\nThis.\n"));
    cr_assert_eq(chmod(path, 0), 0);
    expect_refused(path, "secret: error: Permission denied [unreadable]");
}

Test(cli_input, with_a_database_beside_which_nothing_may_be_written) {
    struct process_options options = {.honest_permissions = true};
    char *wal = temporary_path(root, "qbank.db-wal"), *shm = temporary_path(root, "qbank.db-shm");
    cr_assert(unlink(wal) == 0 && unlink(shm) == 0);
    cr_assert_eq(chmod(root, 0500), 0);
    char *said =
        cli_run(1, &options, (const char *const[]){QBANK_PROGRAM, "check", "--db", database, NULL});
    cr_expect_not_null(strstr(said, "qbank.db: cannot read the database: its directory must be "
                                    "writable"),
                       "%s", said);
    cr_assert_eq(chmod(root, 0700), 0);
    free(said);
    free(wal);
    free(shm);
}

Test(cli_input, that_is_a_fifo) {
    char *path = temporary_path(root, "fifo.md");
    cr_assert_eq(mkfifo(path, 0600), 0);
    expect_refused(path, "fifo.md: error: neither a regular file nor a directory [not-a-file]");
}

Test(cli_input, that_is_a_device) {
    expect_refused(strdup("/dev/null"),
                   "/dev/null: error: neither a regular file nor a directory [not-a-file]");
}

Test(cli_input, with_a_directory_loop) {
    free(temporary_write(root, "loop/deep/a.md", "# [E] What?\n\nThis.\n"));
    char *link = temporary_path(root, "loop/deep/up");
    cr_assert_eq(symlink("..", link), 0);
    free(link);
    expect_refused(temporary_path(root, "loop"), "loop/deep/up: error: leads back to ");
}

Test(cli_input, of_the_same_source_path_twice) {
    expect_refused(temporary_write(root, "elsewhere/other.md", "# [E] What?\n\nThis.\n"),
                   "elsewhere/other.md: error: the source path other.md is that of ");
}

Test(cli_input, that_pins_one_id_twice) {
    expect_refused(temporary_write(root, "pins.md",
                                   "# [E] What? {#same}\n\nThis.\n\n"
                                   "# [E] Why? {#same}\n\nThat.\n"),
                   " error: ");
}

Test(cli_input, whose_name_is_not_utf8) {
    free(temporary_write(root, "names/bad\xff.md", "# [E] What?\n\nThis.\n"));
    expect_refused(temporary_path(root, "names"),
                   "names/bad\\xff.md: error: the name is not UTF-8");
}

Test(cli_input, whose_name_is_not_utf8_is_still_valid_json) {
    free(temporary_write(root, "names/bad\xff.md", "# [E] What?\n\nThis.\n"));
    char *path = temporary_path(root, "names");
    struct process_result result = process_qbank("lint", "--format", "json", path);
    json_t *report = json_loadb(result.out, result.out_size, 0, NULL);
    cr_assert_not_null(report, "%s", result.out);
    const char *name;
    cr_assert_eq(json_unpack(report, "{s:[{s:s}]}", "diagnostics", "path", &name), 0);
    cr_expect_not_null(strstr(name, "names/bad\uFFFD.md"), "%s", name);
    json_decref(report);
    process_result_free(&result);
    free(path);
}

/* Nothing else is imported beside it. */
static void expect_no_question(const char *path) {
    CLI_SAYS(1, ": error: no question found in ", "import", "--db", database, path);
    CLI_SAYS(1, "[empty-bank]", "lint", path);
    char *after = cli_check(database);
    cr_expect_str_eq(after, before);
    free(after);
}

Test(cli_input, without_any_question) {
    char *text = temporary_write(root, "text.md", "Nothing but text.\n");
    char *empty = temporary_write(root, "empty.md", "");
    char *directory = temporary_path(root, "nothing");
    cr_assert_eq(mkdir(directory, 0700), 0);
    expect_no_question(text);
    expect_no_question(empty);
    expect_no_question(directory);
    free(temporary_write(directory, "notes.txt", "# [E] What?\n"));
    expect_no_question(directory);
    free(directory);
    free(empty);
    free(text);
}

Test(cli_input, of_an_empty_file_beside_others_is_fine) {
    char *empty = temporary_write(root, "empty.md", "");
    CLI_SAYS(0, "2 sources, 1 question ", "import", "--db", database, good, empty);
    free(empty);
}

Test(cli_input, that_fails_makes_no_database) {
    char *none = temporary_path(root, "none.db"), *missing = temporary_path(root, "missing.md");
    free(CLI(1, "import", "--db", none, missing, good));
    cr_expect_neq(access(none, F_OK), 0);
    free(missing);
    free(none);
}

Test(cli_input, a_database_that_is_none) {
    char *text = temporary_write(root, "text.db", "This is no database, but it is long enough.\n");
    CLI_SAYS(1, text, "import", "--db", text, good);
    CLI_SAYS(1, text, "check", "--db", text);
    char *content = temporary_read(text);
    cr_expect_str_eq(content, "This is no database, but it is long enough.\n");
    free(content);
    free(text);
}

Test(cli_input, a_database_that_is_not_there) {
    char *none = temporary_path(root, "none.db");
    char *said = CLI(1, "check", "--db", none);
    cr_expect_eq(strncmp(said, "qbank check: ", 13), 0, "%s", said);
    cr_expect_not_null(strstr(said, "none.db: No such file or directory"), "%s", said);
    cr_expect_neq(access(none, F_OK), 0);
    free(said);
    free(none);
}

Test(cli_input, a_database_in_a_place_that_cannot_be) {
    char *path = temporary_path(root, "good.md/qbank.db");
    CLI_SAYS(1, "good.md", "import", "--db", path, good);
    free(path);
}
