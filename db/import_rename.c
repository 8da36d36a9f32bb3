/* Recognises questions whose words were edited. The id of an unpinned question comes from its
 * words, so an edit makes it vanish under one id and turn up under another. A vanished question is
 * the new one that
 *   1. stands in the same section of the same source and has the very same answer, with near-equal
 *      words before any others: "Yes." is the answer to many questions, else
 *   2. has near-equal words (similarity_dice() of at least SIMILARITY_MIN) and stands in the same
 *      source, else
 *   3. has near-equal words and stands anywhere.
 * By its words alone no question becomes one in which a name stands in the place of another ("L1",
 * "L2"): an id that is gone is told to be so, one that leads to another question is a lie.
 * Work is bounded: a vanished question is compared with those new ones that share its answer or one
 * of its four longest words, at most 32 for each (the LIMIT of the statements), and a whole import
 * makes at most COMPARISONS_MAX comparisons; what is vanished beyond that is gone. */
#include "db/import_internal.h"

#include <stdlib.h>
#include <xxhash.h>

#include "content/memory.h"
#include "db/similarity.h"

#define SIMILARITY_MIN 0.8
enum { COMPARISONS_MAX = 1000000 };

/* A question, vanished or new, as far as recognition needs it. */
struct record {
    int64_t key, source, section, ordinal;
    bool has_answer;
    int64_t answer; /* its hash */
    struct similarity_text text;
};

struct recognition {
    struct import *import;
    size_t comparisons_left;
};

/* A new question that a vanished one may be; key 0: none yet. */
struct candidate {
    int64_t key;
    double likeness;
    bool same_section;
    int64_t distance;
};

static enum store_status load(struct import *import, int64_t key, struct record *ret_record) {
    QUERY query =
        connection_query(import->connection, STATEMENT_RENAME_RECORD, VALUES(value_integer(key)));
    if (query == NULL) return STORE_ERROR;
    int code = sqlite3_step(query);
    if (code != SQLITE_ROW) return connection_fail(import->connection, "rename record");
    ret_record->key = key;
    ret_record->source = sqlite3_column_int64(query, 0);
    ret_record->section = sqlite3_column_int64(query, 1);
    ret_record->ordinal = sqlite3_column_int64(query, 2);
    similarity_fold((const char *)sqlite3_column_text(query, 3), &ret_record->text);
    const void *answer = sqlite3_column_text(query, 4);
    ret_record->has_answer = answer != NULL;
    ret_record->answer =
        answer == NULL ? 0 : (int64_t)XXH3_64bits(answer, (size_t)sqlite3_column_bytes(query, 4));
    return STORE_OK;
}

/* Lists a new question where the vanished ones look for it. */
static enum store_status index_new(struct import *import, const struct record *record) {
    enum store_status status =
        connection_run(import->connection, STATEMENT_FRESH_INSERT,
                       VALUES(value_integer(record->key), value_integer(record->source),
                              value_integer(record->section), value_integer(record->ordinal),
                              record->has_answer ? value_integer(record->answer) : value_null()));
    uint64_t words[SIMILARITY_WORDS];
    size_t count = similarity_rare_words(&record->text, words);
    for (size_t i = 0; i < count && status == STORE_OK; i++)
        status = connection_run(import->connection, STATEMENT_FRESH_WORD_INSERT,
                                VALUES(value_integer((int64_t)words[i]),
                                       value_integer(record->source), value_integer(record->key)));
    return status;
}

static enum store_status index_all_new(struct import *import) {
    struct record record;
    enum store_status status = STORE_OK;
    roaring_uint32_iterator_t iterator;
    roaring_init_iterator(import->questions_new, &iterator);
    for (; iterator.has_value && status == STORE_OK; roaring_advance_uint32_iterator(&iterator)) {
        status = load(import, iterator.current_value, &record);
        if (status == STORE_OK) status = index_new(import, &record);
    }
    return status;
}

/* One way of finding the new question that a vanished one has become; *ret_key stays 0 if none. */
typedef enum store_status finder(struct recognition *recognition, const struct record *record,
                                 int64_t *ret_key);

static enum store_status find_by_answer(struct recognition *recognition,
                                        const struct record *record, int64_t *ret_key) {
    if (!record->has_answer) return STORE_OK;
    enum store_status status =
        connection_integer(recognition->import->connection, STATEMENT_FRESH_BY_ANSWER, ret_key,
                           VALUES(value_integer(record->source), value_integer(record->section),
                                  value_integer(record->answer)));
    return status == STORE_NO_ROW ? STORE_OK : status;
}

static bool is_better(const struct candidate *a, const struct candidate *b) {
    if (a->likeness != b->likeness) return a->likeness > b->likeness;
    if (a->same_section != b->same_section) return a->same_section;
    return a->distance < b->distance;
}

