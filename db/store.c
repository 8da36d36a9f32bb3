#include "db/store.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/catalog_internal.h"
#include "db/changes.h"
#include "db/search_scan.h"
#include "db/store_internal.h"

enum store_status store_fail(struct store *store, enum store_status status, const char *format,
                             ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(store->error, sizeof(store->error), format, arguments);
    va_end(arguments);
    return status;
}

/* Reading through the map saves a system call and a copy for each page, but the pages that were
 * touched stay resident: so a small database is mapped whole, and of a large one no more than half
 * the memory, the other half keeps pages of the rest. */
enum store_status store_set_cache(struct store *store, size_t bytes) {
    store->cache = bytes;
    enum store_status status = connection_set_cache(store->latest, bytes / 2, bytes / 2);
    if (status != STORE_OK || store->pinned == NULL) return status;
    return connection_set_cache(store->pinned, bytes / 2, bytes / 2);
}

static enum store_status open_connections(struct store *store, char **ret_error) {
    bool writer = store->mode == STORE_WRITE;
    enum store_status status =
        connection_open(store->path, writer, store->error, &store->latest, ret_error);
    if (status == STORE_OK && !writer)
        status = connection_open(store->path, writer, store->error, &store->pinned, ret_error);
    if (status != STORE_OK) return status;
    status = store_set_cache(store, STORE_CACHE_DEFAULT);
    if (status != STORE_OK) *ret_error = strdup(store->error);
    return status;
}

enum store_status store_open(const char *path, enum store_mode mode, struct store **ret_store,
                             char **ret_error) {
    struct store *store = calloc(1, sizeof(*store));
    if (store != NULL) store->path = strdup(path);
    if (store == NULL || store->path == NULL) {
        free(store);
        *ret_error = strdup("out of memory");
        return STORE_ERROR;
    }
    store->mode = mode;
    store->users = 1;
    enum store_status status = open_connections(store, ret_error);
    if (status != STORE_OK) {
        store_close(store);
        return status;
    }
    stat(path, &store->file);
    store_has_changed(store); /* what is there now is no change */
    *ret_store = store;
    return STORE_OK;
}

void store_close(struct store *store) {
    if (store == NULL || --store->users > 0) return;
    pack_reader_close(&store->packs);
    connection_close(store->pinned);
    connection_close(store->latest);
    catalog_unref(store->catalog);
    changes_free(store->changes);
    free(store->path);
    free(store);
}

struct store *store_share(struct store *store) {
    store->users++;
    return store;
}

const char *store_error(const struct store *store) {
    return store->error;
}

enum store_status store_load_catalog(struct store *store, struct catalog **ret_catalog) {
    enum store_status status = catalog_load(store->latest, ret_catalog);
    connection_release_cache(store->latest); /* the whole bank went through it, and is done with */
    return status;
}

bool store_has_changed(struct store *store) {
    struct bank_version version = {0};
    if (version_read(store->latest, &version) != STORE_OK) return false;
    bool changed = version.serial != store->seen_serial;
    store->seen_serial = version.serial;
    return changed;
}

/* SQLite could tell only of the file that a link led to at first, not where the link leads. */
bool store_has_moved(const struct store *store) {
    struct stat file;
    if (stat(store->path, &file) != 0) return errno == ENOENT || errno == ENOTDIR;
    return file.st_ino != store->file.st_ino || file.st_dev != store->file.st_dev;
}

/* Serials tell the states of one database apart, revisions different ones. */
static bool is_same_version(const struct bank_version *a, const struct bank_version *b) {
    return a->serial == b->serial && strcmp(a->revision, b->revision) == 0;
}

/* The read that follows BEGIN fixes the snapshot: from here on the connection sees this bank only.
 */
static enum store_status begin_snapshot(struct store *store, const struct catalog *catalog) {
    struct bank_version version;
    enum store_status status = connection_run(store->latest, STATEMENT_BEGIN, NO_VALUES);
    if (status != STORE_OK) return status;
    status = version_read(store->latest, &version);
    if (status == STORE_OK && !is_same_version(&version, &catalog->version))
        status = store_fail(store, STORE_STALE, "the bank has another revision");
    if (status != STORE_OK) connection_run(store->latest, STATEMENT_ROLLBACK, NO_VALUES);
    return status;
}

enum store_status store_pin(struct store *store, struct catalog *catalog) {
    enum store_status status = begin_snapshot(store, catalog);
    if (status != STORE_OK) return status;
    pack_reader_close(&store->packs);
    struct connection *released = store->pinned;
    store->pinned = store->latest;
    store->latest = released;
    struct catalog *before = store->catalog;
    store->catalog = catalog_ref(catalog);
    search_scan_prepare(store);
    changes_free(store->changes);
    store->changes = NULL;
    if (before != NULL) connection_run(released, STATEMENT_ROLLBACK, NO_VALUES);
    connection_release_cache(released);
    catalog_unref(before);
    return STORE_OK;
}

/* Opens the same database in the same way. */
static enum store_status open_again(struct store *store, struct store **ret_store) {
    struct store *again;
    char *error = NULL;
    enum store_status status = store_open(store->path, store->mode, &again, &error);
    if (status == STORE_OK) {
        *ret_store = again;
        return store_set_cache(again, store->cache);
    }
    store_fail(store, status, "%s", error != NULL ? error : "out of memory");
    free(error);
    return status;
}

enum store_status store_move_on(struct store **store, struct catalog *catalog) {
    if ((*store)->users == 1) return store_pin(*store, catalog);
    struct store *next = NULL;
    enum store_status status = open_again(*store, &next);
    if (next == NULL) return status;
    if (status == STORE_OK) status = store_pin(next, catalog);
    if (status != STORE_OK) {
        store_fail(*store, status, "%s", store_error(next));
        store_close(next);
        return status;
    }
    store_close(*store);
    *store = next;
    return STORE_OK;
}

struct catalog *store_catalog(const struct store *store) {
    return store->catalog;
}

const char *store_revision(const struct store *store) {
    return catalog_revision(store->catalog);
}

enum store_status store_ping(struct store *store) {
    struct bank_version version;
    return version_read(store->latest, &version);
}

enum store_status store_select(struct store *store, const struct question_filter *filter,
                               struct selection *ret_selection, size_t *ret_index) {
    enum store_status status = selection_create(store->catalog, filter, ret_selection, ret_index);
    return status == STORE_ERROR ? store_fail(store, status, "out of memory") : status;
}
