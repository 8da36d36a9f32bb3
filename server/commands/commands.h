/* The subcommands of qbank, and what they share. */
#ifndef QBANK_SERVER_COMMANDS_COMMANDS_H
#define QBANK_SERVER_COMMANDS_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "db/status.h"

enum exit_status {
    EXIT_STATUS_OK = 0,
    EXIT_STATUS_FAILURE = 1, /* errors; under --strict warnings too */
    EXIT_STATUS_USAGE = 2
};

/* Each parses its own options and returns an exit status. argv[0] begins its messages: "qbank
 * import", say. */
int command_import(int argc, char **argv);
int command_lint(int argc, char **argv);
int command_check(int argc, char **argv);
int command_serve(int argc, char **argv);
int command_export(int argc, char **argv);

/* The database to use: `option` (the --db flag) if not NULL, else $QBANK_DB, else
 * $XDG_DATA_HOME/qbank/qbank.db, else $HOME/.local/share/qbank/qbank.db, else
 * /var/lib/qbank/qbank.db. Owned by the caller; NULL after a printed error. */
char *command_database_path(const char *option);

/* Pins a STORE_READ store to the newest bank. STORE_EMPTY: nothing has been imported yet; the store
 * is as it was. */
struct store;
enum store_status command_pin_newest(struct store *store);

/* Creates the directory that `path` stands in, with its parents, as the XDG base directory
 * specification wants it (mode 0700 for what is created). False after a printed error. */
bool command_create_directory(const char *path);

enum output_format { OUTPUT_TEXT, OUTPUT_JSON };

struct import_run {
    const char *database;
    bool add, dry_run, strict;
    enum output_format format;
};

/* Imports files and directories ("-": standard input): parses, prints diagnostics and the summary,
 * commits if nothing is in the way. Returns an exit status; after anything but EXIT_STATUS_OK the
 * database is as it was. */
int import_run(const struct import_run *run, char *const *paths, size_t path_count);

#endif
