/* The questions that a filter leaves: a set of positions. Internal to db/. */
#ifndef QBANK_DB_SELECTION_H
#define QBANK_DB_SELECTION_H

#include "db/catalog_internal.h"

/* Where one set of the catalog is the answer, it is borrowed and nothing is copied. */
struct selection {
    const roaring_bitmap_t *set;
    roaring_bitmap_t *owned; /* the same, or NULL where `set` is the catalog's */
};

/* STORE_UNKNOWN_SECTION, STORE_UNKNOWN_SOURCE with *ret_index; STORE_ERROR when memory runs out. */
enum store_status selection_create(const struct catalog *catalog,
                                   const struct question_filter *filter,
                                   struct selection *ret_selection, size_t *ret_index);
void selection_free(struct selection *selection);

size_t selection_count(const struct selection *selection);

#endif
