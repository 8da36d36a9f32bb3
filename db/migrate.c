#include "db/migrate.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#include "db/code.h"

__attribute__((format(printf, 3, 4))) static enum store_status
explain(char **ret_error, enum store_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(ret_error, format, arguments) < 0) *ret_error = NULL;
    va_end(arguments);
    return status;
}

static enum store_status explain_sqlite(sqlite3 *database, const char *path, char **ret_error) {
    int code = sqlite3_errcode(database);
    if (code == SQLITE_NOTADB)
        return explain(ret_error, STORE_REFUSED,
                       "%s: not an SQLite database: name another file with --db", path);
    if ((code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY)
        return explain(ret_error, STORE_ERROR,
                       "%s: cannot read the database: its directory must be writable, since SQLite "
                       "keeps the -wal and -shm files there",
                       path);
    return explain(ret_error, code_status(code), "%s: cannot read the database: %s", path,
                   sqlite3_errmsg(database));
}

/* Returns SQLITE_OK, or the code of what went wrong. */
static int query_integer(sqlite3 *database, const char *sql, int *ret_value) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(database, sql, -1, &statement, NULL);
    if (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        *ret_value = sqlite3_column_int(statement, 0);
    int finished = sqlite3_finalize(statement);
    return code != SQLITE_OK ? code : finished;
}

int migrate_newest_version(void) {
    return migrations[migration_count - 1].version;
}

enum store_status migrate_identify(sqlite3 *database, const char *path, int *ret_version,
                                   char **ret_error) {
    int application = 0, version = 0, objects = 0;
    /* One snapshot: another program may be making the schema at this moment. */
    if (sqlite3_exec(database, "BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
        query_integer(database, "PRAGMA application_id", &application) != SQLITE_OK ||
        query_integer(database, "PRAGMA user_version", &version) != SQLITE_OK ||
        query_integer(database, "SELECT count(*) FROM sqlite_schema", &objects) != SQLITE_OK ||
        sqlite3_exec(database, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        return explain_sqlite(database, path, ret_error);
    bool empty = application == 0 && version == 0 && objects == 0;
    if (!empty && application != MIGRATE_APPLICATION_ID)
        return explain(ret_error, STORE_REFUSED,
                       "%s: a database of another program: name another file with --db", path);
    if (version > migrate_newest_version())
        return explain(ret_error, STORE_REFUSED,
                       "%s: written by a newer qbank (schema %d, this program knows %d): use that "
                       "qbank, or name another file with --db",
                       path, version, migrate_newest_version());
    *ret_version = version;
    return STORE_OK;
}

/* Applies one migration, unless another program was faster. */
static int apply(sqlite3 *database, const struct migration *migration) {
    char pragmas[96];
    snprintf(pragmas, sizeof(pragmas), "PRAGMA application_id = %d; PRAGMA user_version = %d",
             MIGRATE_APPLICATION_ID, migration->version);
    int version = 0;
    int code = sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (code != SQLITE_OK) return code;
    code = query_integer(database, "PRAGMA user_version", &version);
    if (code == SQLITE_OK && version < migration->version) {
        code = sqlite3_exec(database, migration->sql, NULL, NULL, NULL);
        if (code == SQLITE_OK) code = sqlite3_exec(database, pragmas, NULL, NULL, NULL);
    }
    if (code == SQLITE_OK) code = sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
    return code;
}

enum store_status migrate_apply(sqlite3 *database, const char *path, int version,
                                char **ret_error) {
    for (size_t i = 0; i < migration_count; i++) {
        if (migrations[i].version <= version) continue;
        int code = apply(database, &migrations[i]);
        if (code == SQLITE_OK) continue;
        enum store_status status =
            explain(ret_error, code_status(code), "%s: cannot bring the schema up to date (%s): %s",
                    path, migrations[i].name, sqlite3_errmsg(database));
        if (!sqlite3_get_autocommit(database)) sqlite3_exec(database, "ROLLBACK", NULL, NULL, NULL);
        return status;
    }
    return STORE_OK;
}
