/* The questions that a filter leaves, as ranks: the first, the second, … of them in bank order.
 * Internal to db/.
 *
 * A filter is one ready set of the catalog (difficulties and answer) within some ranges of the bank
 * (sections and sources), with some members taken off (exclusions). Counting, the n-th member and
 * the members before a position cost the same at any size of the bank, and no set is made. */
#ifndef QBANK_DB_SELECTION_H
#define QBANK_DB_SELECTION_H

#include "db/catalog_internal.h"

/* A range, and what stands before it. */
struct selection_part {
    struct catalog_range range;
    uint32_t set_rank; /* members of the set before the range */
    uint32_t rank;     /* members of the selection before it, excluded ones among them */
};

struct selection {
    const struct position_set *set;   /* `ready`, or what the filter's changes leave of it */
    const struct position_set *ready; /* the catalog's */
    struct position_set *changed;     /* `set` where it is not `ready`; owned */
    int64_t since;                    /* the serial that the changes came after; 0 without any */
    struct selection_part *parts;     /* in bank order */
    size_t part_count;
    uint32_t member_count; /* excluded ones among them */
    uint32_t *excluded;    /* their ranks, ascending, each once */
    uint32_t excluded_count;
};

/* The selection refers to the catalog and to nothing of the filter. STORE_UNKNOWN_SECTION,
 * STORE_UNKNOWN_SOURCE with *ret_index; STORE_ERROR when memory runs out.
 */
enum store_status selection_create(const struct catalog *catalog,
                                   const struct question_filter *filter,
                                   struct selection *ret_selection, size_t *ret_index);
void selection_free(struct selection *selection); /* accepts a zeroed one */

uint32_t selection_count(const struct selection *selection);

/* How many selected positions are below `position`, which may be any. */
uint32_t selection_rank(const struct selection *selection, uint32_t position);

/* The selected position that has `rank` selected ones below it; rank < count. */
uint32_t selection_select(const struct selection *selection, uint32_t rank);

bool selection_contains(const struct selection *selection, uint32_t position);

#endif
