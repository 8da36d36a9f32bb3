#include "db/catalog_internal.h"

#include <stdlib.h>
#include <string.h>

struct catalog *catalog_ref(struct catalog *catalog) {
    atomic_fetch_add_explicit(&catalog->references, 1, memory_order_relaxed);
    return catalog;
}

static void free_sections(struct catalog *catalog) {
    for (size_t i = 0; catalog->section_ranges != NULL && i < catalog->sections.count; i++)
        free(catalog->section_ranges[i].items);
    free(catalog->section_ranges);
    free(catalog->section_counts);
    free(catalog->sections_by_id);
    section_table_free(&catalog->sections);
}

static void free_sources(struct catalog *catalog) {
    for (size_t i = 0; i < catalog->source_count; i++) {
        free(catalog->sources[i].path);
        free(catalog->sources[i].title);
    }
    free(catalog->sources);
    free(catalog->sources_by_path);
}

void catalog_unref(struct catalog *catalog) {
    if (catalog == NULL) return;
    if (atomic_fetch_sub_explicit(&catalog->references, 1, memory_order_acq_rel) != 1) return;
    for (size_t mask = 0; mask < CATALOG_DIFFICULTY_MASKS; mask++)
        for (size_t answer = 0; answer < ANSWER_FILTER_COUNT; answer++)
            position_set_free(&catalog->sets[mask][answer]);
    free_sections(catalog);
    free_sources(catalog);
    name_index_free(&catalog->names);
    pack_directory_free(&catalog->packs);
    free(catalog->runs);
    free(catalog->keys);
    free(catalog->lengths);
    free(catalog->by_key);
    free(catalog);
}

const char *catalog_revision(const struct catalog *catalog) {
    return catalog->version.revision;
}

bool catalog_find(const struct catalog *catalog, const char *id, uint32_t *ret_position) {
    uint32_t position = name_index_find(&catalog->names, id);
    if (position == NAME_NONE) return false;
    *ret_position = position;
    return true;
}

void catalog_question_id(const struct catalog *catalog, uint32_t position,
                         char ret_id[QUESTION_ID_MAX + 1]) {
    name_index_id(&catalog->names, position, ret_id);
}

static bool is_in_run(const struct catalog *catalog, size_t run, uint32_t position) {
    return run < catalog->run_count && catalog->runs[run].first <= position &&
           (run + 1 == catalog->run_count || position < catalog->runs[run + 1].first);
}

size_t catalog_find_run(const struct catalog *catalog, uint32_t position, size_t hint) {
    if (is_in_run(catalog, hint, position)) return hint;
    size_t low = 0, high = catalog->run_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (catalog->runs[middle].first <= position)
            low = middle;
        else
            high = middle;
    }
    return low;
}

enum difficulty catalog_difficulty(const struct catalog *catalog, uint32_t position) {
    enum difficulty difficulty = DIFFICULTY_EASY;
    while (!position_set_contains(&catalog->sets[1u << difficulty][ANSWER_ANY], position))
        difficulty++;
    return difficulty;
}

static uint32_t key_at(const struct catalog *catalog, uint32_t i) {
    return catalog->keys[catalog_by_key(catalog, i)];
}

/* Keys begin at 1 and none comes twice, so none has more than key - 1 below it, and has those where
 * nothing was removed. */
uint32_t catalog_lower_key(const struct catalog *catalog, uint32_t key) {
    uint32_t low = 0, high = catalog->count;
    if (key > 0 && key - 1 < high) high = key - 1;
    if (high < catalog->count && key_at(catalog, high) == key) return high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (key_at(catalog, middle) < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool catalog_find_key(const struct catalog *catalog, uint32_t key, uint32_t *ret_position) {
    uint32_t i = catalog_lower_key(catalog, key);
    if (i == catalog->count) return false;
    uint32_t position = catalog_by_key(catalog, i);
    if (catalog->keys[position] != key) return false;
    *ret_position = position;
    return true;
}

static int compare_name(const void *name, const void *entry) {
    return strcmp(name, ((const struct catalog_index *)entry)->name);
}

static bool find(const struct catalog_index *list, size_t count, const char *name,
                 uint32_t *ret_index) {
    if (count == 0) return false;
    const struct catalog_index *found = bsearch(name, list, count, sizeof(*list), compare_name);
    if (found != NULL) *ret_index = found->index;
    return found != NULL;
}

bool catalog_find_section(const struct catalog *catalog, const char *id, uint32_t *ret_index) {
    return find(catalog->sections_by_id, catalog->sections.count, id, ret_index);
}

bool catalog_find_source(const struct catalog *catalog, const char *path, uint32_t *ret_index) {
    return find(catalog->sources_by_path, catalog->source_count, path, ret_index);
}
