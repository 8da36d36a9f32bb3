#include "db/search_scan.h"

#include "db/search_rank.h"
#include "db/store_internal.h"

/* What bounds the work where the filter leaves few of the hits. After so many in a row that it does
 * not leave, the engine is asked to go on at the next question that it does, and then after twice
 * as many, since asking is dear where it joins the lists of many words; and so many in all. */
enum { MISSES_BEFORE_SEEK = 500, SCANNED_MAX = 20000 };

/* The engine does not say how much it reads, but it reads its pages by statements of its own, which
 * take so many steps of SQLite's virtual machine for each page. */
enum { STEPS_OF_PAGE = 3 };

struct reading {
    const struct search_scan *scan;
    struct search_hit *hits;
    size_t hit_count, scanned, patience; /* misses in a row before the next seek */
    sqlite3_stmt *query;                 /* the one that runs */
    int64_t steps, steps_max;            /* of SQLite's virtual machine */
    bool complete;                       /* there are no others */
};

/* ---- the bound of the engine ------------------------------------------------------------------
 */

static int64_t own_steps(const struct reading *reading) {
    return sqlite3_stmt_status(reading->query, SQLITE_STMTSTATUS_VM_STEP, false);
}

/* The steps of the query itself are not the engine's, and bounded by the hits. */
static int is_spent(void *context) {
    struct reading *reading = context;
    return ++reading->steps - own_steps(reading) > reading->steps_max;
}

static void begin_watch(struct reading *reading, sqlite3_stmt *query) {
    reading->query = query;
    sqlite3_stmt_status(query, SQLITE_STMTSTATUS_VM_STEP, true);
    sqlite3_progress_handler(reading->scan->store->pinned->handle, 1, is_spent, reading);
}

static void end_watch(struct reading *reading) {
    sqlite3_progress_handler(reading->scan->store->pinned->handle, 0, NULL, NULL);
    reading->steps -= own_steps(reading);
}

/* The steps that the engine takes to look one word up, here one that is past every question. */
static int64_t count_lookup_steps(struct store *store, enum statement statement) {
    const struct search_scan scan = {.store = store};
    struct reading reading = {.scan = &scan, .steps_max = INT64_MAX};
    QUERY query = connection_query(store->pinned, statement,
                                   VALUES(value_text("nothing"), value_integer(INT64_MAX)));
    if (query == NULL) return 0;
    begin_watch(&reading, query);
    sqlite3_step(query);
    end_watch(&reading);
    return reading.steps;
}

/* The first look has the engine read what it keeps, the second one counts. */
void search_scan_prepare(struct store *store) {
    static const enum statement statements[SEARCH_INDEX_COUNT] = {STATEMENT_SEARCH,
                                                                  STATEMENT_SEARCH_ALL};
    for (size_t i = 0; i < SEARCH_INDEX_COUNT; i++) {
        count_lookup_steps(store, statements[i]);
        store->lookup_steps[i] = count_lookup_steps(store, statements[i]);
    }
}

/* What lies in many pieces has more to look up, and still no more to read. */
static void allow_lookups(struct reading *reading) {
    const struct search_scan *scan = reading->scan;
    reading->steps_max +=
        scan->word_count * scan->store->lookup_steps[scan->statement == STATEMENT_SEARCH_ALL];
}

/* ---- hits ------------------------------------------------------------------------------------ */

static bool take_hit(struct reading *reading, int64_t key,
                     const struct search_occurrences *occurrences) {
    const struct catalog *catalog = reading->scan->store->catalog;
    struct search_hit *hit = &reading->hits[reading->hit_count];
    if (!catalog_find_key(catalog, (uint32_t)key, &hit->position) ||
        !selection_contains(reading->scan->selection, hit->position))
        return false;
    size_t length = (size_t)catalog->lengths[hit->position] * CATALOG_LENGTH_UNIT;
    hit->score = search_rank_score(occurrences, length);
    reading->hit_count++;
    return true;
}

/* The first key of the selection that is not below `key`; false if there is none. A search only
 * goes forward, so that all of these together pass every question once. */
static bool next_key(const struct search_scan *scan, int64_t key, int64_t *ret_next) {
    const struct catalog *catalog = scan->store->catalog;
    for (uint32_t i = catalog_lower_key(catalog, (uint32_t)key); i < catalog->count; i++) {
        uint32_t position = catalog_by_key(catalog, i);
        if (!selection_contains(scan->selection, position)) continue;
        *ret_next = catalog->keys[position];
        return true;
    }
    return false;
}

static bool is_enough(const struct reading *reading) {
    return reading->hit_count > SEARCH_CANDIDATES || reading->scanned >= SCANNED_MAX;
}

/* Until there is enough or the next ones are better sought: *from is where then. Returns SQLite's
 * code of the last step. */
static int step_hits(struct reading *reading, const struct search_occurrences *occurrences,
                     int64_t *from) {
    size_t misses = 0;
    int code = SQLITE_ROW;
    while (!is_enough(reading) && misses < reading->patience &&
           (code = sqlite3_step(reading->query)) == SQLITE_ROW) {
        *from = sqlite3_column_int64(reading->query, 0) + 1;
        reading->scanned++;
        misses = take_hit(reading, *from - 1, occurrences) ? 0 : misses + 1;
    }
    reading->patience *= 2;
    return code;
}

/* *ret_spent: the engine has come to its bound. */
static enum store_status read_hits(struct reading *reading, int64_t *from, bool *ret_spent) {
    const struct search_scan *scan = reading->scan;
    struct connection *connection = scan->store->pinned;
    struct search_occurrences occurrences = {0};
    const struct value values[] = {value_text(scan->expression), value_integer(*from),
                                   value_pointer(&occurrences)};
    QUERY query = connection_query(connection, scan->statement,
                                   scan->statement == STATEMENT_SEARCH ? 3 : 2, values);
    if (query == NULL) return STORE_ERROR;
    allow_lookups(reading);
    begin_watch(reading, query);
    int code = step_hits(reading, &occurrences, from);
    end_watch(reading);
    *ret_spent = code == SQLITE_INTERRUPT;
    reading->complete = code == SQLITE_DONE;
    if (code == SQLITE_ROW || *ret_spent) return STORE_OK;
    return connection_finish(connection, scan->statement, code);
}

static enum store_status read_all_hits(struct reading *reading) {
    int64_t from = 0;
    bool spent = false;
    while (!reading->complete && !spent && !is_enough(reading)) {
        reading->complete = !next_key(reading->scan, from, &from);
        enum store_status status = reading->complete ? STORE_OK : read_hits(reading, &from, &spent);
        if (status != STORE_OK) return status;
    }
    if (reading->hit_count > SEARCH_CANDIDATES) reading->hit_count = SEARCH_CANDIDATES;
    return STORE_OK;
}

enum store_status search_scan_run(const struct search_scan *scan, struct search_hit *hits,
                                  size_t *hit_count, bool *ret_complete) {
    struct reading reading = {.scan = scan,
                              .hits = hits + *hit_count,
                              .patience = MISSES_BEFORE_SEEK,
                              .steps_max = (int64_t)scan->pages_max * STEPS_OF_PAGE};
    enum store_status status = read_all_hits(&reading);
    if (status != STORE_OK) return status;
    *hit_count += reading.hit_count;
    *ret_complete = reading.complete;
    return STORE_OK;
}
