#include "db/order.h"

#include <stdlib.h>

#include "db/draw.h"
#include "db/id_order.h"
#include "db/store_internal.h"

/* ---- the n-th question ------------------------------------------------------------------------
 */

static uint32_t run_at(const struct order *order, uint32_t index) {
    const struct selection *run = order->runs;
    for (; index >= selection_count(run); run++) index -= selection_count(run);
    return selection_select(run, index);
}

static uint32_t order_at(const struct order *order, uint32_t index) {
    if (order->reversed) index = order->count - 1 - index;
    if (order->shuffled) index = shuffle_at(&order->shuffle, index);
    return order->positions != NULL ? order->positions[index] : run_at(order, index);
}

enum store_status order_take(const struct order *order, struct store *store, uint32_t place,
                             size_t limit, uint32_t *ret_positions, size_t *ret_count,
                             uint32_t *ret_next) {
    if (place > 0 && place >= (order->walks ? store->catalog->count + 1 : order->count))
        return STORE_NO_ROW;
    if (order->walks)
        return id_order_walk(store, order->runs, order->reversed, place, limit, ret_positions,
                             ret_count, ret_next);
    uint32_t left = order->count - place, count = limit < left ? (uint32_t)limit : left;
    for (uint32_t i = 0; i < count; i++) ret_positions[i] = order_at(order, place + i);
    *ret_count = count;
    *ret_next = count < left ? place + count : 0;
    return STORE_OK;
}

/* ---- from runs -------------------------------------------------------------------------------
 */

static enum store_status add_run(struct store *store, struct order *order,
                                 const struct question_filter *filter, size_t *ret_index) {
    struct selection *run = &order->runs[order->run_count];
    enum store_status status = store_select(store, filter, run, ret_index);
    if (status != STORE_OK) return status;
    order->run_count++;
    order->count += selection_count(run);
    return STORE_OK;
}

/* A run for each difficulty that the filter lets through. */
static enum store_status add_difficulties(struct store *store, struct order *order,
                                          const struct listing_request *request,
                                          size_t *ret_index) {
    struct question_filter filter = *request->filter;
    enum store_status status = STORE_OK;
    for (unsigned i = 0; i < DIFFICULTY_COUNT && status == STORE_OK; i++) {
        unsigned bit = 1u << (request->descending ? DIFFICULTY_COUNT - 1 - i : i);
        if (request->filter->difficulties != 0 && !(request->filter->difficulties & bit)) continue;
        filter.difficulties = bit;
        status = add_run(store, order, &filter, ret_index);
    }
    return status;
}

static enum store_status out_of_memory(struct store *store) {
    return store_fail(store, STORE_ERROR, "out of memory");
}

static enum store_status order_ids(struct store *store, struct order *order) {
    order->walks = !id_order_is_sorted_sooner(order->count, store->catalog->count);
    if (order->walks) return STORE_OK;
    order->positions = calloc((size_t)order->count + 1, sizeof(*order->positions));
    if (order->positions == NULL) return out_of_memory(store);
    for (uint32_t i = 0; i < order->count; i++) order->positions[i] = run_at(order, i);
    bool sorted = id_order_sort(store->catalog, order->positions, order->count);
    return sorted ? STORE_OK : out_of_memory(store);
}

static void shuffle(const struct catalog *catalog, struct order *order, const char *seed) {
    struct draw_generator generator = draw_generator_seeded(seed, catalog->revision_bits);
    order->shuffled = true;
    shuffle_init(&order->shuffle, generator.state, order->count);
}

static enum store_status fill_runs(struct store *store, const struct listing_request *request,
                                   struct order *order, size_t *ret_index) {
    if (request->sort == LISTING_BY_DIFFICULTY)
        return add_difficulties(store, order, request, ret_index);
    order->reversed = request->descending;
    enum store_status status = add_run(store, order, request->filter, ret_index);
    if (status == STORE_OK && request->sort == LISTING_BY_ID) status = order_ids(store, order);
    if (status == STORE_OK && request->sort == LISTING_RANDOM)
        shuffle(store->catalog, order, request->seed);
    return status;
}

/* ---- from the hits of a search ----------------------------------------------------------------
 */

static int compare_positions(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Puts hits that are in bank order one difficulty behind the other. */
static bool group_by_difficulty(const struct catalog *catalog, struct order *order,
                                bool descending) {
    uint32_t *grouped = calloc((size_t)order->count + 1, sizeof(*grouped)), count = 0;
    if (grouped == NULL) return false;
    for (unsigned i = 0; i < DIFFICULTY_COUNT; i++)
        for (uint32_t j = 0; j < order->count; j++)
            if (catalog_difficulty(catalog, order->positions[j]) ==
                (descending ? DIFFICULTY_COUNT - 1 - i : i))
                grouped[count++] = order->positions[j];
    free(order->positions);
    order->positions = grouped;
    return true;
}

/* False: out of memory. */
static bool arrange_hits(const struct catalog *catalog, struct order *order,
                         const struct listing_request *request) {
    if (request->sort == LISTING_BY_RELEVANCE) return true;
    if (request->sort == LISTING_BY_ID) {
        order->reversed = request->descending;
        return id_order_sort(catalog, order->positions, order->count);
    }
    qsort(order->positions, order->count, sizeof(*order->positions), compare_positions);
    if (request->sort == LISTING_BY_DIFFICULTY)
        return group_by_difficulty(catalog, order, request->descending);
    order->reversed = request->descending;
    if (request->sort == LISTING_RANDOM) shuffle(catalog, order, request->seed);
    return true;
}

static enum store_status fill_hits(struct store *store, const struct listing_request *request,
                                   const struct search_words *words, struct order *order,
                                   size_t *ret_index) {
    struct search_hits hits;
    enum store_status status = add_run(store, order, request->filter, ret_index);
    if (status != STORE_OK) return status;
    const struct search_query query = {
        .words = words, .places = request->places, .selection = order->runs};
    status = search_find(store, &query, &hits);
    if (status != STORE_OK) return status;
    order->positions = hits.positions; /* taken over */
    order->count = (uint32_t)hits.count;
    order->found = true;
    order->truncated = !hits.complete;
    return arrange_hits(store->catalog, order, request) ? STORE_OK : out_of_memory(store);
}

/* ---- either -----------------------------------------------------------------------------------
 */

enum store_status order_create(struct store *store, const struct listing_request *request,
                               const struct search_words *words, struct order *ret_order,
                               size_t *ret_index) {
    struct order order = {0};
    enum store_status status = request->search != NULL
                                   ? fill_hits(store, request, words, &order, ret_index)
                                   : fill_runs(store, request, &order, ret_index);
    if (status == STORE_OK)
        *ret_order = order;
    else
        order_free(&order);
    return status;
}

void order_free(struct order *order) {
    for (unsigned i = 0; i < order->run_count; i++) selection_free(&order->runs[i]);
    free(order->positions);
    *order = (struct order){0};
}
