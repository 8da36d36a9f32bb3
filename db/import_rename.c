/* Recognises questions whose words were edited. The id of an unpinned question comes from its
 * words, so an edit makes it vanish under one id and turn up under another. A vanished question is
 * the new one that
 *   1. stands in the same section of the same source and has the very same answer, one with
 *      near-equal words before others: "Yes." is the answer to many questions, else
 *   2. has near-equal words and stands in the same source, else
 *   3. has near-equal words and stands anywhere.
 * Near-equal: similarity_dice() is at least SIMILARITY_MIN, and the words that differ do not ask
 * for something else (db/meaning.h); the same of the context where both have one. An id that is
 * gone is told to be so, one that leads to another question is a lie. Where several vanished
 * questions may be the same new one, the nearest is. Work is bounded: a vanished question is
 * compared with those new ones that share its answer or one of its four longest words, at most 32
 * for each (the LIMIT of the statements), and a whole import makes at most COMPARISONS_MAX
 * comparisons; what is vanished beyond that is gone. */
#include "db/import_internal.h"

#include <stdlib.h>
#include <xxhash.h>

#include "content/memory.h"
#include "db/meaning.h"
#include "db/similarity.h"

#define SIMILARITY_MIN 0.8
enum { COMPARISONS_MAX = 1000000 };

/* A question, vanished or new, as far as recognition needs it. */
struct record {
    int64_t key, source, section, ordinal;
    bool has_answer;
    int64_t answer; /* its hash */
    struct similarity_text text, context;
};

struct recognition {
    struct import *import;
    size_t comparisons_left;
};

/* A new question that a vanished one may be; key 0: none yet. */
struct candidate {
    int64_t key;
    bool is_near;
    double likeness;
    bool same_section;
    int64_t distance;
};

/* A vanished question and what it may best be. */
struct claim {
    uint32_t vanished;
    struct candidate best;
};

static void fold_column(sqlite3_stmt *row, int column, struct similarity_text *ret_folded) {
    const unsigned char *text = sqlite3_column_text(row, column);
    similarity_fold(text != NULL ? (const char *)text : "", ret_folded);
}

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
    fold_column(query, 3, &ret_record->text);
    fold_column(query, 4, &ret_record->context);
    const void *answer = sqlite3_column_text(query, 5);
    ret_record->has_answer = answer != NULL;
    ret_record->answer =
        answer == NULL ? 0 : (int64_t)XXH3_64bits(answer, (size_t)sqlite3_column_bytes(query, 5));
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

/* ---- what a question may be ------------------------------------------------------------------ */

static bool is_better(const struct candidate *a, const struct candidate *b) {
    if (a->is_near != b->is_near) return a->is_near;
    if (a->likeness != b->likeness) return a->likeness > b->likeness;
    if (a->same_section != b->same_section) return a->same_section;
    return a->distance < b->distance;
}

/* A context may be put before a question, or taken away. */
static bool is_same_context(const struct similarity_text *a, const struct similarity_text *b) {
    if (a->length == 0 || b->length == 0) return true;
    return similarity_dice(a, b) >= SIMILARITY_MIN && !meaning_differs(a, b);
}

static struct candidate judge(const struct record *record, sqlite3_stmt *row) {
    struct similarity_text text, context;
    fold_column(row, 3, &text);
    fold_column(row, 4, &context);
    double likeness = similarity_dice(&record->text, &text);
    return (struct candidate){.key = sqlite3_column_int64(row, 0),
                              .likeness = likeness,
                              .is_near = likeness >= SIMILARITY_MIN &&
                                         !meaning_differs(&record->text, &text) &&
                                         is_same_context(&record->context, &context),
                              .same_section = sqlite3_column_int64(row, 1) == record->section,
                              .distance = llabs(sqlite3_column_int64(row, 2) - record->ordinal)};
}

/* One way of finding what a vanished question has become. */
typedef enum store_status finder(struct recognition *recognition, const struct record *record,
                                 struct candidate *best);

/* Compares the question with those that the statement lists. */
static enum store_status compare(struct recognition *recognition, const struct record *record,
                                 enum statement statement, size_t count, const struct value *values,
                                 struct candidate *best) {
    struct connection *connection = recognition->import->connection;
    bool must_be_near = statement != STATEMENT_FRESH_BY_ANSWER;
    QUERY query = connection_query(connection, statement, count, values);
    if (query == NULL) return STORE_ERROR;
    int code = SQLITE_DONE;
    while (recognition->comparisons_left > 0 && (code = sqlite3_step(query)) == SQLITE_ROW) {
        recognition->comparisons_left--;
        struct candidate candidate = judge(record, query);
        if (must_be_near && !candidate.is_near) continue;
        if (best->key == 0 || is_better(&candidate, best)) *best = candidate;
    }
    return code == SQLITE_ROW ? STORE_OK : connection_finish(connection, statement, code);
}

