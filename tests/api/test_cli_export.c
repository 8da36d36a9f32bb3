/* qbank export. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/cli.h"
#include "tests/lib/temporary.h"

static char *root, *database, *output;

static void set_up(void) {
    root = temporary_create();
    database = temporary_path(root, "qbank.db");
    output = temporary_path(root, "out");
    free(CLI(0, "import", "--db", database, "tests/data/bank"));
}
static void tear_down(void) {
    free(output);
    free(database);
    temporary_remove(root);
}
TestSuite(cli_export, .init = set_up, .fini = tear_down, .timeout = 60);

/* Writes a bank down and reads it again: the revision must be the same. */
static void expect_return(const char *path) {
    char *first = temporary_path(root, "first.db"), *second = temporary_path(root, "second.db");
    free(CLI(0, "import", "--db", first, path));
    free(CLI(0, "export", "--db", first, "--answers", "--output", output));
    free(CLI(0, "import", "--db", second, output));
    char *before = cli_check(first), *after = cli_check(second);
    cr_expect_str_eq(strchr(after, '('), strchr(before, '('), "%s: %s", path, after);
    free(before);
    free(after);
    free(first);
    free(second);
}

Test(cli_export, the_shipped_bank_comes_back_as_the_same_revision) {
    expect_return("content/questions");
}

Test(cli_export, several_files_come_back_as_the_same_revision) {
    expect_return("tests/data/bank");
}

/* Files with and without titles of their own, ids that are taken twice, sections that end. */
Test(cli_export, awkward_banks_come_back_as_the_same_revision) {
    char *bank = temporary_path(root, "bank");
    free(temporary_write(root, "bank/a.md",
                         "---\ntitle: Same\n---\n# Intro\n## Deep\n- [E] Twice?\n"
                         "## [M] Here again?\nYes, [so][p].\n\n[p]: /x\n"));
    free(temporary_write(root, "bank/b.md",
                         "### Intro\n- [E] Twice?\n## Two\n- [E] Twice?\n  [p]\n"));
    free(temporary_write(root, "bank/Same.md", "# [H] On its own? {#own}\n# Same\n- [E] Why?\n"));
    free(temporary_write(root, "bank/\u00e9t\u00e9.md",
                         "# \u00c9t\u00e9\n- [E] Chaud?\n# \u00c9t\u00e9"
                         "\n- [M] Froid?\n"));
    free(temporary_write(root, "bank/z.md",
                         "# 3 # {#three}\n- [E] Odd?\n# Intro {#intro-7}\n"
                         "1. Given $x$:\n   1. [H] What of `]:`?\n\n          code\n"));
    expect_return(bank);
    free(bank);
}

Test(cli_export, is_markdown_without_answers_on_the_standard_output) {
    struct process_result result = process_qbank("export", "--db", database);
    cr_expect_eq(result.status, 0);
    cr_expect_str_eq(result.err, "");
    cr_expect_eq(strncmp(result.out, "# Alpha {.file}\n\n- [E] What is alpha? {#alpha}\n\n", 48), 0,
                 "%s", result.out);
    cr_expect_null(strstr(result.out, "first step"));
    process_result_free(&result);
}

Test(cli_export, takes_filters_and_formats) {
    char *text = CLI(0, "export", "--db", database, "--format", "csv", "--difficulty", "M",
                     "--difficulty", "hard", "--section", "methods", "--has-answer", "true");
    cr_expect_not_null(strstr(text, "\r\nconverge,medium,"), "%s", text);
    cr_expect_null(strstr(text, "\r\ndescent,"), "%s", text);
    cr_expect_null(strstr(text, "\r\nascent,"), "%s", text);
    free(text);
    text = CLI(0, "export", "--db", database, "--format", "ndjson", "--source", "alpha.md");
    cr_expect_not_null(strstr(text, "\"id\":\"alpha\""));
    cr_expect_null(strstr(text, "\"id\":\"rank\""));
    free(text);
    text = CLI(0, "export", "--db", database, "--format", "csv", "--markup", "html");
    cr_expect_not_null(strstr(text, ",<p>What is alpha?</p>,"), "%s", text);
    free(text);
}

