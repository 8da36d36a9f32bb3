/* What the tests of the command line share: run qbank, look at what it says, leave nothing behind.
 */
#ifndef QBANK_TESTS_LIB_CLI_H
#define QBANK_TESTS_LIB_CLI_H

#include "tests/lib/process.h"

/* Runs the program with these arguments and expects the exit status. Returns what it wrote to
 * standard output and standard error, one behind the other; owned. */
char *cli_run(int status, const struct process_options *options, const char *const *arguments);

#define CLI(status, ...)                                                                           \
    cli_run((status), NULL, (const char *const[]){QBANK_PROGRAM, __VA_ARGS__, NULL})

/* As CLI(), and expects `fragment` in what it says. */
#define CLI_SAYS(status, fragment, ...)                                                            \
    cli_says((status), (fragment), (const char *const[]){QBANK_PROGRAM, __VA_ARGS__, NULL})
void cli_says(int status, const char *fragment, const char *const *arguments);

/* What `qbank check` says of a sound database: its number of questions and its revision. Owned. */
char *cli_check(const char *database);

#endif
