/* The yardstick of the import: what nobody who parses Markdown with md4c and fills these tables and
 * this full-text index through SQLite can do without. It parses the files and keeps nothing of
 * them; the schema and the rows are those of a database that qbank made of the same files. They are
 * read into memory table by table while the clock stands. */
#include <md4c.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char help[] = "Usage: reference_import MADE NEW FILE...\n"
                           "Parse the files, fill the database NEW with the rows of MADE in one "
                           "transaction, and print how\n"
                           "long that took, as one line of JSON.\n";

/* As qbank's importing connection has them (db/connection.c). */
static const char pragmas[] = "PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536;";

/* ---- the clock ------------------------------------------------------------------------------- */

struct watch {
    double seconds, cpu_seconds;
    struct timespec wall, cpu; /* since when it runs */
};

static double since(clockid_t clock, const struct timespec *begin) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)(now.tv_sec - begin->tv_sec) + (double)(now.tv_nsec - begin->tv_nsec) / 1e9;
}

static void watch_go(struct watch *watch) {
    clock_gettime(CLOCK_MONOTONIC, &watch->wall);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &watch->cpu);
}

static void watch_stop(struct watch *watch) {
    watch->seconds += since(CLOCK_MONOTONIC, &watch->wall);
    watch->cpu_seconds += since(CLOCK_PROCESS_CPUTIME_ID, &watch->cpu);
}

/* ---- Markdown -------------------------------------------------------------------------------- */

static int pass_block(MD_BLOCKTYPE type, void *detail, void *context) {
    (void)type, (void)detail, (void)context;
    return 0;
}

static int pass_span(MD_SPANTYPE type, void *detail, void *context) {
    (void)type, (void)detail, (void)context;
    return 0;
}

static int pass_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context) {
    (void)type, (void)text, (void)size, (void)context;
    return 0;
}

static bool parse_file(const char *path) {
    static const MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_LATEXMATHSPANS,
        .enter_block = pass_block,
        .leave_block = pass_block,
        .enter_span = pass_span,
        .leave_span = pass_span,
        .text = pass_text,
    };
    FILE *file = fopen(path, "re");
    char *text = NULL;
    size_t room = 0;
    ssize_t size = file == NULL ? -1 : getdelim(&text, &room, EOF, file);
    bool good = size >= 0 && md_parse(text, (MD_SIZE)size, &parser, NULL) == 0;
    if (file != NULL) fclose(file);
    free(text);
    if (!good) fprintf(stderr, "reference_import: cannot parse %s\n", path);
    return good;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* One table's content: row by row, `columns` values each. */
struct rows {
    sqlite3_value **values;
    size_t count;
    int columns;
};

static bool fail(sqlite3 *database) {
    fprintf(stderr, "reference_import: %s\n", sqlite3_errmsg(database));
    return false;
}

static void rows_free(struct rows *rows) {
    for (size_t i = 0; rows->values != NULL && i < rows->count * (size_t)rows->columns; i++)
        sqlite3_value_free(rows->values[i]);
    free(rows->values);
}

static bool prepare(sqlite3 *database, char *sql, sqlite3_stmt **ret_statement) {
    bool good =
        sql != NULL && sqlite3_prepare_v2(database, sql, -1, ret_statement, NULL) == SQLITE_OK;
    sqlite3_free(sql);
    return good || fail(database);
}

static bool count_rows(sqlite3 *made, const char *query, size_t *ret_count) {
    sqlite3_stmt *statement;
    if (!prepare(made, sqlite3_mprintf("SELECT count(*) FROM (%s)", query), &statement))
        return false;
    bool good = sqlite3_step(statement) == SQLITE_ROW;
    if (good) *ret_count = (size_t)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return good || fail(made);
}

/* Frees the query with sqlite3_free(). The rows must be freed even on failure. */
static bool rows_read(sqlite3 *made, char *query, struct rows *rows) {
    sqlite3_stmt *statement;
    size_t count;
    if (!count_rows(made, query, &count)) {
        sqlite3_free(query);
        return false;
    }
    if (!prepare(made, query, &statement)) return false;
    rows->columns = sqlite3_column_count(statement);
    rows->values = calloc(count * (size_t)rows->columns + 1, sizeof(rows->values[0]));
    while (rows->values != NULL && rows->count < count && sqlite3_step(statement) == SQLITE_ROW) {
        sqlite3_value **row = rows->values + rows->count++ * (size_t)rows->columns;
        for (int i = 0; i < rows->columns; i++)
            row[i] = sqlite3_value_dup(sqlite3_column_value(statement, i));
    }
    sqlite3_finalize(statement);
    return rows->count == count || fail(made);
}

static bool insert_row(sqlite3_stmt *statement, const struct rows *rows, size_t index) {
    for (int i = 0; i < rows->columns; i++)
        sqlite3_bind_value(statement, i + 1,
                           rows->values[index * (size_t)rows->columns + (size_t)i]);
    return sqlite3_step(statement) == SQLITE_DONE && sqlite3_reset(statement) == SQLITE_OK;
}