Test(cli_export, replaces_a_file_only_when_all_is_written) {
    free(temporary_write(root, "out", "old"));
    CLI_SAYS(1, "nowhere: there is no section of this id", "export", "--db", database, "--output",
             output, "--section", "nowhere");
    char *text = temporary_read(output);
    cr_expect_str_eq(text, "old");
    free(text);
    free(CLI(0, "export", "--db", database, "--output", output, "--format", "anki"));
    text = temporary_read(output);
    cr_expect_eq(strncmp(text, "#separator:tab\n", 15), 0);
    free(text);
    struct stat status;
    mode_t mask = umask(0);
    umask(mask);
    cr_assert_eq(stat(output, &status), 0);
    cr_expect_eq(status.st_mode & 0777, 0666 & ~mask);
}

/* What is no regular file is not replaced. */
Test(cli_export, writes_to_devices_and_through_links) {
    char *link = temporary_path(root, "link");
    free(temporary_write(root, "out", "old"));
    cr_assert_eq(symlink(output, link), 0);
    free(CLI(0, "export", "--db", database, "--output", link));
    struct stat status;
    cr_assert_eq(lstat(link, &status), 0);
    cr_expect(S_ISLNK(status.st_mode));
    char *text = temporary_read(output);
    cr_expect_eq(strncmp(text, "# Alpha", 7), 0);
    free(text);
    free(CLI(0, "export", "--db", database, "--output", "/dev/null"));
    cr_assert_eq(stat("/dev/null", &status), 0);
    cr_expect(S_ISCHR(status.st_mode));
    free(link);
}

Test(cli_export, leaves_nothing_behind_where_it_cannot_write) {
    char *missing = temporary_path(root, "missing/out");
    CLI_SAYS(1, "missing/out: No such file or directory", "export", "--db", database, "--output",
             missing);
    CLI_SAYS(1, "No space left on device", "export", "--db", database, "--output", "/dev/full");
    free(missing);
}

Test(cli_export, a_full_disk_is_no_success) {
    struct process_options options = {.out_path = "/dev/full"};
    struct process_result result = process_run(
        (const char *const[]){QBANK_PROGRAM, "export", "--db", database, NULL}, &options);
    cr_expect_eq(result.status, 1);
    cr_expect_not_null(strstr(result.err, "standard output: No space left"), "%s", result.err);
    process_result_free(&result);
}

Test(cli_export, wrong_usage_is_told) {
    CLI_SAYS(2, "--format is ndjson, csv, json, markdown, anki or gift, not 'xml'", "export",
             "--format", "xml");
    CLI_SAYS(2, "--markup is markdown, html, text, slack, discord or telegram, not 'rtf'", "export",
             "--markup", "rtf");
    CLI_SAYS(2, "--markup goes with --format ndjson, csv or json", "export", "--markup", "html");
    CLI_SAYS(2, "--markup goes with --format ndjson, csv or json", "export", "--markup", "markdown",
             "--format", "anki");
    CLI_SAYS(2, "--difficulty is easy, medium or hard, not 'x'", "export", "--difficulty", "x");
    CLI_SAYS(2, "--has-answer is true or false, not '1'", "export", "--has-answer", "1");
    CLI_SAYS(2, "--output needs the name of a file", "export", "--output", "");
    CLI_SAYS(2, "unexpected argument 'x'", "export", "x");
    CLI_SAYS(0, "Usage: qbank export", "export", "--help");
}

Test(cli_export, needs_a_bank) {
    char *missing = temporary_path(root, "missing.db");
    CLI_SAYS(1, "missing.db: No such file", "export", "--db", missing);
    free(missing);
}
