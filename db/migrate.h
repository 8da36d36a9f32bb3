/* The schema: which database this is, and how it comes up to date. */
#ifndef QBANK_DB_MIGRATE_H
#define QBANK_DB_MIGRATE_H

#include <sqlite3.h>
#include <stddef.h>

#include "db/status.h"

/* "qbnk": marks a file as ours in its header (PRAGMA application_id). */
enum { MIGRATE_APPLICATION_ID = 0x71626e6b };

/* One file of migrations/, embedded at build time. Numbered from 1 without a gap; `version` is
 * what PRAGMA user_version says once it has been applied. */
struct migration {
    int version;
    const char *name;
    const char *sql;
};
extern const struct migration migrations[];
extern const size_t migration_count;

/* Looks at an open database without writing anything. STORE_OK: ours, *ret_version is its schema's
 * (0: an empty file). STORE_REFUSED: not a qbank database, or of a newer schema than this program
 * knows. STORE_ERROR, STORE_BUSY: it could not be read. On anything but STORE_OK, *ret_error is an
 * owned message that names `path` and says what to do. */
enum store_status migrate_identify(sqlite3 *database, const char *path, int *ret_version,
                                   char **ret_error);

/* Brings an identified database up to the newest schema: each migration is one transaction that
 * contains its version number, so that a crash leaves an older schema but never half a one. Two
 * programs may do it at the same time. `version` is what migrate_identify() returned; errors as
 * there. */
enum store_status migrate_apply(sqlite3 *database, const char *path, int version, char **ret_error);

/* The version of the newest migration. */
int migrate_newest_version(void);

#endif
