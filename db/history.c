#include "db/history.h"

#include <stdlib.h>

#include "db/catalog_internal.h"
#include "db/changes.h"
#include "db/store_internal.h"

static enum store_status add_keys(struct store *store, struct changes *changes) {
    struct connection *connection = store->pinned;
    QUERY query = connection_query(connection, STATEMENT_CHANGED_KEYS,
                                   VALUES(value_integer(changes->serial)));
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW) {
        uint32_t position;
        if (catalog_find_key(store->catalog, (uint32_t)sqlite3_column_int64(query, 0), &position))
            position_set_add(&changes->set, position);
    }
    return connection_finish(connection, STATEMENT_CHANGED_KEYS, code);
}

void changes_free(struct changes *changes) {
    if (changes == NULL) return;
    position_set_free(&changes->set);
    free(changes);
}

/* Collects what changed after the serial, unless that is what the store has at hand. */
static enum store_status collect(struct store *store, int64_t serial,
                                 const struct changes **ret_changes) {
    if (store->changes == NULL || store->changes->serial != serial) {
        struct changes *changes = calloc(1, sizeof(*changes));
        if (changes == NULL || !position_set_init(&changes->set, store->catalog->count)) {
            free(changes);
            return store_fail(store, STORE_ERROR, "out of memory");
        }
        changes->serial = serial;
        enum store_status status = add_keys(store, changes);
        if (status != STORE_OK) {
            changes_free(changes);
            return status;
        }
        position_set_seal(&changes->set);
        changes_free(store->changes);
        store->changes = changes;
    }
    *ret_changes = store->changes;
    return STORE_OK;
}

static enum store_status collect_since(struct store *store, enum statement statement,
                                       struct value point, const struct changes **ret_changes) {
    int64_t serial;
    enum store_status status = connection_integer(store->pinned, statement, &serial, 1, &point);
    if (status == STORE_NO_ROW) return STORE_UNKNOWN_PAST;
    return status == STORE_OK ? collect(store, serial, ret_changes) : status;
}

enum store_status store_changes_since_revision(struct store *store, const char *revision,
                                               const struct changes **ret_changes) {
    return collect_since(store, STATEMENT_SERIAL_OF_REVISION, value_text(revision), ret_changes);
}

/* Before the first import there was nothing, and the bank remembers that: all of it is new, what is
 * older than the memory of changes (serial 0) too. */
enum store_status store_changes_since_time(struct store *store, int64_t seconds,
                                           const struct changes **ret_changes) {
    int64_t first;
    enum store_status status =
        collect_since(store, STATEMENT_SERIAL_AT_TIME, value_integer(seconds), ret_changes);
    if (status != STORE_UNKNOWN_PAST) return status;
    status = connection_integer(store->pinned, STATEMENT_SERIAL_FIRST, &first, NO_VALUES);
    if (status == STORE_OK && first == 1) return collect(store, -1, ret_changes);
    return status == STORE_OK ? STORE_UNKNOWN_PAST : status;
}

enum store_status store_removed_since(struct store *store, const struct changes *changes,
                                      void (*take)(void *context, const char *id), void *context) {
    struct connection *connection = store->pinned;
    QUERY query =
        connection_query(connection, STATEMENT_REMOVED_IDS, VALUES(value_integer(changes->serial)));
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW) {
        const char *id = (const char *)sqlite3_column_text(query, 0);
        if (id == NULL) return connection_out_of_memory(connection);
        take(context, id);
    }
    return connection_finish(connection, STATEMENT_REMOVED_IDS, code);
}
