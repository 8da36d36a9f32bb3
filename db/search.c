/* A search reads the engine's hits in the order of their keys, which are the order of the bank as a
 * rule, ranks the first SEARCH_CANDIDATES of those that the filter leaves, and stops there. */
#include "db/search.h"

#include <roaring/roaring.h>
#include <stdlib.h>

#include "db/search_query.h"
#include "db/selection.h"
#include "db/store_internal.h"

/* What bounds the work where the filter leaves few of the hits: after so many in a row that it does
 * not leave, the engine is asked to go on at the next question that it does; and so many in all. */
enum { MISSES_BEFORE_SEEK = 500, SCANNED_MAX = 50000 };

struct hit {
    double score;
    uint32_t position;
};

struct search {
    struct store *store;
    enum statement statement;
    const char *expression;
    struct selection selection;
    roaring_bitmap_t *keys; /* of the selection; NULL: every key */
    struct hit *hits;
    size_t hit_count, scanned;
    bool complete; /* there are no others */
};

/* ---- the filter ------------------------------------------------------------------------------ */

/* The engine knows keys: so the selection is needed by key where it is not the whole bank. */
static bool collect_keys(struct search *search) {
    const struct catalog *catalog = search->store->catalog;
    uint32_t count = selection_count(&search->selection);
    if (count == catalog->count) return true;
    search->keys = roaring_bitmap_create();
    for (uint32_t i = 0; search->keys != NULL && i < count; i++) {
        uint32_t position = selection_select(&search->selection, i);
        roaring_bitmap_add(search->keys, catalog->questions[position].key);
    }
    return search->keys != NULL;
}

/* The first key of the selection that is not below `key`; false if there is none. */
static bool next_key(const struct search *search, int64_t key, int64_t *ret_next) {
    roaring_uint32_iterator_t iterator;
    roaring_init_iterator(search->keys, &iterator);
    roaring_move_uint32_iterator_equalorlarger(&iterator, (uint32_t)key);
    *ret_next = iterator.current_value;
    return iterator.has_value;
}

/* ---- hits ------------------------------------------------------------------------------------ */

static bool take_hit(struct search *search, int64_t key, double score) {
    struct hit *hit = &search->hits[search->hit_count];
    if (search->keys != NULL && !roaring_bitmap_contains(search->keys, (uint32_t)key)) return false;
    if (!catalog_find_key(search->store->catalog, (uint32_t)key, &hit->position)) return false;
    hit->score = score;
    search->hit_count++;
    return true;
}

static bool is_enough(const struct search *search) {
    return search->hit_count > SEARCH_CANDIDATES || search->scanned >= SCANNED_MAX;
}

/* Reads hits from `*from` on, until there is enough or the next ones are better sought: *from is
 * where then. */
static enum store_status read_hits(struct search *search, int64_t *from) {
    QUERY query = connection_query(search->store->pinned, search->statement,
                                   VALUES(value_text(search->expression), value_integer(*from)));
    if (query == NULL) return STORE_ERROR;
    int code = SQLITE_ROW, misses = 0;
    while (!is_enough(search) && misses < MISSES_BEFORE_SEEK &&
           (code = sqlite3_step(query)) == SQLITE_ROW) {
        *from = sqlite3_column_int64(query, 0) + 1;
        search->scanned++;
        misses = take_hit(search, *from - 1, sqlite3_column_double(query, 1)) ? 0 : misses + 1;
    }
    if (code == SQLITE_ROW) return STORE_OK;
    search->complete = code == SQLITE_DONE;
    return connection_finish(search->store->pinned, search->statement, code);
}

static enum store_status read_all_hits(struct search *search) {
    int64_t from = 0;
    search->hits = calloc(SEARCH_CANDIDATES + 1, sizeof(*search->hits));
    if (search->hits == NULL) return connection_out_of_memory(search->store->pinned);
    while (!search->complete && !is_enough(search)) {
        if (search->keys != NULL && !next_key(search, from, &from)) {
            search->complete = true;
            break;
        }
        enum store_status status = read_hits(search, &from);
        if (status != STORE_OK) return status;
    }
    return STORE_OK;
}

/* ---- the result ------------------------------------------------------------------------------ */

/* The better first; equals in bank order. */
static int compare_hits(const void *a, const void *b) {
    const struct hit *left = a, *right = b;
    if (left->score != right->score) return left->score < right->score ? 1 : -1;
    return (left->position > right->position) - (left->position < right->position);
}

static enum store_status give_result(struct search *search, const struct search_query *query,
                                     struct search_result *ret_result) {
    size_t total = search->hit_count < SEARCH_CANDIDATES ? search->hit_count : SEARCH_CANDIDATES;
    size_t first = query->offset < total ? query->offset : total;
    size_t count = query->limit < total - first ? query->limit : total - first;
    uint32_t *positions = calloc(count + 1, sizeof(*positions));
    if (positions == NULL) return connection_out_of_memory(search->store->pinned);
    qsort(search->hits, total, sizeof(*search->hits), compare_hits);
    for (size_t i = 0; i < count; i++) positions[i] = search->hits[first + i].position;
    *ret_result = (struct search_result){
        .positions = positions, .count = count, .total = total, .total_is_exact = search->complete};
    return STORE_OK;
}

static void explain(struct store *store, enum store_status status) {
    if (status == STORE_NO_WORDS) store_fail(store, status, "no word to search for");
    if (status == STORE_TOO_MANY_WORDS) store_fail(store, status, "too many words to search for");
}

static enum store_status compile(struct store *store, const struct search_query *query,
                                 char **ret_expression) {
    enum store_status status = search_query_compile(
        store->pinned->handle, query->text, query->scope == SEARCH_QUESTIONS, ret_expression);
    if (status == STORE_ERROR) return connection_fail(store->pinned, "search query");
    explain(store, status);
    return status;
}

static enum store_status run(struct search *search, const struct search_query *query,
                             struct search_result *ret_result) {
    if (!collect_keys(search)) return connection_out_of_memory(search->store->pinned);
    enum store_status status = read_all_hits(search);
    return status == STORE_OK ? give_result(search, query, ret_result) : status;
}

enum store_status store_search(struct store *store, const struct search_query *query,
                               struct search_result *ret_result, size_t *ret_index) {
    char *expression = NULL;
    struct search search = {.store = store,
                            .statement = query->scope == SEARCH_QUESTIONS
                                             ? STATEMENT_SEARCH
                                             : STATEMENT_SEARCH_ANSWERS};
    enum store_status status =
        selection_create(store->catalog, query->filter, &search.selection, ret_index);
    if (status == STORE_ERROR) return store_fail(store, status, "out of memory");
    if (status != STORE_OK) return status;
    status = compile(store, query, &expression);
    search.expression = expression;
    if (status == STORE_OK) status = run(&search, query, ret_result);
    selection_free(&search.selection);
    if (search.keys != NULL) roaring_bitmap_free(search.keys);
    free(search.hits);
    free(expression);
    return status;
}

void search_result_free(struct search_result *result) {
    free(result->positions);
    *result = (struct search_result){0};
}
