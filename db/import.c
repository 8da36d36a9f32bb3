#include "db/import.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "content/memory.h"
#include "db/import_internal.h"
#include "db/revision.h"

/* Memory for pages, in bytes: an import touches the index of the ids all over, 25 bytes for each.
 */
enum { IMPORT_CACHE = 32 << 20 };

enum store_status import_write(struct import *import, enum statement statement, size_t count,
                               const struct value *values) {
    enum store_status status = connection_run(import->connection, statement, count, values);
    if (status == STORE_OK) import->writes += (size_t)sqlite3_changes64(import->connection->handle);
    return status;
}

bool import_is_taken(const struct import *import, const roaring_bitmap_t *given, int64_t key,
                     int64_t source) {
    if (roaring_bitmap_contains(given, (uint32_t)key)) return true;
    return import->options.add &&
           !roaring_bitmap_contains(import->sources_expected, (uint32_t)source);
}

void import_note_move(struct import *import, int64_t old, int64_t new) {
    if (old != new) roaring_bitmap_add(import->sources_robbed, (uint32_t)old);
}

enum store_status import_next_attempt(struct import *import, enum import_name kind,
                                      const char *name, unsigned *ret_attempt) {
    int64_t attempt = 0;
    enum store_status status =
        connection_integer(import->connection, STATEMENT_ATTEMPT_NEXT, &attempt,
                           VALUES(value_integer(kind), value_text(name)));
    if (status == STORE_OK) *ret_attempt = (unsigned)attempt;
    return status;
}

static void import_free(struct import *import) {
    roaring_bitmap_free(import->sources_given);
    roaring_bitmap_free(import->sources_expected);
    roaring_bitmap_free(import->sources_robbed);
    roaring_bitmap_free(import->sections_given);
    roaring_bitmap_free(import->questions_given);
    roaring_bitmap_free(import->questions_new);
    roaring_bitmap_free(import->questions_unindexed);
    free(import);
}

static roaring_bitmap_t *create_set(void) {
    roaring_bitmap_t *set = roaring_bitmap_create();
    if (set == NULL) abort(); /* as content/memory.h does: nothing is half done */
    return set;
}

static struct import *create(struct store *store, const struct import_options *options) {
    struct import *import = memory_alloc(sizeof(*import));
    *import = (struct import){.store = store,
                              .connection = store->latest,
                              .options = *options,
                              .now = (int64_t)time(NULL),
                              .sources_given = create_set(),
                              .sources_expected = create_set(),
                              .sources_robbed = create_set(),
                              .sections_given = create_set(),
                              .questions_given = create_set(),
                              .questions_new = create_set(),
                              .questions_unindexed = create_set()};
    return import;
}

/* Takes the write lock: from here on nobody else imports. */
static enum store_status lock(struct import *import) {
    enum store_status status =
        connection_run(import->connection, STATEMENT_BEGIN_IMMEDIATE, NO_VALUES);
    if (status == STORE_BUSY)
        return store_fail(import->store, STORE_BUSY, "another import is running: try again later");
    return status;
}

static enum store_status prepare(struct import *import) {
    static const enum statement clearing[] = {STATEMENT_ATTEMPTS_CLEAR, STATEMENT_FRESH_CLEAR,
                                              STATEMENT_FRESH_WORDS_CLEAR};
    for (size_t i = 0; i < sizeof(clearing) / sizeof(clearing[0]); i++) {
        enum store_status status = connection_run(import->connection, clearing[i], NO_VALUES);
        if (status != STORE_OK) return status;
    }
    enum store_status status = version_read(import->connection, &import->before);
    if (status == STORE_EMPTY) import->before = (struct bank_version){0};
    if (status != STORE_OK && status != STORE_EMPTY) return status;
    if (!import->options.add) return STORE_OK;
    return connection_integer(import->connection, STATEMENT_SOURCE_END, &import->next_position,
                              NO_VALUES);
}

enum store_status import_begin(struct store *store, const struct import_options *options,
                               struct import **ret_import) {
    struct import *import = create(store, options);
    enum store_status status = connection_set_cache(import->connection, 0, IMPORT_CACHE);
    if (status == STORE_OK) status = lock(import);
    if (status == STORE_OK) status = prepare(import);
    if (status == STORE_OK)
        *ret_import = import;
    else
        import_abort(import);
    return status;
}

void import_abort(struct import *import) {
    if (import == NULL) return;
    if (!sqlite3_get_autocommit(import->connection->handle))
        connection_run(import->connection, STATEMENT_ROLLBACK, NO_VALUES);
    import_free(import);
}

enum store_status import_find_source(struct import *import, const char *path, const char *title,
                                     struct import_source_row *ret_row) {
    QUERY query =
        connection_query(import->connection, STATEMENT_SOURCE_BY_PATH, VALUES(value_text(path)));
    if (query == NULL) return STORE_ERROR;
    *ret_row = (struct import_source_row){0};
    int code = sqlite3_step(query);
    if (code != SQLITE_ROW)
        return connection_finish(import->connection, STATEMENT_SOURCE_BY_PATH, code);
    const char *old_title = (const char *)sqlite3_column_text(query, 1);
    *ret_row = (struct import_source_row){.key = sqlite3_column_int64(query, 0),
                                          .position = sqlite3_column_int64(query, 2),
                                          .same_title =
                                              old_title != NULL && strcmp(old_title, title) == 0};
    const void *fingerprint = sqlite3_column_blob(query, 3);
    if (fingerprint != NULL && sqlite3_column_bytes(query, 3) == FINGERPRINT_SIZE)
        memcpy(&ret_row->fingerprint, fingerprint, FINGERPRINT_SIZE);
    return STORE_OK;
}

