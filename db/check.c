/* The consistency of a database: SQLite's own checks, and the schema's rules, each a statement
 * whose rows are the findings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/pack_build.h"
#include "db/revision.h"
#include "db/store_internal.h"

struct check {
    struct store *store;
    void (*report)(void *context, const char *line);
    void *context;
    size_t findings;
};

static void find(struct check *check, const char *line) {
    check->findings++;
    check->report(check->context, line);
}

static enum store_status run_rule(struct check *check, enum statement rule) {
    struct connection *connection = check->store->latest;
    QUERY query = connection_query(connection, rule, NO_VALUES);
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW)
        find(check, (const char *)sqlite3_column_text(query, 0));
    enum store_status status = connection_finish(connection, rule, code);
    if ((code & 0xff) != SQLITE_CORRUPT) return status;
    find(check, connection->error);
    return STORE_OK;
}

/* The statements are INSERTs that SQLite takes for commands: they write nothing, and compare every
 * word of the bank with the index. */
static enum store_status run_search_check(struct check *check, struct connection *writer) {
    static const enum statement checks[] = {STATEMENT_SEARCH_CHECK, STATEMENT_SEARCH_ALL_CHECK};
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]) && status == STORE_OK; i++) {
        status = connection_run(writer, checks[i], NO_VALUES);
        if (status == STORE_OK || (sqlite3_errcode(writer->handle) & 0xff) != SQLITE_CORRUPT)
            continue;
        find(check, "the full-text index is not that of the bank: import into a new database");
        return STORE_OK;
    }
    return status;
}

static enum store_status check_search_index(struct check *check) {
    struct store *store = check->store;
    if (store->mode == STORE_WRITE) return run_search_check(check, store->latest);
    struct connection *writer;
    char *error = NULL;
    enum store_status status = connection_open(store->path, true, store->error, &writer, &error);
    if (status != STORE_OK) {
        if (error != NULL) store_fail(store, status, "%s", error);
        free(error);
        return status;
    }
    status = run_search_check(check, writer);
    connection_close(writer);
    return status;
}

static enum store_status check_revision(struct check *check) {
    struct bank_version version;
    char revision[REVISION_LENGTH + 1];
    enum store_status status = version_read(check->store->latest, &version);
    if (status == STORE_EMPTY) return STORE_OK; /* nothing to be of */
    if (status == STORE_OK) status = revision_compute(check->store->latest, revision);
    if (status == STORE_OK && strcmp(revision, version.revision) != 0)
        find(check, "the revision is not that of the questions");
    return status;
}

static bool is_column(sqlite3_stmt *row, int column, const void *bytes, size_t size) {
    return (size_t)sqlite3_column_bytes(row, column) == size &&
           memcmp(sqlite3_column_blob(row, column), bytes, size) == 0;
}

/* One row of STATEMENT_CHECK_PACKS, against what an import would make of the questions. */
static enum store_status check_pack(struct check *check, sqlite3_stmt *row) {
    int64_t number = sqlite3_column_int64(row, 0);
    struct pack pack = {0};
    enum store_status status = STORE_OK;
    if (number >= 0 && number <= PACK_LAST)
        status = pack_build(check->store->latest, number, &pack);
    bool same = pack.slots > 0 && is_column(row, 1, pack.ends, pack.slots * sizeof(*pack.ends)) &&
                is_column(row, 2, pack.records, pack.size);
    pack_free(&pack);
    if (status != STORE_OK || same) return status;
    char line[128];
    snprintf(line, sizeof(line),
             "pack %lld: says something else than its questions: empty the table packs, and import"
             " again",
             (long long)number);
    find(check, line);
    return STORE_OK;
}

static enum store_status check_packs(struct check *check) {
    struct connection *connection = check->store->latest;
    QUERY packs = connection_query(connection, STATEMENT_CHECK_PACKS, NO_VALUES);
    if (packs == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(packs)) == SQLITE_ROW) {
        enum store_status status = check_pack(check, packs);
        if (status != STORE_OK) return status;
    }
    return connection_finish(connection, STATEMENT_CHECK_PACKS, code);
}

static enum store_status run_rules(struct check *check) {
    enum store_status status = STORE_OK;
    for (int rule = STATEMENT_CHECK_FIRST; rule <= STATEMENT_CHECK_LAST && status == STORE_OK;
         rule++)
        status = run_rule(check, (enum statement)rule);
    if (status != STORE_OK || check->findings > 0) return status;
    status = check_packs(check); /* these two cannot be done with a bank that is not sound */
    return status == STORE_OK ? check_revision(check) : status;
}

/* The rules look at one snapshot, whatever is imported meanwhile. */
enum store_status store_check(struct store *store, void (*report)(void *context, const char *line),
                              void *context) {
    struct check check = {.store = store, .report = report, .context = context};
    enum store_status status = connection_run(store->latest, STATEMENT_BEGIN, NO_VALUES);
    if (status != STORE_OK) return status;
    status = run_rules(&check);
    connection_run(store->latest, STATEMENT_ROLLBACK, NO_VALUES);
    if (status == STORE_OK) status = check_search_index(&check);
    if (status != STORE_OK) return status;
    return check.findings > 0 ? STORE_CONFLICT : STORE_OK;
}
