/* What a catalog is made of. Internal to db/; immutable once loaded, so any thread may read it. */
#ifndef QBANK_DB_CATALOG_INTERNAL_H
#define QBANK_DB_CATALOG_INTERNAL_H

#include <roaring/roaring.h>
#include <stdatomic.h>

#include "db/catalog.h"
#include "db/section_table.h"
#include "db/store_internal.h"

/* An id or an alias, and the question it leads to. */
struct catalog_name {
    uint32_t text; /* offset into `texts` */
    uint32_t position;
};

/* One question, by its position: its order in the bank, from 0. */
struct catalog_question {
    uint32_t key; /* of its row */
    uint32_t id;  /* offset into `texts` */
    uint32_t section, source;
};

struct catalog_source {
    int64_t key; /* of its row */
    char *path, *title;
    uint32_t first, count; /* its questions are neighbours */
    struct difficulty_counts counts;
};

/* A place in a list that is sorted by name. */
struct catalog_index {
    const char *name; /* borrowed from the list */
    uint32_t index;
};

struct catalog {
    atomic_size_t references;
    struct bank_version version;
    uint64_t revision_bits; /* the revision as a number: for cursors and seeds */
    uint32_t count;
    struct catalog_question *questions;
    struct catalog_name *names; /* sorted by text */
    size_t name_count;
    char *texts;
    struct section_table sections;
    struct catalog_index *sections_by_id;
    struct catalog_source *sources;
    size_t source_count;
    struct catalog_index *sources_by_path;
    struct difficulty_counts counts;
    struct difficulty_counts *section_counts; /* each with all below it */
    /* Sets of positions, one for each value that a filter can name. */
    roaring_bitmap_t *all;
    roaring_bitmap_t *by_difficulty[DIFFICULTY_COUNT];
    roaring_bitmap_t *with_answer;
    roaring_bitmap_t **by_section; /* each with all below it */
    roaring_bitmap_t **by_source;
};

/* The position of the question that an id or an alias leads to; false if there is none. */
bool catalog_find(const struct catalog *catalog, const char *id, uint32_t *ret_position);

/* The same among the first `count` names only, while the rest is not sorted yet. */
bool catalog_find_among(const struct catalog *catalog, size_t count, const char *id,
                        uint32_t *ret_position);

/* The place of a section id or a source path in its list; false if there is none. */
bool catalog_find_section(const struct catalog *catalog, const char *id, uint32_t *ret_index);
bool catalog_find_source(const struct catalog *catalog, const char *path, uint32_t *ret_index);

/* Loads the newest revision, in a transaction of its own. The connection must not be in one. */
enum store_status catalog_load(struct connection *connection, struct catalog **ret_catalog);

#endif
