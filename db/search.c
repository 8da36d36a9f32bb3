/* A search reads the engine's hits in the order of their keys, which are the order of the bank as a
 * rule, ranks the first SEARCH_CANDIDATES of those that the filter leaves, and stops there. */
#include "db/search.h"

#include <stdlib.h>

#include "db/search_query.h"
#include "db/selection.h"
#include "db/store_internal.h"

/* What bounds the work where the filter leaves few of the hits. After so many in a row that it does
 * not leave, the engine is asked to go on at the next question that it does, and then after twice
 * as many, since asking is dear where it joins the lists of many words; and so many in all. */
enum { MISSES_BEFORE_SEEK = 500, SCANNED_MAX = 20000 };

struct hit {
    double score;
    uint32_t position;
};

struct search {
    struct store *store;
    enum statement statement;
    const char *expression;
    struct selection selection;
    struct hit *hits;
    size_t hit_count, scanned, patience; /* misses in a row before the next seek */
    bool complete;                       /* there are no others */
};

/* ---- hits ------------------------------------------------------------------------------------ */

static bool take_hit(struct search *search, int64_t key, double score) {
    struct hit *hit = &search->hits[search->hit_count];
    if (!catalog_find_key(search->store->catalog, (uint32_t)key, &hit->position) ||
        !selection_contains(&search->selection, hit->position))
        return false;
    hit->score = score;
    search->hit_count++;
    return true;
}

/* The first key of the selection that is not below `key`; false if there is none. A search only
 * goes forward, so that all of these together pass every question once. */
static bool next_key(const struct search *search, int64_t key, int64_t *ret_next) {
    const struct catalog *catalog = search->store->catalog;
    for (uint32_t i = catalog_lower_key(catalog, (uint32_t)key); i < catalog->count; i++) {
        uint32_t position = catalog_by_key(catalog, i);
        if (!selection_contains(&search->selection, position)) continue;
        *ret_next = catalog->keys[position];
        return true;
    }
    return false;
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
    size_t misses = 0;
    int code = SQLITE_ROW;
    while (!is_enough(search) && misses < search->patience &&
           (code = sqlite3_step(query)) == SQLITE_ROW) {
        *from = sqlite3_column_int64(query, 0) + 1;
        search->scanned++;
        misses = take_hit(search, *from - 1, sqlite3_column_double(query, 1)) ? 0 : misses + 1;
    }
    search->patience *= 2;
    if (code == SQLITE_ROW) return STORE_OK;
    search->complete = code == SQLITE_DONE;
    return connection_finish(search->store->pinned, search->statement, code);
}

static enum store_status read_all_hits(struct search *search) {
    int64_t from = 0;
    search->hits = calloc(SEARCH_CANDIDATES + 1, sizeof(*search->hits));
    if (search->hits == NULL) return connection_out_of_memory(search->store->pinned);
    while (!search->complete && !is_enough(search)) {
        search->complete = !next_key(search, from, &from);
        enum store_status status = search->complete ? STORE_OK : read_hits(search, &from);
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
    if (status == STORE_SHORT_PREFIX) store_fail(store, status, "the prefix is too short");
    if (status == STORE_NO_WORDS) store_fail(store, status, "no word to search for");
    if (status == STORE_TOO_MANY_WORDS) store_fail(store, status, "too many words to search for");
}

static enum store_status compile(struct store *store, const struct search_query *query,
                                 char **ret_expression) {
    static const struct search_ability abilities[] = {
        [SEARCH_QUESTIONS] = {.phrases = true},
        [SEARCH_ANSWERS] = {.prefix_length = SEARCH_ANSWER_PREFIX_MIN}};
    enum store_status status = search_query_compile(store->pinned->handle, query->text,
                                                    &abilities[query->scope], ret_expression);
    if (status == STORE_ERROR) return connection_fail(store->pinned, "search query");
    explain(store, status);
    return status;
}

static enum store_status run(struct search *search, const struct search_query *query,
                             struct search_result *ret_result) {
    enum store_status status = read_all_hits(search);
    return status == STORE_OK ? give_result(search, query, ret_result) : status;
}

enum store_status store_search(struct store *store, const struct search_query *query,
                               struct search_result *ret_result, size_t *ret_index) {
    char *expression = NULL;
    struct search search = {.store = store,
                            .patience = MISSES_BEFORE_SEEK,
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
    free(search.hits);
    free(expression);
    return status;
}

void search_result_free(struct search_result *result) {
    free(result->positions);
    *result = (struct search_result){0};
}
