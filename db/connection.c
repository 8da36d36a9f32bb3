#include "db/connection.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/code.h"
#include "db/migrate.h"
#include "db/search_rank.h"
#include "db/store.h"

static const char reader_pragmas[] = "PRAGMA query_only = ON;";
static const char writer_pragmas[] = "PRAGMA journal_mode = WAL;";

/* The import's scratch tables (see import_rename.c and import.c): statements over them are prepared
 * with all the others, so they stand as long as the connection. */
static const char writer_tables[] =
    "CREATE TEMP TABLE attempts (kind INTEGER NOT NULL, name TEXT NOT NULL, next INTEGER NOT NULL,"
    " PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;"
    "CREATE TEMP TABLE fresh (question INTEGER PRIMARY KEY, source INTEGER NOT NULL,"
    " section INTEGER NOT NULL, ordinal INTEGER NOT NULL, answer INTEGER) STRICT;"
    "CREATE INDEX temp.fresh_by_answer ON fresh (source, section, answer, ordinal);"
    "CREATE TEMP TABLE fresh_words (word INTEGER NOT NULL, source INTEGER NOT NULL,"
    " question INTEGER NOT NULL, PRIMARY KEY (word, source, question)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX temp.fresh_words_by_question ON fresh_words (question);";

enum store_status connection_fail(struct connection *connection, const char *what) {
    enum store_status status = code_status(sqlite3_extended_errcode(connection->handle));
    snprintf(connection->error, CONNECTION_ERROR_MAX, "%s: %s", what,
             sqlite3_errmsg(connection->handle));
    return status == STORE_OK ? STORE_ERROR : status;
}

enum store_status connection_out_of_memory(struct connection *connection) {
    snprintf(connection->error, CONNECTION_ERROR_MAX, "out of memory");
    return STORE_ERROR;
}

void connection_release(sqlite3_stmt **query) {
    if (*query == NULL) return;
    sqlite3_reset(*query);
    sqlite3_clear_bindings(*query);
    *query = NULL;
}

static int bind(sqlite3_stmt *statement, int place, const struct value *value) {
    switch (value->type) {
    case VALUE_INTEGER:
        return sqlite3_bind_int64(statement, place, value->integer);
    case VALUE_TEXT:
        return sqlite3_bind_text(statement, place, value->bytes, -1, SQLITE_STATIC);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(statement, place, value->bytes, value->size, SQLITE_STATIC);
    case VALUE_POINTER:
        return sqlite3_bind_pointer(statement, place, (void *)value->bytes, VALUE_POINTER_TYPE,
                                    NULL);
    case VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(statement, place);
}

sqlite3_stmt *connection_query(struct connection *connection, enum statement statement,
                               size_t count, const struct value *values) {
    sqlite3_stmt *query = connection->statements[statement];
    for (size_t i = 0; i < count; i++) {
        if (bind(query, (int)i + 1, &values[i]) == SQLITE_OK) continue;
        connection_fail(connection, statement_name(statement));
        connection_release(&query);
        return NULL;
    }
    return query;
}

enum store_status connection_finish(struct connection *connection, enum statement statement,
                                    int code) {
    if (code == SQLITE_DONE) return STORE_OK;
    return connection_fail(connection, statement_name(statement));
}

enum store_status connection_run(struct connection *connection, enum statement statement,
                                 size_t count, const struct value *values) {
    QUERY query = connection_query(connection, statement, count, values);
    if (query == NULL) return STORE_ERROR;
    int code;
    do code = sqlite3_step(query);
    while (code == SQLITE_ROW);
    return connection_finish(connection, statement, code);
}

enum store_status connection_integer(struct connection *connection, enum statement statement,
                                     int64_t *ret_value, size_t count, const struct value *values) {
    QUERY query = connection_query(connection, statement, count, values);
    if (query == NULL) return STORE_ERROR;
    int code = sqlite3_step(query);
    if (code == SQLITE_DONE) return STORE_NO_ROW;
    if (code != SQLITE_ROW) return connection_finish(connection, statement, code);
    *ret_value = sqlite3_column_int64(query, 0);
    return STORE_OK;
}

static enum store_status prepare_statements(struct connection *connection, bool writer) {
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        if (statement_is_writing((enum statement)i) && !writer) continue;
        if (sqlite3_prepare_v3(connection->handle, statement_sql((enum statement)i), -1,
                               SQLITE_PREPARE_PERSISTENT, &connection->statements[i],
                               NULL) != SQLITE_OK)
            return connection_fail(connection, statement_name((enum statement)i));
    }
    return STORE_OK;
}

static enum store_status configure(struct connection *connection) {
    sqlite3 *handle = connection->handle;
    sqlite3_extended_result_codes(handle, 1);
    if (sqlite3_busy_timeout(handle, CONNECTION_BUSY_TIMEOUT_MS) != SQLITE_OK ||
        sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK ||
        sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) != SQLITE_OK ||
        sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL) != SQLITE_OK ||
        search_rank_register(handle) != SQLITE_OK)
        return connection_fail(connection, "configure");
    return STORE_OK;
}

