/* Questions in the order of their ids. Internal to db/. */
#ifndef QBANK_DB_ID_ORDER_H
#define QBANK_DB_ID_ORDER_H

#include "db/selection.h"
#include "db/status.h"

struct store;

/* Sorts positions by the ids of their questions. False: out of memory. */
bool id_order_sort(const struct catalog *catalog, uint32_t *positions, size_t count);

/* Goes through the ids of the bank and takes up to `limit` questions of the selection, from that at
 * the position `place` - 1 on (0: from the start); *ret_next is where to go on, or 0. Passes as
 * many ids as lie between: see id_order_is_sorted_sooner(). */
enum store_status id_order_walk(struct store *store, const struct selection *selection,
                                bool descending, uint32_t place, size_t limit,
                                uint32_t *ret_positions, size_t *ret_count, uint32_t *ret_next);

/* Whether `selected` questions out of `count` are better sorted than looked for along the ids. */
bool id_order_is_sorted_sooner(uint32_t selected, uint32_t count);

#endif
