#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/cli.h"
#include "tests/lib/temporary.h"

static char *root, *database, *bank, *file;

static void set_up(void) {
    root = temporary_create();
    database = temporary_path(root, "qbank.db");
    bank = temporary_path(root, "bank");
    file = temporary_write(root, "bank/a.md",
                           "# Basics\n\n1. [E] What is a?\n\n    The first letter.\n\n"
                           "2. [M] What is b?\n\n    The second letter.\n");
    free(temporary_write(root, "bank/more/b.md", "# [H] What is c?\n\nThe third letter.\n"));
}

static void tear_down(void) {
    free(file);
    free(bank);
    free(database);
    temporary_remove(root);
}

TestSuite(cli_import, .init = set_up, .fini = tear_down);

static void write_bank(const char *name, const char *text) {
    free(temporary_write(bank, name, text));
}

Test(cli_import, of_a_directory_is_summed_up) {
    struct process_result result = process_qbank("import", "--db", database, bank);
    cr_expect_eq(result.status, 0);
    cr_expect_str_eq(result.err, "");
    static const char summary[] =
        "2 sources, 3 questions (1 easy, 1 medium, 1 hard): 3 added, 0 changed, 0 renamed, 0 "
        "unchanged, 0 removed; 0 warnings\nrevision ";
    cr_expect_eq(strncmp(result.out, summary, strlen(summary)), 0, "%s", result.out);
    char *check = cli_check(database);
    char revision[17] = "";
    snprintf(revision, sizeof(revision), "%s", result.out + strlen(summary));
    cr_expect_not_null(strstr(check, revision), "%s: %s", revision, check);
    cr_expect_not_null(strstr(check, "sound (3 questions, revision "), "%s", check);
    free(check);
    process_result_free(&result);
}

/* A source that there is something to say of is read again between others that are kept. */
Test(cli_import, again_says_the_same_in_the_same_order) {
    write_bank("b.md", "stray text\n\n- [E] What is d?\n");
    write_bank("z.md", "- [M] What is a?\n\n- [E] What is a?\n");
    struct process_result first = process_qbank("import", "--db", database, bank);
    struct process_result again = process_qbank("import", "--db", database, bank);
    cr_expect_eq(again.status, 0);
    cr_expect_str_eq(first.err, again.err);
    cr_expect_not_null(strstr(again.err, "[stray-text]"), "%s", again.err);
    cr_expect_not_null(strstr(again.err, "[duplicate-question]"), "%s", again.err);
    cr_expect_not_null(strstr(again.out, "4 sources, 6 questions (3 easy, 2 medium, 1 hard): 0 "
                                         "added, 0 changed, 0 renamed, 6 unchanged"),
                       "%s", again.out);
    process_result_free(&first);
    process_result_free(&again);
}

static char *read_bytes(const char *path, size_t *ret_size) {
    struct stat status;
    cr_assert_eq(stat(path, &status), 0);
    *ret_size = (size_t)status.st_size;
    char *bytes = malloc(*ret_size);
    FILE *stream = fopen(path, "rb");
    cr_assert(bytes != NULL && stream != NULL);
    cr_assert_eq(fread(bytes, 1, *ret_size, stream), *ret_size);
    fclose(stream);
    return bytes;
}

Test(cli_import, again_changes_no_byte_of_the_database) {
    free(CLI(0, "import", "--db", database, bank));
    size_t size, size_again;
    char *before = read_bytes(database, &size);
    CLI_SAYS(0, ": 0 added, 0 changed, 0 renamed, 3 unchanged, 0 removed; 0 warnings\nrevision ",
             "import", "--db", database, bank);
    CLI_SAYS(0, " (unchanged)\n", "import", "--db", database, bank);
    char *after = read_bytes(database, &size_again);
    cr_expect(size == size_again && memcmp(before, after, size) == 0);
    free(before);
    free(after);
}

