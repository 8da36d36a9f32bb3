/* What a store is made of. Internal to db/. */
#ifndef QBANK_DB_STORE_INTERNAL_H
#define QBANK_DB_STORE_INTERNAL_H

#include <sys/stat.h>

#include "db/connection.h"
#include "db/pack_reader.h"
#include "db/selection.h"
#include "db/store.h"
#include "db/version.h"

enum { SEARCH_INDEX_COUNT = 2 };

/* A reader has two connections that change roles: one holds the snapshot that answers requests,
 * the other looks at the newest state, and becomes the pinned one once it has turned out to be of
 * the right revision. So a pin that fails leaves the old one as it was. */
struct store {
    enum store_mode mode;
    char *path;
    struct stat file;          /* that `path` led to at first */
    unsigned users;            /* who have to close it yet */
    size_t cache;              /* bytes */
    struct connection *latest; /* no transaction between calls; a writer's only one */
    struct connection *pinned; /* STORE_READ only; in a read transaction once there is a catalog */
    struct pack_reader packs;  /* of `pinned` */
    struct catalog *catalog;   /* what `pinned` is pinned to, or NULL */
    struct changes *changes;   /* what was asked for last (db/history.h), of the catalog; or NULL */
    int64_t lookup_steps[SEARCH_INDEX_COUNT]; /* of one word: see db/search_scan.h */
    int64_t seen_serial;                      /* as of the last store_has_changed() */
    char error[CONNECTION_ERROR_MAX];
};

/* Notes a failure in words of its own; returns `status`. */
__attribute__((format(printf, 3, 4))) enum store_status
store_fail(struct store *store, enum store_status status, const char *format, ...);

/* selection_create() on what the store is pinned to, with its failure noted. */
enum store_status store_select(struct store *store, const struct question_filter *filter,
                               struct selection *ret_selection, size_t *ret_index);

#endif
