/* `updated_since`: what came in or changed since a revision or a time. */
#ifndef QBANK_SERVER_SINCE_H
#define QBANK_SERVER_SINCE_H

#include "db/history.h"
#include "server/json_text.h"
#include "server/request.h"
#include "server/response.h"

struct since {
    bool given;
    const char *revision; /* NULL: a time */
    int64_t seconds;      /* since the epoch */
};

/* The revision lives as long as the request. */
enum problem since_read(const struct request *request, struct response *response,
                        struct since *ret_since);

/* The changes as a filter takes them (db/history.h); NULL where nothing is asked for. There must be
 * a bank. STORE_UNKNOWN_PAST: the bank does not remember that far. */
enum store_status since_find(const struct since *since, struct store *store,
                             const struct changes **ret_changes);

/* Appends the ids that are gone since then, as JSON: ,"removed":[…] */
enum store_status since_write_removed(const struct changes *changes, struct store *store,
                                      struct json_text *text);

#endif
