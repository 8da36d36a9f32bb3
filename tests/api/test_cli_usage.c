#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/cli.h"

static const char *const commands[] = {"import", "lint", "serve", "check"};
enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) };

Test(cli_usage, without_a_command_the_help_goes_to_standard_error) {
    struct process_result result = process_run((const char *const[]){QBANK_PROGRAM, NULL}, NULL);
    cr_expect_eq(result.status, 2);
    cr_expect_str_eq(result.out, "");
    cr_expect_not_null(strstr(result.err, "Usage: qbank COMMAND"));
    process_result_free(&result);
}

Test(cli_usage, help_lists_every_command) {
    char *help = CLI(0, "--help");
    for (int i = 0; i < COMMAND_COUNT; i++)
        cr_expect_not_null(strstr(help, commands[i]), "%s", commands[i]);
    char *same = CLI(0, "help");
    cr_expect_str_eq(same, help);
    free(same);
    same = CLI(0, "help", "help");
    cr_expect_str_eq(same, help);
    free(help);
    free(same);
}

Test(cli_usage, every_command_has_help_on_standard_output) {
    for (int i = 0; i < COMMAND_COUNT; i++) {
        struct process_result result = process_qbank(commands[i], "--help");
        cr_expect_eq(result.status, 0, "%s", commands[i]);
        cr_expect_eq(strncmp(result.out, "Usage: qbank ", 13), 0, "%s: %s", commands[i],
                     result.out);
        cr_expect_str_eq(result.err, "");
        char *same = CLI(0, "help", commands[i]);
        cr_expect_str_eq(same, result.out);
        free(same);
        process_result_free(&result);
    }
}

Test(cli_usage, version) {
    CLI_SAYS(0, "qbank " QBANK_VERSION "\n", "--version");
    CLI_SAYS(0, "qbank " QBANK_VERSION "\n", "-V");
}

Test(cli_usage, an_unknown_command_gets_a_suggestion) {
    CLI_SAYS(2, "qbank: there is no command 'imprt': do you mean 'import'?\n", "imprt");
    CLI_SAYS(2, "qbank: there is no command 'frobnicate'\n", "frobnicate");
    CLI_SAYS(2, "qbank: there is no command 'lnt': do you mean 'lint'?\n", "help", "lnt");
    CLI_SAYS(2, "qbank: there is no option '--frob'\n", "--frob");
}

Test(cli_usage, mistakes_name_the_command_and_where_to_find_help) {
    CLI_SAYS(2, "qbank import: no PATH given", "import");
    CLI_SAYS(2, "Try 'qbank import --help' for more information.\n", "import");
    CLI_SAYS(2, "qbank lint: no PATH given", "lint", "--strict");
    CLI_SAYS(2, "qbank lint: unrecognized option '--db'", "lint", "--db", "x");
    CLI_SAYS(2, "qbank import: unrecognized option '--frob'", "import", "--frob", "x");
    CLI_SAYS(2, "qbank import: --format is text or json, not 'xml'", "import", "--format", "xml",
             "x");
    CLI_SAYS(2, "qbank import: option '--db' requires an argument", "import", "--db");
    CLI_SAYS(2, "qbank import: --db needs the name of a file", "import", "--db", "", "x");
    CLI_SAYS(2, "qbank serve: --db needs the name of a file", "serve", "--db", "");
    CLI_SAYS(2, "qbank check: unexpected argument 'x'", "check", "x");
}

Test(cli_usage, output_that_cannot_be_written_is_an_error) {
    struct process_options options = {.out_path = "/dev/full"};
    char *said = cli_run(1, &options, (const char *const[]){QBANK_PROGRAM, "--version", NULL});
    cr_expect_str_eq(said, "qbank: cannot write to standard output: No space left on device\n");
    free(said);
}
