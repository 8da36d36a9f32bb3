/* The workers: threads that share the port and the catalog, and nothing else. Each has its own
 * listening socket, HTTP daemon and read-only store. */
#ifndef QBANK_SERVER_WORKERS_H
#define QBANK_SERVER_WORKERS_H

#include <stdbool.h>

#include "server/publication.h"

/* Each worker has its share of the cache budget. How it is spent: half on answers that are ready to
 * be sent (server/http.h), a quarter on questions as JSON (server/items.h), a quarter on pages of
 * the database (db/store.h). */
enum { WORKERS_ANSWERS_PART = 2, WORKERS_ITEMS_PART = 4, WORKERS_PAGES_PART = 4 };

/* How long requests under way may take to finish when the server stops. */
enum { WORKERS_DRAIN_SECONDS = 5 };

/* The pace of clients (server/pace.h): 16 KiB/s, less than any line that is of use; and the time
 * that they may say nothing anyway. It bounds how long one can hold a connection, of which there
 * are so many, and how long an export still reads a bank that was replaced, for which the
 * database's log has to keep it. */
enum { WORKERS_PACE_SECONDS = 60, WORKERS_PACE_RATE = 16 * 1024 };

struct http_policy;
struct workers;

struct workers_settings {
    const char *database;
    const int *sockets; /* one for each worker: bound, listening, sharing one port */
    unsigned count;
    unsigned connections;             /* of each worker at once, at most */
    size_t cache_size;                /* bytes, of all workers together */
    const struct http_policy *policy; /* outlives the workers */
    bool access_log;
    bool bulk_answers;               /* see server/request.h */
    struct publication *publication; /* outlives the workers */
};

/* Starts the threads; they answer as soon as this returns. Takes the sockets over, whatever the
 * outcome. NULL: *ret_error is an owned line (NULL when memory ran out). Threads inherit the
 * caller's signal mask. */
struct workers *workers_start(const struct workers_settings *settings, char **ret_error);

/* Tells every worker to look at the publication at once. */
void workers_wake(struct workers *workers);

/* Stops accepting, lets requests under way finish for up to WORKERS_DRAIN_SECONDS, joins the
 * threads and frees. */
void workers_stop(struct workers *workers);

#endif
