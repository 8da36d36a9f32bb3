/* The bank's sections in memory, as the catalog and the revision need them. Internal to db/. */
#ifndef QBANK_DB_SECTION_TABLE_H
#define QBANK_DB_SECTION_TABLE_H

#include <stdbool.h>

#include "content/question.h"
#include "db/connection.h"

struct section_key {
    int64_t key;
    size_t index;
};

struct section_table {
    struct section *items; /* in bank order, parents first; `parent` is an index */
    size_t count;
    struct section_key *keys; /* sorted by key: the row of each section */
};

/* Loads all of them. STORE_ERROR also where the tree is not in order (see store_check()). */
enum store_status section_table_load(struct connection *connection,
                                     struct section_table *ret_table);
void section_table_free(struct section_table *table);

/* The index of the section of this row; false if there is none. */
bool section_table_find(const struct section_table *table, int64_t key, size_t *ret_index);

#endif
