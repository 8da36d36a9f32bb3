#include "db/import_internal.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "content/memory.h"
#include "db/context.h"
#include "db/search_index.h"

/* Where a question stands. */
struct place {
    int64_t source, section, ordinal;
    bool retitled; /* the section has a new title */
};

struct hash_bytes {
    unsigned char bytes[16];
};

/* What the bank has under an id. */
struct row {
    int64_t key; /* 0: nothing */
    int64_t source, section, ordinal, line, steps;
    bool pinned;
    struct hash_bytes hash;
};

static struct hash_bytes content_hash(const struct question *question) {
    struct question_hash hash = question_content_hash(question);
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, (XXH128_hash_t){.high64 = hash.high, .low64 = hash.low});
    struct hash_bytes bytes;
    memcpy(bytes.bytes, canonical.digest, sizeof(bytes.bytes));
    return bytes;
}

static struct row read_row(sqlite3_stmt *query) {
    struct row row = {.key = sqlite3_column_int64(query, 0),
                      .source = sqlite3_column_int64(query, 1),
                      .section = sqlite3_column_int64(query, 2),
                      .ordinal = sqlite3_column_int64(query, 3),
                      .line = sqlite3_column_int64(query, 4),
                      .pinned = sqlite3_column_int(query, 5) != 0,
                      .steps = sqlite3_column_int64(query, 6)};
    const void *hash = sqlite3_column_blob(query, 7);
    if (hash != NULL && sqlite3_column_bytes(query, 7) == (int)sizeof(row.hash))
        memcpy(&row.hash, hash, sizeof(row.hash));
    return row;
}

static enum store_status find(struct import *import, const char *id, struct row *ret_row) {
    QUERY query =
        connection_query(import->connection, STATEMENT_QUESTION_BY_ID, VALUES(value_text(id)));
    if (query == NULL) return STORE_ERROR;
    *ret_row = (struct row){0};
    int code = sqlite3_step(query);
    if (code != SQLITE_ROW)
        return connection_finish(import->connection, STATEMENT_QUESTION_BY_ID, code);
    *ret_row = read_row(query);
    return STORE_OK;
}

static bool is_taken(const struct import *import, const struct row *row) {
    return row->key != 0 && import_is_taken(import, import->questions_given, row->key, row->source);
}

/* Says where the question that has `id` stands. */
static enum store_status report_taken(struct import *import, const char *id, bool pinned,
                                      const struct question *question,
                                      struct diagnostics *diagnostics) {
    QUERY query =
        connection_query(import->connection, STATEMENT_QUESTION_BY_ID, VALUES(value_text(id)));
    if (query == NULL) return STORE_ERROR;
    int code = sqlite3_step(query);
    if (code != SQLITE_ROW)
        return connection_finish(import->connection, STATEMENT_QUESTION_BY_ID, code);
    int line = sqlite3_column_int(query, 4);
    const char *path = (const char *)sqlite3_column_text(query, 8);
    diagnostics_add(diagnostics, pinned ? SEVERITY_ERROR : SEVERITY_WARNING, question->source.line,
                    question->source.column, pinned ? "duplicate-id" : "duplicate-question",
                    pinned ? "the id is taken by the question at %s:%d"
                           : "the same question as at %s:%d; both are kept",
                    path == NULL ? "?" : path, line);
    return STORE_OK;
}

static enum store_status take_pinned_id(struct import *import, const struct question *question,
                                        struct diagnostics *diagnostics, struct row *ret_row) {
    enum store_status status = find(import, question->id, ret_row);
    if (status != STORE_OK || !is_taken(import, ret_row)) return status;
    status = report_taken(import, question->id, true, question, diagnostics);
    return status != STORE_OK ? status
                              : store_fail(import->store, STORE_CONFLICT,
                                           "two questions claim the id %s", question->id);
}

/* Repetitions of a question get ids of their own, in bank order. */
static enum store_status derive_id(struct import *import, struct question *question,
                                   struct diagnostics *diagnostics, struct row *ret_row) {
    char first[QUESTION_ID_DERIVED + 1], id[QUESTION_ID_DERIVED + 1];
    unsigned attempt = 0;
    question_derive_id(question, attempt, first);
    memcpy(id, first, sizeof(id));
    enum store_status status = find(import, id, ret_row);
    while (status == STORE_OK && is_taken(import, ret_row)) {
        status = import_next_attempt(import, IMPORT_NAME_QUESTION, first, &attempt);
        if (status != STORE_OK) break;
        question_derive_id(question, attempt, id);
        status = find(import, id, ret_row);
    }
    if (status != STORE_OK) return status;
    free(question->id);
    question->id = memory_copy(id, strlen(id));
    return attempt == 0 ? STORE_OK : report_taken(import, first, false, question, diagnostics);
}

static enum store_status write_answer(struct import *import, int64_t key, const char *answer) {
    if (answer == NULL)
        return import_write(import, STATEMENT_ANSWER_DELETE, VALUES(value_integer(key)));
    return import_write(import, STATEMENT_ANSWER_PUT,
                        VALUES(value_integer(key), value_text(answer)));
}

