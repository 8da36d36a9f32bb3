/* One SQLite connection with its pragmas and its prepared statements. Internal to db/.
 *
 * Statements are named, their parameters given as values: `connection_run()` for those without a
 * result, `connection_query()` and a loop over sqlite3_step() for those with one. Whatever fails
 * leaves its words in the error buffer that the connection was opened with. */
#ifndef QBANK_DB_CONNECTION_H
#define QBANK_DB_CONNECTION_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/statements.h"
#include "db/status.h"

enum { CONNECTION_ERROR_MAX = 256, CONNECTION_BUSY_TIMEOUT_MS = 5000 };

struct connection {
    sqlite3 *handle;
    sqlite3_stmt *statements[STATEMENT_COUNT]; /* NULL where the mode has no use for it */
    char *error;                               /* CONNECTION_ERROR_MAX bytes, not owned */
};

/* A parameter of a statement. Text, blobs and pointers are borrowed until the statement is
 * released. */
struct value {
    enum { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT, VALUE_BLOB, VALUE_POINTER } type;
    int64_t integer;
    const void *bytes;
    size_t size; /* of a blob */
};

static inline struct value value_integer(int64_t integer) {
    return (struct value){.type = VALUE_INTEGER, .integer = integer};
}
static inline struct value value_text(const char *text) { /* NULL text is the NULL value */
    return (struct value){.type = text == NULL ? VALUE_NULL : VALUE_TEXT, .bytes = text};
}
static inline struct value value_blob(const void *bytes, size_t size) {
    return (struct value){.type = VALUE_BLOB, .bytes = bytes, .size = size};
}
/* For a function of our own, which takes it with sqlite3_value_pointer(value, VALUE_POINTER_TYPE).
 */
#define VALUE_POINTER_TYPE "qbank"
static inline struct value value_pointer(void *pointer) {
    return (struct value){.type = VALUE_POINTER, .bytes = pointer};
}
static inline struct value value_null(void) {
    return (struct value){.type = VALUE_NULL};
}

/* The parameters of a statement: VALUES(value_integer(key), value_text(id)). */
#define VALUES(...)                                                                                \
    sizeof((struct value[]){__VA_ARGS__}) / sizeof(struct value), (struct value[]) {               \
        __VA_ARGS__                                                                                \
    }
#define NO_VALUES 0, NULL

/* A query in hand: released (reset, parameters dropped) when it goes out of scope, so that no
 * forgotten statement holds its snapshot. */
#define QUERY __attribute__((cleanup(connection_release))) sqlite3_stmt *
void connection_release(sqlite3_stmt **query);

/* Opens the file and sets the pragmas. The schema is checked, and brought up to date by a writer,
 * before the statements are prepared. On anything but STORE_OK, *ret_error is an owned message.
 * `error` must outlive the connection. */
enum store_status connection_open(const char *path, bool writer, char *error,
                                  struct connection **ret_connection, char **ret_error);
void connection_close(struct connection *connection); /* accepts NULL */

/* Bounds the memory for pages of the database, in bytes: how much of the file is mapped, from its
 * beginning, and how many pages of the rest are kept. Not within a transaction. */
enum store_status connection_set_cache(struct connection *connection, size_t mapped, size_t kept);

/* Gives back what is kept beside the map. */
void connection_release_cache(struct connection *connection);

/* Notes the last failure of SQLite under the name of what was tried; returns its status. */
enum store_status connection_fail(struct connection *connection, const char *what);

/* Notes that memory ran out; returns STORE_ERROR. */
enum store_status connection_out_of_memory(struct connection *connection);

/* The statement with its parameters bound, ready to step, or NULL (noted). */
sqlite3_stmt *connection_query(struct connection *connection, enum statement statement,
                               size_t count, const struct value *values);

/* Call with the result of the step that ended a loop: STORE_OK if it was SQLITE_DONE. */
enum store_status connection_finish(struct connection *connection, enum statement statement,
                                    int code);

/* Runs a statement to its end, ignoring rows. */
enum store_status connection_run(struct connection *connection, enum statement statement,
                                 size_t count, const struct value *values);

/* The first column of the first row; STORE_NO_ROW where there is none. */
enum store_status connection_integer(struct connection *connection, enum statement statement,
                                     int64_t *ret_value, size_t count, const struct value *values);

#endif
