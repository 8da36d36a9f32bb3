/* An import as the receiver of parsed sources. It opens the database with the first source it is
 * given, so that a run that fails before has not touched it, and holds no lock while the first
 * source is read. */
#ifndef QBANK_SERVER_COMMANDS_SESSION_H
#define QBANK_SERVER_COMMANDS_SESSION_H

#include "db/import.h"
#include "server/commands/files.h"
#include "server/commands/report.h"

struct session {
    const char *command;  /* begins its messages: "qbank import" */
    const char *database; /* path; STORE_SCRATCH_PATH: what is taken is thrown away */
    struct import_options options;
    const struct report *report;
    struct store *store;
    struct import *import;
    bool refused; /* two sources cannot stand in one bank: nothing more is taken */
};

/* A source_taker (server/commands/sources.h). */
bool session_take(void *session, const struct source_files *all, const char *name,
                  struct document *document);

/* Commits. False after a printed error; the database is as it was then. */
bool session_commit(struct session *session, struct import_summary *ret_summary);

/* Rolls back what has not been committed, and closes the database. */
void session_end(struct session *session);

#endif