static enum store_status execute(struct connection *connection, const char *what, const char *sql) {
    if (sqlite3_exec(connection->handle, sql, NULL, NULL, NULL) == SQLITE_OK) return STORE_OK;
    return connection_fail(connection, what);
}

/* A reader needs the schema as it is. */
static enum store_status expect_newest(const char *path, int version, char **ret_error) {
    if (version == migrate_newest_version()) return STORE_OK;
    if (asprintf(ret_error, "%s: %s: run `qbank import --db %s PATH…` first", path,
                 version == 0 ? "an empty database" : "the database of an older qbank", path) < 0)
        *ret_error = NULL;
    return STORE_REFUSED;
}

/* A writer makes the schema. SQLite opens a file that it may not write without a word. */
static enum store_status make_newest(struct connection *connection, const char *path, int version,
                                     char **ret_error) {
    if (sqlite3_db_readonly(connection->handle, "main") == 1) {
        snprintf(connection->error, CONNECTION_ERROR_MAX, "no permission to write the database");
        return STORE_ERROR;
    }
    enum store_status status = execute(connection, "write-ahead log", writer_pragmas);
    if (status != STORE_OK) return status;
    return migrate_apply(connection->handle, path, version, ret_error);
}

/* *ret_error may stay NULL where the connection's error says it all. */
static enum store_status check_schema(struct connection *connection, const char *path, bool writer,
                                      char **ret_error) {
    int version = 0;
    enum store_status status = migrate_identify(connection->handle, path, &version, ret_error);
    if (status != STORE_OK) return status;
    return writer ? make_newest(connection, path, version, ret_error)
                  : expect_newest(path, version, ret_error);
}

static enum store_status set_up(struct connection *connection, const char *path, bool writer,
                                char **ret_error) {
    enum store_status status = configure(connection);
    if (status == STORE_OK) status = check_schema(connection, path, writer, ret_error);
    if (status == STORE_OK)
        status = execute(connection, "pragmas", writer ? writer_tables : reader_pragmas);
    if (status == STORE_OK) status = prepare_statements(connection, writer);
    return status;
}

static const char *remedy_for(int cause, bool writer) {
    if (cause == EMFILE || cause == ENFILE) return "raise the limit of open files (ulimit -n)";
    if (cause == EACCES) return "check the permissions of the file and of its directories";
    return writer ? "check the directory and its permissions"
                  : "import questions first, or name another file with --db";
}

/* The words for a file that SQLite could not open at all. */
static enum store_status explain_open(sqlite3 *handle, const char *path, bool writer,
                                      char **ret_error) {
    int cause = handle == NULL ? 0 : sqlite3_system_errno(handle);
    const char *why = cause != 0 ? strerror(cause) : "cannot open the database file";
    if (asprintf(ret_error, "%s: %s: %s", path, why, remedy_for(cause, writer)) < 0)
        *ret_error = NULL;
    return STORE_ERROR;
}

/* SQLite gives a meaning of its own to ":memory:" and "file:…"; to us they are file names. */
static int open_file(const char *path, bool writer, sqlite3 **ret_handle) {
    int flags = writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    bool needs_prefix = path[0] != '/' && strcmp(path, STORE_SCRATCH_PATH) != 0;
    char *plain = NULL;
    if (asprintf(&plain, "%s%s", needs_prefix ? "./" : "", path) < 0) return SQLITE_NOMEM;
    int code = sqlite3_open_v2(plain, ret_handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    free(plain);
    return code;
}

/* How much memory SQLite has nobody asks, and to count it takes a lock at every allocation, which
 * all workers would share. It can be told so only before its first use. */
static void configure_library(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum store_status connection_open(const char *path, bool writer, char *error,
                                  struct connection **ret_connection, char **ret_error) {
    static pthread_once_t configured = PTHREAD_ONCE_INIT;
    pthread_once(&configured, configure_library);
    struct connection *connection = calloc(1, sizeof(*connection));
    *ret_error = connection == NULL ? strdup("out of memory") : NULL;
    if (connection == NULL) return STORE_ERROR;
    connection->error = error;
    enum store_status status;
    if (open_file(path, writer, &connection->handle) != SQLITE_OK)
        status = explain_open(connection->handle, path, writer, ret_error);
    else
        status = set_up(connection, path, writer, ret_error);
    if (status == STORE_OK) {
        *ret_connection = connection;
        return STORE_OK;
    }
    if (*ret_error == NULL && asprintf(ret_error, "%s: %s", path, error) < 0) *ret_error = NULL;
    connection_close(connection);
    return status;
}

enum store_status connection_set_cache(struct connection *connection, size_t mapped, size_t kept) {
    char pragmas[96];
    snprintf(pragmas, sizeof(pragmas), "PRAGMA mmap_size = %zu; PRAGMA cache_size = -%zu", mapped,
             kept / 1024);
    return execute(connection, "cache", pragmas);
}

void connection_release_cache(struct connection *connection) {
    sqlite3_db_release_memory(connection->handle);
}

void connection_close(struct connection *connection) {
    if (connection == NULL) return;
    for (int i = 0; i < STATEMENT_COUNT; i++) sqlite3_finalize(connection->statements[i]);
    sqlite3_close(connection->handle);
    free(connection);
}