static enum store_status find_by_answer(struct recognition *recognition,
                                        const struct record *record, struct candidate *best) {
    if (!record->has_answer) return STORE_OK;
    return compare(recognition, record, STATEMENT_FRESH_BY_ANSWER,
                   VALUES(value_integer(record->source), value_integer(record->section),
                          value_integer(record->answer)),
                   best);
}

static enum store_status find_by_words(struct recognition *recognition, enum statement statement,
                                       const struct record *record, struct candidate *best) {
    size_t value_count = statement == STATEMENT_FRESH_BY_WORD_HERE ? 2 : 1;
    uint64_t words[SIMILARITY_WORDS];
    size_t count = similarity_rare_words(&record->text, words);
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < count && status == STORE_OK; i++) {
        const struct value values[] = {value_integer((int64_t)words[i]),
                                       value_integer(record->source)};
        status = compare(recognition, record, statement, value_count, values, best);
    }
    return status;
}

static enum store_status find_in_source(struct recognition *recognition,
                                        const struct record *record, struct candidate *best) {
    return find_by_words(recognition, STATEMENT_FRESH_BY_WORD_HERE, record, best);
}

static enum store_status find_anywhere(struct recognition *recognition, const struct record *record,
                                       struct candidate *best) {
    return find_by_words(recognition, STATEMENT_FRESH_BY_WORD, record, best);
}

/* ---- who gets it ----------------------------------------------------------------------------- */

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

/* Finds the best for each vanished question; those that find nothing are left out. */
static enum store_status make_claims(struct recognition *recognition, finder *find,
                                     struct claim *claims, size_t *count) {
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        struct record record;
        struct claim claim = {.vanished = claims[i].vanished};
        enum store_status status = load(recognition->import, claim.vanished, &record);
        if (status == STORE_OK) status = find(recognition, &record, &claim.best);
        if (status != STORE_OK) return status;
        if (claim.best.key != 0) claims[kept++] = claim;
    }
    *count = kept;
    return STORE_OK;
}

static int compare_claims(const void *a, const void *b) {
    const struct claim *left = a, *right = b;
    if (is_better(&left->best, &right->best)) return -1;
    if (is_better(&right->best, &left->best)) return 1;
    return (left->vanished > right->vanished) - (left->vanished < right->vanished);
}

/* Grants the claims, the best first; those that come too late are left over. */
static enum store_status grant(struct recognition *recognition, struct claim *claims, size_t *count,
                               roaring_bitmap_t *vanished) {
    roaring_bitmap_t *taken = roaring_bitmap_create();
    enum store_status status = STORE_OK;
    size_t kept = 0;
    qsort(claims, *count, sizeof(claims[0]), compare_claims);
    for (size_t i = 0; i < *count && status == STORE_OK; i++) {
        if (!roaring_bitmap_add_checked(taken, (uint32_t)claims[i].best.key)) {
            claims[kept++] = claims[i];
            continue;
        }
        status = adopt(recognition->import, claims[i].vanished, claims[i].best.key);
        roaring_bitmap_remove(vanished, claims[i].vanished);
    }
    roaring_bitmap_free(taken);
    *count = kept;
    return status;
}

/* Tries one way on every question that is still vanished, and again on those that lost what they
 * claimed to a better claim. */
static enum store_status recognise(struct recognition *recognition, finder *find,
                                   roaring_bitmap_t *vanished) {
    size_t count = roaring_bitmap_get_cardinality(vanished), next = 0;
    struct claim *claims = memory_alloc((count + 1) * sizeof(*claims));
    enum store_status status = STORE_OK;
    roaring_uint32_iterator_t iterator;
    roaring_init_iterator(vanished, &iterator);
    for (; iterator.has_value; roaring_advance_uint32_iterator(&iterator))
        claims[next++].vanished = iterator.current_value;
    while (count > 0 && status == STORE_OK) {
        status = make_claims(recognition, find, claims, &count);
        if (status == STORE_OK) status = grant(recognition, claims, &count, vanished);
    }
    free(claims);
    return status;
}

enum store_status import_recognise_renamed(struct import *import, roaring_bitmap_t *vanished) {
    static finder *const finders[] = {find_by_answer, find_in_source, find_anywhere};
    if (roaring_bitmap_is_empty(vanished) || roaring_bitmap_is_empty(import->questions_new))
        return STORE_OK;
    struct recognition recognition = {.import = import, .comparisons_left = COMPARISONS_MAX};
    enum store_status status = index_all_new(import);
    for (size_t i = 0; i < sizeof(finders) / sizeof(finders[0]) && status == STORE_OK; i++)
        status = recognise(&recognition, finders[i], vanished);
    return status;
}