Test(cli_import, follows_what_was_edited) {
    free(CLI(0, "import", "--db", database, bank));
    write_bank("a.md", "# Basics\n\n1. [E] What is a?\n\n    A vowel.\n");
    write_bank("d.md", "# [E] How many letters are there?\n\nTwenty-six.\n");
    CLI_SAYS(0,
             "3 questions (2 easy, 0 medium, 1 hard): 1 added, 1 changed, 0 renamed, 1 unchanged, "
             "1 removed",
             "import", "--db", database, bank);
}

Test(cli_import, replaces_the_bank_unless_told_to_add) {
    char *other = temporary_write(root, "other.md", "# [E] What is z?\n\nThe last letter.\n");
    free(CLI(0, "import", "--db", database, bank));
    CLI_SAYS(0, ": 1 added, 0 changed, 0 renamed, 0 unchanged, 0 removed", "import", "--db",
             database, "--add", other);
    CLI_SAYS(0, "sound (4 questions", "check", "--db", database);
    CLI_SAYS(0, ": 0 added, 0 changed, 0 renamed, 1 unchanged, 3 removed", "import", "--db",
             database, other);
    CLI_SAYS(0, "sound (1 question,", "check", "--db", database);
    free(other);
}

Test(cli_import, lets_a_question_move_to_an_earlier_file_of_the_run) {
    char *first = temporary_write(root, "first.md", "# [E] What is x?\n\nOne.\n");
    char *second = temporary_write(root, "second.md", "# [E] What moves?\n\nThis.\n");
    free(CLI(0, "import", "--db", database, first, second));
    free(temporary_write(root, "first.md",
                         "# [E] What is x?\n\nOne.\n\n# [E] What moves?\n\nThis.\n"));
    free(temporary_write(root, "second.md", "# [E] What stays away?\n\nNothing.\n"));
    CLI_SAYS(0, ": 1 added, 1 changed, 0 renamed, 1 unchanged, 0 removed; 0 warnings", "import",
             "--db", database, "--add", first, second);
    free(second);
    free(first);
}

Test(cli_import, in_a_dry_run_stores_nothing) {
    CLI_SAYS(0, "; dry run, nothing was stored\n", "import", "--db", database, "--dry-run", bank);
    cr_expect_neq(access(database, F_OK), 0, "the database was made");
    free(CLI(0, "import", "--db", database, file));
    char *before = cli_check(database);
    CLI_SAYS(0, ": 1 added, 0 changed, 0 renamed, 2 unchanged, 0 removed", "import", "--db",
             database, "--dry-run", bank);
    char *after = cli_check(database);
    cr_expect_str_eq(after, before);
    free(before);
    free(after);
}

Test(cli_import, reads_standard_input) {
    static const char text[] = "# [E] What is a?\n\nThe first letter.\n";
    struct process_options options = {.input = text, .input_size = strlen(text)};
    char *said = cli_run(
        0, &options, (const char *const[]){QBANK_PROGRAM, "import", "--db", database, "-", NULL});
    cr_expect_not_null(strstr(said, "1 source, 1 question (1 easy, 0 medium, 0 hard): 1 added"));
    free(said);
}

Test(cli_import, knows_a_source_by_its_path_below_what_was_given) {
    free(CLI(0, "import", "--db", database, bank));
    char *dotted = temporary_path(root, "bank/more/../../bank/");
    CLI_SAYS(0, "3 unchanged, 0 removed", "import", "--db", database, dotted);
    free(dotted);
}

Test(cli_import, makes_the_directory_of_the_database) {
    char *deep = temporary_path(root, "data/deep/qbank.db");
    free(CLI(0, "import", "--db", deep, bank));
    CLI_SAYS(0, "sound (3 questions", "check", "--db", deep);
    char *directory = temporary_path(root, "data");
    struct stat status;
    cr_assert_eq(stat(directory, &status), 0);
    cr_expect_eq(status.st_mode & 0777, 0700);
    free(directory);
    free(deep);
}

/* The database of `environment`, seen from where it should be. */
static void expect_default(const char *const *environment, const char *expected) {
    struct process_options options = {.environment = environment};
    free(cli_run(0, &options, (const char *const[]){QBANK_PROGRAM, "import", bank, NULL}));
    char *path = temporary_path(root, expected);
    CLI_SAYS(0, "sound (3 questions", "check", "--db", path);
    free(path);
}

