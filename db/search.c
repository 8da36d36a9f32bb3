/* A search reads the engine's hits in the order of their keys, which are the order of the bank as a
 * rule, ranks the first SEARCH_CANDIDATES of those that the filter leaves, and stops there. */
#include "db/search.h"

#include <stdlib.h>
#include <string.h>

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

/* Of one index. */
struct search {
    struct store *store;
    const struct selection *selection;
    enum statement statement;
    const char *expression;
    struct hit *hits;
    size_t hit_count, scanned, patience; /* misses in a row before the next seek */
    bool complete;                       /* there are no others */
};

/* ---- hits ------------------------------------------------------------------------------------ */

static bool take_hit(struct search *search, int64_t key, double score) {
    struct hit *hit = &search->hits[search->hit_count];
    if (!catalog_find_key(search->store->catalog, (uint32_t)key, &hit->position) ||
        !selection_contains(search->selection, hit->position))
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
        if (!selection_contains(search->selection, position)) continue;
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

/* Reads the hits of one index into `hits`, which has room for one more than the candidates. */
static enum store_status read_all_hits(struct search *search) {
    int64_t from = 0;
    while (!search->complete && !is_enough(search)) {
        search->complete = !next_key(search, from, &from);
        enum store_status status = search->complete ? STORE_OK : read_hits(search, &from);
        if (status != STORE_OK) return status;
    }
    if (search->hit_count > SEARCH_CANDIDATES) search->hit_count = SEARCH_CANDIDATES;
    return STORE_OK;
}

/* ---- the indexes ------------------------------------------------------------------------------
 */

/* Hits of both. */
struct finding {
    struct store *store;
    const struct search_query *query;
    struct hit *hits;
    size_t hit_count;
    bool complete;
};

static enum store_status search_index(struct finding *finding, enum statement statement,
                                      const struct search_ability *ability) {
    char *expression;
    enum store_status status = search_query_compile(finding->query->words, ability, &expression);
    if (status == STORE_ERROR) return connection_out_of_memory(finding->store->pinned);
    if (status != STORE_OK) return store_fail(finding->store, status, "the prefix is too short");
    struct search search = {.store = finding->store,
                            .selection = finding->query->selection,
                            .statement = statement,
                            .expression = expression,
                            .hits = finding->hits + finding->hit_count,
                            .patience = MISSES_BEFORE_SEEK};
    status = read_all_hits(&search);
    finding->hit_count += search.hit_count;
    finding->complete = finding->complete && search.complete;
    free(expression);
    return status;
}

static enum store_status search_questions(struct finding *finding) {
    static const char *const names[] = {"question", "context", "section"};
    char columns[64] = "";
    for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (finding->query->places >> i & 1) strcat(strcat(columns, names[i]), " ");
    if (columns[0] == '\0') return STORE_OK;
    bool all = (finding->query->places & SEARCH_ALL_BUT_ANSWERS) == SEARCH_ALL_BUT_ANSWERS;
    return search_index(finding, STATEMENT_SEARCH,
                        &(struct search_ability){.phrases = true, .columns = all ? NULL : columns});
}

static enum store_status search_answers(struct finding *finding) {
    if (!(finding->query->places & SEARCH_ANSWER)) return STORE_OK;
    return search_index(finding, STATEMENT_SEARCH_ANSWERS,
                        &(struct search_ability){.prefix_length = SEARCH_ANSWER_PREFIX_MIN});
}

/* ---- the result ------------------------------------------------------------------------------ */

static int compare_positions(const void *a, const void *b) {
    const struct hit *left = a, *right = b;
    if (left->position != right->position) return left->position < right->position ? -1 : 1;
    return (left->score < right->score) - (left->score > right->score);
}

/* The better first; equals in bank order. */
static int compare_scores(const void *a, const void *b) {
    const struct hit *left = a, *right = b;
    if (left->score != right->score) return left->score < right->score ? 1 : -1;
    return (left->position > right->position) - (left->position < right->position);
}

/* Of questions that were found in both indexes keeps the better hit. */
static void unite(struct finding *finding) {
    size_t kept = 0;
    qsort(finding->hits, finding->hit_count, sizeof(*finding->hits), compare_positions);
    for (size_t i = 0; i < finding->hit_count; i++)
        if (kept == 0 || finding->hits[kept - 1].position != finding->hits[i].position)
            finding->hits[kept++] = finding->hits[i];
    finding->hit_count = kept;
}

static enum store_status give_hits(struct finding *finding, struct search_hits *ret_hits) {
    uint32_t *positions = calloc(finding->hit_count + 1, sizeof(*positions));
    if (positions == NULL) return connection_out_of_memory(finding->store->pinned);
    unite(finding);
    qsort(finding->hits, finding->hit_count, sizeof(*finding->hits), compare_scores);
    for (size_t i = 0; i < finding->hit_count; i++) positions[i] = finding->hits[i].position;
    *ret_hits = (struct search_hits){
        .positions = positions, .count = finding->hit_count, .complete = finding->complete};
    return STORE_OK;
}

enum store_status search_find(struct store *store, const struct search_query *query,
                              struct search_hits *ret_hits) {
    struct finding finding = {.store = store, .query = query, .complete = true};
    finding.hits = calloc(2 * (SEARCH_CANDIDATES + 1), sizeof(*finding.hits));
    if (finding.hits == NULL) return connection_out_of_memory(store->pinned);
    enum store_status status = search_questions(&finding);
    if (status == STORE_OK) status = search_answers(&finding);
    if (status == STORE_OK) status = give_hits(&finding, ret_hits);
    free(finding.hits);
    return status;
}
