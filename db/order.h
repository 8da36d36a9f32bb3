/* The questions of a list one behind the other, in any order that can be asked for. Internal to
 * db/.
 *
 * Nothing is sorted but hits of a search and a list that is short beside the bank: bank order and
 * that by difficulty are runs of the catalog's sets, random order is a permutation of those, and
 * the order of the ids is that of the database's index. */
#ifndef QBANK_DB_ORDER_H
#define QBANK_DB_ORDER_H

#include "db/listing.h"
#include "db/selection.h"
#include "db/shuffle.h"

struct order {
    struct selection runs[DIFFICULTY_COUNT]; /* one behind the other */
    unsigned run_count;
    uint32_t *positions; /* owned: the questions themselves where they are few or found; NULL: see
                            the runs */
    uint32_t count;
    bool found;     /* the hits of a search */
    bool truncated; /* a search may have more hits than these */
    bool reversed;  /* from the end to the start */
    bool walks;     /* the first run in the order of the ids, along the index */
    bool shuffled;
    struct shuffle shuffle;
};

/* Where a page begins in an order: 0 is its start, others are what order_take() has returned. */

/* `words` are those of the request's search, if there is one. STORE_UNKNOWN_…: as for
 * selection_create(); STORE_SHORT_PREFIX. */
enum store_status order_create(struct store *store, const struct listing_request *request,
                               const struct search_words *words, struct order *ret_order,
                               size_t *ret_index);
void order_free(struct order *order); /* accepts a zeroed one */

/* Up to `limit` questions from `place` on. *ret_next is the place of the one behind them, or 0
 * where there is none. STORE_NO_ROW: there is no such place. */
enum store_status order_take(const struct order *order, struct store *store, uint32_t place,
                             size_t limit, uint32_t *ret_positions, size_t *ret_count,
                             uint32_t *ret_next);

#endif
