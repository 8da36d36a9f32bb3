/* The settings of `qbank serve`: flags over environment over defaults. */
#ifndef QBANK_SERVER_COMMANDS_SERVE_OPTIONS_H
#define QBANK_SERVER_COMMANDS_SERVE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "server/commands/access.h"

enum { SERVE_WORKERS_MAX = 256 };

struct serve_options {
    const char *database; /* NULL: not given on the command line */
    const char *listen;
    unsigned workers;
    size_t cache_size; /* bytes */
    struct access access;
    bool access_log;
    bool no_bulk_answers;
    char **imports; /* the list is owned, its strings are not */
    size_t import_count;
};

/* Reads the environment and argv. False: there is nothing more to do, *ret_status is the exit
 * status (--help, or wrong usage after a printed error), and nothing is left to free. */
bool serve_options_read(int argc, char **argv, struct serve_options *ret_options, int *ret_status);
void serve_options_free(struct serve_options *options);

#endif