static void consider(const struct record *record, sqlite3_stmt *row, struct candidate *best) {
    struct similarity_text text;
    similarity_fold((const char *)sqlite3_column_text(row, 3), &text);
    struct candidate candidate = {.key = sqlite3_column_int64(row, 0),
                                  .likeness = similarity_dice(&record->text, &text),
                                  .same_section = sqlite3_column_int64(row, 1) == record->section,
                                  .distance =
                                      llabs(sqlite3_column_int64(row, 2) - record->ordinal)};
    if (candidate.likeness < SIMILARITY_MIN || similarity_is_other_name(&record->text, &text))
        return;
    if (best->key == 0 || is_better(&candidate, best)) *best = candidate;
}

/* Compares the question with those that the statement lists. */
static enum store_status compare(struct recognition *recognition, const struct record *record,
                                 enum statement statement, size_t count, const struct value *values,
                                 struct candidate *best) {
    struct connection *connection = recognition->import->connection;
    QUERY query = connection_query(connection, statement, count, values);
    if (query == NULL) return STORE_ERROR;
    int code = SQLITE_DONE;
    while (recognition->comparisons_left > 0 && (code = sqlite3_step(query)) == SQLITE_ROW) {
        recognition->comparisons_left--;
        consider(record, query, best);
    }
    return code == SQLITE_ROW ? STORE_OK : connection_finish(connection, statement, code);
}

static enum store_status find_by_answer_and_words(struct recognition *recognition,
                                                  const struct record *record, int64_t *ret_key) {
    struct candidate best = {0};
    if (!record->has_answer) return STORE_OK;
    enum store_status status =
        compare(recognition, record, STATEMENT_FRESH_OF_ANSWER,
                VALUES(value_integer(record->source), value_integer(record->section),
                       value_integer(record->answer)),
                &best);
    if (status == STORE_OK) *ret_key = best.key;
    return status;
}

static enum store_status find_by_words(struct recognition *recognition, enum statement statement,
                                       const struct record *record, int64_t *ret_key) {
    struct candidate best = {0};
    size_t value_count = statement == STATEMENT_FRESH_BY_WORD_HERE ? 2 : 1;
    uint64_t words[SIMILARITY_WORDS];
    size_t count = similarity_rare_words(&record->text, words);
    for (size_t i = 0; i < count; i++) {
        const struct value values[] = {value_integer((int64_t)words[i]),
                                       value_integer(record->source)};
        enum store_status status =
            compare(recognition, record, statement, value_count, values, &best);
        if (status != STORE_OK) return status;
    }
    *ret_key = best.key;
    return STORE_OK;
}

static enum store_status find_in_source(struct recognition *recognition,
                                        const struct record *record, int64_t *ret_key) {
    return find_by_words(recognition, STATEMENT_FRESH_BY_WORD_HERE, record, ret_key);
}

static enum store_status find_anywhere(struct recognition *recognition, const struct record *record,
                                       int64_t *ret_key) {
    return find_by_words(recognition, STATEMENT_FRESH_BY_WORD, record, ret_key);
}

/* The old id, and whatever led to it, leads to the new question from now on. */
static enum store_status adopt(struct import *import, int64_t old, int64_t new) {
    enum store_status status = import_write(import, STATEMENT_ALIASES_FOLLOW,
                                            VALUES(value_integer(old), value_integer(new)));
    if (status == STORE_OK)
        status = import_write(import, STATEMENT_ALIAS_PUT,
                              VALUES(value_integer(old), value_integer(new)));
    if (status == STORE_OK) status = import_delete_question(import, old);
    if (status == STORE_OK)
        status =
            connection_run(import->connection, STATEMENT_FRESH_DELETE, VALUES(value_integer(new)));
    if (status == STORE_OK)
        status = connection_run(import->connection, STATEMENT_FRESH_WORDS_DELETE,
                                VALUES(value_integer(new)));
    if (status != STORE_OK) return status;
    import->summary.renamed++;
    import->summary.added--;
    return STORE_OK;
}

/* Tries one way on every question that is still vanished. */
static enum store_status recognise(struct recognition *recognition, finder *find,
                                   roaring_bitmap_t *vanished) {
    size_t count = roaring_bitmap_get_cardinality(vanished);
    uint32_t *keys = memory_alloc((count + 1) * sizeof(*keys));
    roaring_bitmap_to_uint32_array(vanished, keys);
    struct record record;
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < count && status == STORE_OK; i++) {
        int64_t key = 0;
        status = load(recognition->import, keys[i], &record);
        if (status == STORE_OK) status = find(recognition, &record, &key);
        if (status != STORE_OK || key == 0) continue;
        status = adopt(recognition->import, keys[i], key);
        roaring_bitmap_remove(vanished, keys[i]);
    }
    free(keys);
    return status;
}

enum store_status import_recognise_renamed(struct import *import, roaring_bitmap_t *vanished) {
    static finder *const finders[] = {find_by_answer_and_words, find_by_answer, find_in_source,
                                      find_anywhere};
    if (roaring_bitmap_is_empty(vanished) || roaring_bitmap_is_empty(import->questions_new))
        return STORE_OK;
    struct recognition recognition = {.import = import, .comparisons_left = COMPARISONS_MAX};
    enum store_status status = index_all_new(import);
    for (size_t i = 0; i < sizeof(finders) / sizeof(finders[0]) && status == STORE_OK; i++)
        status = recognise(&recognition, finders[i], vanished);
    return status;
}