enum store_status import_expect(struct import *import, const char *path) {
    struct import_source_row row;
    enum store_status status = import_find_source(import, path, "", &row);
    if (status == STORE_OK && row.key != 0)
        roaring_bitmap_add(import->sources_expected, (uint32_t)row.key);
    return status;
}

enum store_status import_write_source(struct import *import, const char *path, const char *title,
                                      const struct import_source_row *old, int64_t *ret_key) {
    bool stays = import->options.add && old->key != 0;
    int64_t position = stays ? old->position : import->next_position++;
    enum store_status status = STORE_OK;
    if (old->key == 0)
        status = import_write(import, STATEMENT_SOURCE_INSERT,
                              VALUES(value_text(path), value_text(title), value_integer(position)));
    else if (!old->same_title || old->position != position)
        status = import_write(
            import, STATEMENT_SOURCE_UPDATE,
            VALUES(value_integer(old->key), value_text(title), value_integer(position)));
    if (status != STORE_OK) return status;
    *ret_key = old->key != 0 ? old->key : sqlite3_last_insert_rowid(import->connection->handle);
    roaring_bitmap_add(import->sources_given, (uint32_t)*ret_key);
    roaring_bitmap_add(import->sources_expected, (uint32_t)*ret_key);
    return STORE_OK;
}

static enum store_status place_source(struct import *import, const char *path,
                                      const struct import_source_row *row,
                                      struct document *document, int64_t *ret_key) {
    if (row->key == 0 || !roaring_bitmap_contains(import->sources_given, (uint32_t)row->key))
        return import_write_source(import, path, document->title, row, ret_key);
    diagnostics_add(&document->diagnostics, SEVERITY_ERROR, 0, 0, "duplicate-source",
                    "another source of the path %s was given before", path);
    return store_fail(import->store, STORE_CONFLICT, "two sources have the path %s", path);
}

/* What there is to say of a source must be said again each time. Does not count as a write: it is
 * nothing of the bank. */
static enum store_status remember(struct import *import, const struct import_source_row *row,
                                  int64_t key, const struct document *document) {
    struct fingerprint fingerprint = {0};
    if (document->diagnostics.count == 0) fingerprint = document->fingerprint;
    if (memcmp(&fingerprint, &row->fingerprint, sizeof(fingerprint)) == 0) return STORE_OK;
    return connection_run(
        import->connection, STATEMENT_SOURCE_REMEMBER,
        VALUES(value_integer(key), fingerprint_is_none(&fingerprint)
                                       ? value_null()
                                       : value_blob(fingerprint.bytes, FINGERPRINT_SIZE)));
}

enum store_status import_source(struct import *import, const char *path,
                                struct document *document) {
    int64_t source = 0;
    struct import_section *sections = NULL;
    struct import_source_row row;
    import->has_read = true;
    enum store_status status = import_find_source(import, path, document->title, &row);
    if (status == STORE_OK) status = place_source(import, path, &row, document, &source);
    if (status == STORE_OK) status = import_sections(import, source, document, &sections);
    if (status == STORE_OK) status = import_questions(import, source, document, sections);
    if (status == STORE_OK) status = remember(import, &row, source, document);
    free(sections);
    diagnostics_sort(&document->diagnostics);
    if (status == STORE_OK)
        import->summary.sources++;
    else
        import->failed = true;
    return status;
}

/* As late as can be: who has fetched the bank while the import was running, and asks for what has
 * come in since, has to be told of it. Never before the last one, whatever became of the clock. */
static int64_t commit_time(const struct import *import) {
    int64_t now = (int64_t)time(NULL);
    return now > import->before.imported_at ? now : import->before.imported_at;
}

/* An import that wrote nothing leaves revision, serial and time as they are. */
static enum store_status settle_revision(struct import *import) {
    struct import_summary *summary = &import->summary;
    memcpy(summary->revision, import->before.revision, sizeof(summary->revision));
    if (import->writes == 0 && import->before.serial > 0) return STORE_OK;
    enum store_status status = revision_compute(import->connection, summary->revision);
    if (status != STORE_OK) return status;
    summary->revision_changed = strcmp(summary->revision, import->before.revision) != 0;
    const struct value serial = value_integer(import_serial(import));
    const struct value imported_at =
        value_integer(summary->revision_changed ? commit_time(import) : import->before.imported_at);
    if (summary->revision_changed)
        status = import_write(import, STATEMENT_REVISIONS_INSERT,
                              VALUES(serial, value_text(summary->revision), imported_at));
    if (status != STORE_OK) return status;
    return import_write(import, STATEMENT_REVISION_PUT,
                        VALUES(value_text(summary->revision), serial, imported_at));
}

/* Keeps the write-ahead log from lying about at the size of a whole bank; where a reader still
 * needs it, a later import tries again. */
static void checkpoint(struct connection *connection) {
    sqlite3_busy_timeout(connection->handle, 0);
    sqlite3_wal_checkpoint_v2(connection->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(connection->handle, CONNECTION_BUSY_TIMEOUT_MS);
}

enum store_status import_commit(struct import *import, struct import_summary *ret_summary) {
    enum store_status status = import->failed ? STORE_CONFLICT : STORE_OK;
    if (status == STORE_OK) status = import_remove_vanished(import);
    if (status == STORE_OK) status = import_forget_numbered(import);
    if (status == STORE_OK && !import->options.dry_run) status = import_packs(import);
    if (status == STORE_OK) status = settle_revision(import);
    if (status == STORE_OK && !import->options.dry_run)
        status = connection_run(import->connection, STATEMENT_COMMIT, NO_VALUES);
    if (status == STORE_OK) {
        *ret_summary = import->summary;
        if (!import->options.dry_run) checkpoint(import->connection);
    }
    import_abort(import); /* rolls back what was not committed */
    return status;
}
