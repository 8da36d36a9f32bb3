#include "db/catalog_internal.h"

#include <stdlib.h>
#include <string.h>

struct catalog *catalog_ref(struct catalog *catalog) {
    atomic_fetch_add_explicit(&catalog->references, 1, memory_order_relaxed);
    return catalog;
}

/* The bitmap library does not accept NULL everywhere, and a catalog may be half loaded. */
static void free_set(roaring_bitmap_t *set) {
    if (set != NULL) roaring_bitmap_free(set);
}

static void free_sets(roaring_bitmap_t **sets, size_t count) {
    for (size_t i = 0; sets != NULL && i < count; i++) free_set(sets[i]);
    free(sets);
}

void catalog_unref(struct catalog *catalog) {
    if (catalog == NULL) return;
    if (atomic_fetch_sub_explicit(&catalog->references, 1, memory_order_acq_rel) != 1) return;
    free_set(catalog->all);
    free_set(catalog->with_answer);
    for (size_t i = 0; i < DIFFICULTY_COUNT; i++) free_set(catalog->by_difficulty[i]);
    free_sets(catalog->by_section, catalog->sections.count);
    free_sets(catalog->by_source, catalog->source_count);
    for (size_t i = 0; i < catalog->source_count; i++) {
        free(catalog->sources[i].path);
        free(catalog->sources[i].title);
    }
    free(catalog->sources);
    free(catalog->sources_by_path);
    free(catalog->sections_by_id);
    free(catalog->section_counts);
    section_table_free(&catalog->sections);
    free(catalog->questions);
    free(catalog->names);
    free(catalog->texts);
    free(catalog);
}

const char *catalog_revision(const struct catalog *catalog) {
    return catalog->version.revision;
}

bool catalog_find_among(const struct catalog *catalog, size_t count, const char *id,
                        uint32_t *ret_position) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct catalog_name *name = &catalog->names[middle];
        int order = strcmp(id, catalog->texts + name->text);
        if (order == 0) {
            *ret_position = name->position;
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

bool catalog_find(const struct catalog *catalog, const char *id, uint32_t *ret_position) {
    return catalog_find_among(catalog, catalog->name_count, id, ret_position);
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
