#include "tests/lib/cli.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *cli_run(int status, const struct process_options *options, const char *const *arguments) {
    struct process_result result = process_run(arguments, options);
    char *said = NULL;
    cr_assert(asprintf(&said, "%s%s", result.out, result.err) >= 0);
    cr_assert_eq(result.status, status, "exit status %d, not %d: %s", result.status, status, said);
    process_result_free(&result);
    return said;
}

void cli_says(int status, const char *fragment, const char *const *arguments) {
    char *said = cli_run(status, NULL, arguments);
    cr_assert(strstr(said, fragment) != NULL, "expected '%s', got '%s'", fragment, said);
    free(said);
}

char *cli_check(const char *database) {
    return CLI(0, "check", "--db", database);
}
