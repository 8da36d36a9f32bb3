/* How many questions of a list there are of each difficulty, in each section and source. */
#ifndef QBANK_DB_FACETS_H
#define QBANK_DB_FACETS_H

#include "db/store.h"

/* What to count: a bit mask. */
enum { FACETS_DIFFICULTY = 1, FACETS_SECTION = 2, FACETS_SOURCE = 4 };

struct facet {
    const char *name, *title; /* a section's id or a source's path; the catalog's */
    struct difficulty_counts counts;
};

/* Only those that have questions in the list, in bank order; a section counts what lies below it.
 */
struct facets {
    struct difficulty_counts difficulties;
    struct facet *sections, *sources; /* owned; empty where they were not asked for */
    size_t section_count, source_count;
};
void facets_free(struct facets *facets); /* accepts a zeroed one */

/* ---- internal to db/ ------------------------------------------------------------------------- */

struct order;

/* Counts what the filter leaves by the catalog's ranks: the work is that of the sections and
 * sources, however many questions they have. Hits of a search, which `order` holds, are counted one
 * by one. STORE_ERROR when memory runs out. */
enum store_status facets_count(struct store *store, const struct question_filter *filter,
                               const struct order *order, unsigned wanted,
                               struct facets *ret_facets);

#endif