Test(cli_import, finds_the_database_by_the_environment) {
    char own[512], data[512], home[512];
    snprintf(own, sizeof(own), "QBANK_DB=%s/own.db", root);
    snprintf(data, sizeof(data), "XDG_DATA_HOME=%s/data", root);
    snprintf(home, sizeof(home), "HOME=%s/home", root);
    expect_default((const char *const[]){own, data, home, NULL}, "own.db");
    expect_default((const char *const[]){"QBANK_DB", data, home, NULL}, "data/qbank/qbank.db");
    expect_default((const char *const[]){"QBANK_DB=", "XDG_DATA_HOME=relative", home, NULL},
                   "home/.local/share/qbank/qbank.db");
}

Test(cli_import, goes_on_after_an_error_and_reports_them_all) {
    write_bank("bad.md", "# [E] What?\n\n\xff\n");
    write_bank("worse.md", "# [E] What?\n\n\xfe\n");
    char *said = CLI(1, "import", "--db", database, bank);
    cr_expect_not_null(strstr(said, "bank/bad.md:3:1: error: "), "%s", said);
    cr_expect_not_null(strstr(said, "bank/worse.md:3:1: error: "), "%s", said);
    cr_expect_not_null(strstr(said, "2 errors: nothing was imported, the database is as it was"));
    free(said);
}

Test(cli_import, stops_at_warnings_when_strict) {
    write_bank("again.md", "# [E] What is a?\n\nA letter.\n\n# Empty section\n\nText.\n");
    CLI_SAYS(0, ": warning: ", "lint", bank);
    CLI_SAYS(1, "under --strict: nothing was imported", "import", "--db", database, "--strict",
             bank);
    CLI_SAYS(1, ": warning: ", "lint", "--strict", bank);
    CLI_SAYS(0, ": 4 added", "import", "--db", database, bank);
}

Test(cli_import, says_in_json_what_it_says_in_text) {
    write_bank("new\nline.md", "# [E] What is e?\n\nA letter.\n\n# Empty section\n\nText.\n");
    struct process_result result =
        process_qbank("import", "--db", database, "--format", "json", bank);
    cr_expect_eq(result.status, 0);
    cr_expect_str_eq(result.err, "");
    json_t *report = json_loadb(result.out, result.out_size, JSON_REJECT_DUPLICATES, NULL);
    cr_assert_not_null(report, "%s", result.out);
    const char *path, *severity, *code, *text;
    int line, sources, easy, total, added, warnings;
    cr_assert_eq(json_unpack(report, "{s:[{s:s, s:i, s:s, s:s, s:s}]}", "diagnostics", "path",
                             &path, "line", &line, "severity", &severity, "code", &code, "text",
                             &text),
                 0, "%s", result.out);
    cr_expect_not_null(strstr(path, "bank/new\nline.md"), "%s", path);
    cr_expect_eq(line, 5);
    cr_expect_str_eq(severity, "warning");
    cr_assert_eq(json_unpack(report, "{s:{s:i, s:{s:i, s:i}, s:i, s:i}}", "summary", "sources",
                             &sources, "questions", "easy", &easy, "total", &total, "added", &added,
                             "warnings", &warnings),
                 0, "%s", result.out);
    cr_expect(sources == 3 && easy == 2 && total == 4 && added == 4 && warnings == 1);
    json_decref(report);
    process_result_free(&result);
}

Test(cli_import, lints_without_a_database) {
    struct process_result result = process_qbank("lint", bank);
    cr_expect_eq(result.status, 0);
    cr_expect_str_eq(result.err, "");
    cr_expect_str_eq(result.out, "2 sources, 3 questions (1 easy, 1 medium, 1 hard); 0 warnings\n");
    process_result_free(&result);
}

Test(cli_import, lint_sees_what_only_the_whole_bank_shows) {
    write_bank("z.md", "# [E] What is a?\n\nThe same question.\n");
    CLI_SAYS(0, "z.md:1:", "lint", bank);
    CLI_SAYS(0, "[duplicate-question]", "lint", bank);
}