static bool rows_insert(sqlite3 *new, sqlite3_stmt *insert, const struct rows *rows) {
    for (size_t i = 0; i < rows->count; i++)
        if (!insert_row(insert, rows, i)) return fail(new);
    return true;
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void append(char **list, const char *more) {
    char *longer =
        *list == NULL ? sqlite3_mprintf("%s", more) : sqlite3_mprintf("%s, %s", *list, more);
    sqlite3_free(*list);
    *list = longer;
}

/* The columns of a table, and a question mark for each; both are SQLite's to free. The rowid of a
 * full-text index is no column of it. */
static bool list_columns(sqlite3 *made, const char *name, bool is_index, char **names,
                         char **places) {
    char *sql = sqlite3_mprintf("SELECT 'rowid' WHERE %d"
                                " UNION ALL SELECT name FROM pragma_table_info(%Q)",
                                is_index, name);
    sqlite3_stmt *columns;
    if (!prepare(made, sql, &columns)) return false;
    while (sqlite3_step(columns) == SQLITE_ROW) {
        append(names, (const char *)sqlite3_column_text(columns, 0));
        append(places, "?");
    }
    sqlite3_finalize(columns);
    return true;
}

static bool insert_all(sqlite3 *new, char *sql, const struct rows *rows, struct watch *watch) {
    sqlite3_stmt *insert;
    if (!prepare(new, sql, &insert)) return false;
    watch_go(watch);
    bool good = rows_insert(new, insert, rows);
    watch_stop(watch);
    sqlite3_finalize(insert);
    return good;
}

static bool copy_table(sqlite3 *made, sqlite3 *new, const char *name, bool is_index,
                       struct watch *watch) {
    char *names = NULL, *places = NULL;
    struct rows rows = {0};
    bool good =
        list_columns(made, name, is_index, &names, &places) &&
        rows_read(made, sqlite3_mprintf("SELECT %s FROM %w", names, name), &rows) &&
        insert_all(new, sqlite3_mprintf("INSERT INTO %w (%s) VALUES (%s)", name, names, places),
                   &rows, watch);
    rows_free(&rows);
    sqlite3_free(names);
    sqlite3_free(places);
    return good;
}

/* How an index is kept, its settings: no part of its rows. */
static bool copy_settings(sqlite3 *made, sqlite3 *new, const char *index) {
    struct rows rows = {0};
    struct watch watch = {0};
    char *query = sqlite3_mprintf("SELECT k, v FROM \"%w_config\" WHERE k <> 'version'", index);
    bool good =
        rows_read(made, query, &rows) &&
        insert_all(new, sqlite3_mprintf("INSERT INTO %w (%w, rank) VALUES (?, ?)", index, index),
                   &rows, &watch);
    rows_free(&rows);
    return good;
}

/* ---- the database ---------------------------------------------------------------------------- */

/* The tables that a virtual one made for itself, and SQLite's own, come by themselves. */
#define SCHEMA                                                                                     \
    "SELECT s.sql, s.name, s.type = 'table', s.sql LIKE 'CREATE VIRTUAL%%'"                        \
    " FROM sqlite_schema s LEFT JOIN pragma_table_list t ON t.schema = 'main' AND t.name = s.name" \
    " WHERE s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite_%%' AND t.type IS NOT 'shadow'"          \
    " ORDER BY s.rowid"

static bool create_schema(sqlite3 *made, sqlite3 *new) {
    sqlite3_stmt *schema;
    if (!prepare(made, sqlite3_mprintf(SCHEMA), &schema)) return false;
    bool good = true;
    while (good && sqlite3_step(schema) == SQLITE_ROW) {
        const char *sql = (const char *)sqlite3_column_text(schema, 0);
        good = sqlite3_exec(new, sql, NULL, NULL, NULL) == SQLITE_OK || fail(new);
    }
    sqlite3_finalize(schema);
    return good;
}

static bool copy_tables(sqlite3 *made, sqlite3 *new, struct watch *watch) {
    sqlite3_stmt *schema;
    if (!prepare(made, sqlite3_mprintf(SCHEMA), &schema)) return false;
    bool good = true;
    while (good && sqlite3_step(schema) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(schema, 1);
        bool is_index = sqlite3_column_int(schema, 3);
        if (!sqlite3_column_int(schema, 2)) continue;
        good = (!is_index || copy_settings(made, new, name)) &&
               copy_table(made, new, name, is_index, watch);
    }
    sqlite3_finalize(schema);
    return good;
}

/* The commit, and that nothing is left in the write-ahead log, are part of it. */
static bool settle(sqlite3 *new, struct watch *watch) {
    watch_go(watch);
    bool good =
        sqlite3_exec(new, "COMMIT", NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_wal_checkpoint_v2(new, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK;
    watch_stop(watch);
    return good || fail(new);
}

static bool fill(sqlite3 *made, sqlite3 *new, struct watch *watch) {
    return (sqlite3_exec(new, pragmas, NULL, NULL, NULL) == SQLITE_OK || fail(new)) &&
           create_schema(made, new) &&
           (sqlite3_exec(new, "BEGIN", NULL, NULL, NULL) == SQLITE_OK || fail(new)) &&
           copy_tables(made, new, watch) && settle(new, watch);
}

static bool parse_all(char **paths, int count, struct watch *watch) {
    bool good = true;
    watch_go(watch);
    for (int i = 0; i < count && good; i++) good = parse_file(paths[i]);
    watch_stop(watch);
    return good;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fputs(help, stderr);
        return 2;
    }
    sqlite3 *made = NULL, *new = NULL;
    struct watch watch = {0};
    bool good =
        (sqlite3_open_v2(argv[1], &made, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK || fail(made)) &&
        (sqlite3_open(argv[2], &new) == SQLITE_OK || fail(new)) &&
        parse_all(argv + 3, argc - 3, &watch) && fill(made, new, &watch);
    sqlite3_close(new);
    sqlite3_close(made);
    if (good)
        printf("{\"seconds\": %.3f, \"cpu_seconds\": %.3f}\n", watch.seconds, watch.cpu_seconds);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
