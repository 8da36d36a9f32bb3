/* What the catalog counts: sections and statistics. No query is run. */
#include "db/catalog_internal.h"
#include "db/store_internal.h"

#include <stdlib.h>
#include <string.h>

size_t difficulty_counts_total(const struct difficulty_counts *counts) {
    size_t total = 0;
    for (size_t i = 0; i < DIFFICULTY_COUNT; i++) total += counts->by_difficulty[i];
    return total;
}

static bool copy_section(const struct section *section, struct section *ret_copy) {
    *ret_copy = *section;
    ret_copy->id = strdup(section->id);
    ret_copy->title = strdup(section->title);
    return ret_copy->id != NULL && ret_copy->title != NULL;
}

enum store_status store_sections(struct store *store, struct section_list *ret_list) {
    const struct catalog *catalog = store->catalog;
    size_t count = catalog->sections.count;
    struct section_list list = {.items = calloc(count + 1, sizeof(*list.items)),
                                .counts = calloc(count + 1, sizeof(*list.counts))};
    bool complete = list.items != NULL && list.counts != NULL;
    while (complete && list.count < count) {
        list.counts[list.count] = catalog->section_counts[list.count];
        complete = copy_section(&catalog->sections.items[list.count], &list.items[list.count]);
        list.count++;
    }
    if (!complete) {
        section_list_free(&list);
        return store_fail(store, STORE_ERROR, "out of memory");
    }
    *ret_list = list;
    return STORE_OK;
}

void section_list_free(struct section_list *list) {
    for (size_t i = 0; i < list->count; i++) section_free(&list->items[i]);
    free(list->items);
    free(list->counts);
    *list = (struct section_list){0};
}

static bool copy_source(const struct catalog_source *source, struct source_stats *ret_copy) {
    *ret_copy = (struct source_stats){
        .path = strdup(source->path), .title = strdup(source->title), .counts = source->counts};
    return ret_copy->path != NULL && ret_copy->title != NULL;
}

enum store_status store_stats(struct store *store, struct bank_stats *ret_stats) {
    const struct catalog *catalog = store->catalog;
    struct bank_stats stats = {
        .counts = catalog->counts,
        .with_answer = catalog->sets[CATALOG_DIFFICULTY_MASKS - 1][ANSWER_AVAILABLE].count,
        .sources = calloc(catalog->source_count + 1, sizeof(*stats.sources)),
        .imported_at = catalog->version.imported_at};
    memcpy(stats.revision, catalog->version.revision, sizeof(stats.revision));
    bool complete = stats.sources != NULL;
    while (complete && stats.source_count < catalog->source_count) {
        complete =
            copy_source(&catalog->sources[stats.source_count], &stats.sources[stats.source_count]);
        stats.source_count++;
    }
    if (!complete) {
        bank_stats_free(&stats);
        return store_fail(store, STORE_ERROR, "out of memory");
    }
    *ret_stats = stats;
    return STORE_OK;
}

void bank_stats_free(struct bank_stats *stats) {
    for (size_t i = 0; i < stats->source_count; i++) {
        free(stats->sources[i].path);
        free(stats->sources[i].title);
    }
    free(stats->sources);
    *stats = (struct bank_stats){0};
}
