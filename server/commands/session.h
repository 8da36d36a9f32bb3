/* An import as the receiver of sources. It begins when the first source has been read, so that it
 * holds no lock while it waits for that one; a database that is not there yet is made when the
 * first source has been parsed without an error. */
#ifndef QBANK_SERVER_COMMANDS_SESSION_H
#define QBANK_SERVER_COMMANDS_SESSION_H

#include "db/import.h"
#include "server/commands/report.h"
#include "server/commands/sources.h"

struct session {
    const char *command;  /* begins its messages: "qbank import" */
    const char *database; /* path; STORE_SCRATCH_PATH: what is taken is thrown away */
    struct import_options options;
    const struct report *report;
    struct store *store;
    struct import *import;
    bool failed;  /* the reason has been printed */
    bool refused; /* two sources cannot stand in one bank: nothing more is taken */
};

/* Where the session takes its sources from. */
struct source_sink session_sink(struct session *session);

/* Commits. False after a printed error; the database is as it was then. */
bool session_commit(struct session *session, struct import_summary *ret_summary);

/* Rolls back what has not been committed, and closes the database. */
void session_end(struct session *session);

#endif
