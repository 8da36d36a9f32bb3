/* What a catalog is made of. Internal to db/; immutable once loaded, so any thread may read it. */
#ifndef QBANK_DB_CATALOG_INTERNAL_H
#define QBANK_DB_CATALOG_INTERNAL_H

#include <stdatomic.h>

#include "db/catalog.h"
#include "db/name_index.h"
#include "db/pack_directory.h"
#include "db/position_set.h"
#include "db/section_table.h"
#include "db/version.h"

/* Neighbouring positions: from `first` up to but not including `end`. */
struct catalog_range {
    uint32_t first, end;
};

/* Questions that stand in a row in one section, itself and not one below it, as many as there are.
 */
struct catalog_run {
    uint32_t section, first;
    uint32_t source;
};

/* In ascending order, neither touching nor overlapping. */
struct catalog_ranges {
    struct catalog_range *items;
    size_t count;
};

struct catalog_source {
    int64_t key; /* of its row */
    char *path, *title;
    struct catalog_range range;
    struct difficulty_counts counts;
};

/* A place in a list that is sorted by name. */
struct catalog_index {
    const char *name; /* borrowed from the list */
    uint32_t index;
};

enum { CATALOG_DIFFICULTY_MASKS = 1 << DIFFICULTY_COUNT };

/* Bytes. Exact enough to weigh hits; what is longer than a byte can say counts as that long. */
enum { CATALOG_LENGTH_UNIT = 4 };

struct catalog {
    atomic_size_t references;
    struct bank_version version;
    uint64_t revision_bits; /* the revision as a number: for cursors and seeds */
    uint32_t count;
    uint32_t *keys;   /* of the questions' rows, by position: the order in the bank, from 0 */
    uint8_t *lengths; /* of the questions' texts, by position, in CATALOG_LENGTH_UNIT */
    struct name_index names; /* ids by position, and aliases */
    uint32_t *by_key;        /* positions in ascending order of their keys; NULL: bank order */
    struct pack_directory packs;
    struct section_table sections;
    struct catalog_ranges *section_ranges;    /* each with all below it: one range, as a rule */
    struct difficulty_counts *section_counts; /* each with all below it */
    struct catalog_run *runs;                 /* in bank order; together they are the bank */
    size_t run_count;
    struct catalog_index *sections_by_id;
    struct catalog_source *sources;
    size_t source_count;
    struct catalog_index *sources_by_path;
    struct difficulty_counts counts;
    /* Ready for every combination that a filter can ask for, by the mask of difficulties (not 0)
     * and enum answer_filter: a filter is one of these within some ranges, so that nothing is
     * combined for a request. */
    struct position_set sets[CATALOG_DIFFICULTY_MASKS][ANSWER_FILTER_COUNT];
};

/* The position of the question that an id or an alias leads to; false if there is none. */
bool catalog_find(const struct catalog *catalog, const char *id, uint32_t *ret_position);

/* The id of the question there, at most QUESTION_ID_MAX characters. */
void catalog_question_id(const struct catalog *catalog, uint32_t position,
                         char ret_id[QUESTION_ID_MAX + 1]);

/* The run that the question at `position` stands in. It is looked for at `hint` first, which may be
 * any run: neighbours share theirs as a rule. */
size_t catalog_find_run(const struct catalog *catalog, uint32_t position, size_t hint);
enum difficulty catalog_difficulty(const struct catalog *catalog, uint32_t position);

/* The questions in ascending order of their keys: the position of the i-th, and which is the first
 * whose key is not below `key` (`count` if there is none). */
static inline uint32_t catalog_by_key(const struct catalog *catalog, uint32_t i) {
    return catalog->by_key == NULL ? i : catalog->by_key[i];
}
uint32_t catalog_lower_key(const struct catalog *catalog, uint32_t key);

/* The position of the row of this key; false if there is none. */
bool catalog_find_key(const struct catalog *catalog, uint32_t key, uint32_t *ret_position);

/* The place of a section id or a source path in its list; false if there is none. */
bool catalog_find_section(const struct catalog *catalog, const char *id, uint32_t *ret_index);
bool catalog_find_source(const struct catalog *catalog, const char *path, uint32_t *ret_index);

/* Loads the newest revision, in a transaction of its own. The connection must not be in one. */
enum store_status catalog_load(struct connection *connection, struct catalog **ret_catalog);

#endif