/* An id that comes to life leads nowhere else any more. */
static enum store_status revive_id(struct import *import, const char *id) {
    static const enum statement forgetting[] = {STATEMENT_GONE_DELETE, STATEMENT_ALIAS_DELETE,
                                                STATEMENT_REMOVED_DELETE};
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < sizeof(forgetting) / sizeof(forgetting[0]) && status == STORE_OK; i++)
        status = import_write(import, forgetting[i], VALUES(value_text(id)));
    return status;
}

static enum store_status write_row(struct import *import, const struct question *question,
                                   const struct context *context, const struct place *place,
                                   const struct hash_bytes *hash, bool insert) {
    size_t length = strlen(question->text) + (context->text != NULL ? strlen(context->text) : 0);
    return import_write(
        import, insert ? STATEMENT_QUESTION_INSERT : STATEMENT_QUESTION_UPDATE,
        VALUES(value_text(question->id), value_integer(question->pinned),
               value_integer(question->difficulty), value_text(question->text),
               value_integer(place->section), value_integer(place->source),
               value_integer(place->ordinal), value_integer(question->source.line),
               value_integer(question->steps), value_blob(hash->bytes, sizeof(hash->bytes)),
               value_text(context->text), value_text(context->ends),
               value_integer(import_serial(import)), value_integer((int64_t)length)));
}

/* Inserts the question, or rewrites all of it under `*key`, but for the full-text index. */
static enum store_status write_whole(struct import *import, const struct question *question,
                                     const struct place *place, const struct hash_bytes *hash,
                                     int64_t *key) {
    bool insert = *key == 0;
    enum store_status status =
        insert ? revive_id(import, question->id) : search_index_remove(import, *key);
    struct context context = context_join(question);
    if (status == STORE_OK) status = write_row(import, question, &context, place, hash, insert);
    if (status == STORE_OK && insert) *key = sqlite3_last_insert_rowid(import->connection->handle);
    if (status == STORE_OK) status = write_answer(import, *key, question->answer);
    context_free(&context);
    return status;
}

static bool is_changed(const struct row *row, const struct question *question,
                       const struct place *place, const struct hash_bytes *hash) {
    return memcmp(&row->hash, hash, sizeof(*hash)) != 0 || row->steps != question->steps ||
           row->pinned != question->pinned || row->section != place->section ||
           row->source != place->source || place->retitled;
}

static enum store_status index_words(struct import *import, int64_t key,
                                     const struct question *question,
                                     const struct document *document) {
    struct context context = context_join(question);
    enum store_status status = search_index_put(import, key, question, context.text,
                                                document->sections[question->section.index].title);
    context_free(&context);
    return status;
}

static void count(struct import *import, const struct question *question, bool added,
                  bool changed) {
    import->summary.counts.by_difficulty[question->difficulty]++;
    if (added)
        import->summary.added++;
    else if (changed)
        import->summary.changed++;
    else
        import->summary.unchanged++;
}

/* Writes what is new, and no more than that. *ret_new is the key of a question that was not there
 * and is not in the full-text index yet, or 0. */
static enum store_status place_question(struct import *import, const struct document *document,
                                        const struct question *question, const struct place *place,
                                        const struct row *row, int64_t *ret_new) {
    struct hash_bytes hash = content_hash(question);
    int64_t key = row->key;
    enum store_status status = STORE_OK;
    bool added = key == 0, changed = added || is_changed(row, question, place, &hash);
    if (changed)
        status = write_whole(import, question, place, &hash, &key);
    else if (row->ordinal != place->ordinal || row->line != question->source.line)
        status = import_write(import, STATEMENT_QUESTION_PLACE,
                              VALUES(value_integer(key), value_integer(place->ordinal),
                                     value_integer(question->source.line)));
    if (status == STORE_OK && changed && !added)
        status = index_words(import, key, question, document);
    if (status != STORE_OK) return status;
    *ret_new = added ? key : 0;
    roaring_bitmap_add(import->questions_given, (uint32_t)key);
    if (added)
        roaring_bitmap_add(import->questions_new, (uint32_t)key);
    else
        import_note_move(import, row->source, place->source);
    count(import, question, added, changed);
    return STORE_OK;
}

static enum store_status import_question(struct import *import, struct document *document,
                                         size_t index, int64_t source,
                                         const struct import_section *section, int64_t *ret_new) {
    struct question *question = &document->questions[index];
    struct place place = {.source = source,
                          .section = section->key,
                          .ordinal = (int64_t)index,
                          .retitled = section->retitled};
    struct row row;
    enum store_status status = question->pinned
                                   ? take_pinned_id(import, question, &document->diagnostics, &row)
                                   : derive_id(import, question, &document->diagnostics, &row);
    if (status != STORE_OK) return status;
    return place_question(import, document, question, &place, &row, ret_new);
}

/* New questions have keys above all others: they come into the full-text index behind those that
 * were changed, as its keys should ascend. */
enum store_status import_questions(struct import *import, int64_t source, struct document *document,
                                   const struct import_section *sections) {
    int64_t *new_keys = memory_alloc(document->question_count * sizeof(*new_keys));
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < document->question_count && status == STORE_OK; i++)
        status = import_question(import, document, i, source,
                                 &sections[document->questions[i].section.index], &new_keys[i]);
    for (size_t i = 0; i < document->question_count && status == STORE_OK; i++)
        if (new_keys[i] != 0)
            status = index_words(import, new_keys[i], &document->questions[i], document);
    free(new_keys);
    return status;
}
