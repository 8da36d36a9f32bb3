/* The options of `qbank export`. */
#ifndef QBANK_SERVER_COMMANDS_EXPORT_OPTIONS_H
#define QBANK_SERVER_COMMANDS_EXPORT_OPTIONS_H

#include "db/store.h"
#include "server/export/stream.h"

struct export_options {
    const char *database; /* NULL: not given */
    const char *output;   /* NULL: standard output */
    const char *markup;   /* the name of choice.form.markup; NULL: not given */
    struct export_choice choice;
    struct question_filter filter; /* its lists are owned, their strings are not */
};

/* Reads argv; argv[0] begins the messages. False: there is nothing more to do, *ret_status is the
 * exit status, and nothing is left to free. */
bool export_options_read(int argc, char **argv, struct export_options *ret_options,
                         int *ret_status);
void export_options_free(struct export_options *options);

#endif
