/* The options of commands, read in one way; and what those of import, lint and check say. */
#ifndef QBANK_SERVER_COMMANDS_OPTIONS_H
#define QBANK_SERVER_COMMANDS_OPTIONS_H

#include <getopt.h>

#include "server/commands/commands.h"

struct options {
    const char *database; /* NULL: not given */
    bool add, dry_run, strict;
    enum output_format format;
    char *const *arguments; /* what is left, `argument_count` of them */
    size_t argument_count;
};

/* Rows of a command's table, which ends with {0}. */
#define OPTION_DATABASE                                                                            \
    { "db", required_argument, NULL, 'd' }
#define OPTION_ADD                                                                                 \
    { "add", no_argument, NULL, 'a' }
#define OPTION_DRY_RUN                                                                             \
    { "dry-run", no_argument, NULL, 'n' }
#define OPTION_STRICT                                                                              \
    { "strict", no_argument, NULL, 's' }
#define OPTION_FORMAT                                                                              \
    { "format", required_argument, NULL, 'f' }
#define OPTION_HELP                                                                                \
    { "help", no_argument, NULL, 'h' }

/* Takes an option of the table, whose argument is in `optarg`; false after a printed error. */
typedef bool option_take(void *context, int option, const char *command);

/* Goes through argv by a table that has OPTION_HELP; argv[0] begins the messages. What is left
 * stands from `optind` on. False: there is nothing more to do, and *ret_status is the exit status:
 * `help` was asked for and printed, or the usage was wrong. */
bool options_take_all(int argc, char **argv, const struct option *table, const char *help,
                      option_take *take, void *context, int *ret_status);

/* The same for import, lint and check. */
bool options_parse(int argc, char **argv, const struct option *table, const char *help,
                   struct options *ret_options, int *ret_status);

/* What a variable of the environment says; `otherwise` where it is unset or empty. */
const char *options_environment(const char *name, const char *otherwise);

/* Takes getopt's argument as the name of a file; false after a printed error where it is empty. */
bool options_take_file(const char **place, const char *command, const char *option);

/* Prints an error about the usage, with where to find help; returns EXIT_STATUS_USAGE. */
__attribute__((format(printf, 2, 3))) int options_misused(const char *command, const char *format,
                                                          ...);

#endif
