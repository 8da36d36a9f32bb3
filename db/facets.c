#include "db/facets.h"

#include <stdlib.h>

#include "db/order.h"
#include "db/store_internal.h"

struct counting {
    const struct catalog *catalog;
    struct difficulty_counts difficulties;
    struct difficulty_counts *sections, *sources; /* by their places in the catalog */
};

/* ---- by ranks ---------------------------------------------------------------------------------
 */

static size_t count_range(const struct selection *selection, struct catalog_range range) {
    return selection_rank(selection, range.end) - selection_rank(selection, range.first);
}

/* Counts the questions of one difficulty, all that `selection` has. */
static void count_selection(struct counting *counting, const struct selection *selection,
                            unsigned difficulty) {
    const struct catalog *catalog = counting->catalog;
    counting->difficulties.by_difficulty[difficulty] = selection_count(selection);
    for (size_t i = 0; i < catalog->sections.count; i++) {
        const struct catalog_ranges *ranges = &catalog->section_ranges[i];
        for (size_t j = 0; j < ranges->count; j++)
            counting->sections[i].by_difficulty[difficulty] +=
                count_range(selection, ranges->items[j]);
    }
    for (size_t i = 0; i < catalog->source_count; i++)
        counting->sources[i].by_difficulty[difficulty] =
            count_range(selection, catalog->sources[i].range);
}

static enum store_status count_filter(struct counting *counting,
                                      const struct question_filter *filter) {
    for (unsigned i = 0; i < DIFFICULTY_COUNT; i++) {
        struct question_filter narrowed = *filter;
        struct selection selection;
        size_t index;
        narrowed.difficulties = 1u << i;
        if (filter->difficulties != 0 && !(filter->difficulties >> i & 1)) continue;
        enum store_status status =
            selection_create(counting->catalog, &narrowed, &selection, &index);
        if (status != STORE_OK) return status;
        count_selection(counting, &selection, i);
        selection_free(&selection);
    }
    return STORE_OK;
}

/* ---- one by one -------------------------------------------------------------------------------
 */

static void count_question(struct counting *counting, uint32_t position) {
    const struct catalog *catalog = counting->catalog;
    const struct catalog_run *run = &catalog->runs[catalog_find_run(catalog, position, 0)];
    enum difficulty difficulty = catalog_difficulty(catalog, position);
    counting->difficulties.by_difficulty[difficulty]++;
    counting->sources[run->source].by_difficulty[difficulty]++;
    for (int i = (int)run->section; i != SECTION_NONE; i = catalog->sections.items[i].parent)
        counting->sections[i].by_difficulty[difficulty]++;
}

/* ---- the result -------------------------------------------------------------------------------
 */

/* False: out of memory. */
static bool keep_sections(const struct counting *counting, struct facets *facets) {
    const struct section_table *table = &counting->catalog->sections;
    facets->sections = calloc(table->count + 1, sizeof(*facets->sections));
    if (facets->sections == NULL) return false;
    for (size_t i = 0; i < table->count; i++)
        if (difficulty_counts_total(&counting->sections[i]) > 0)
            facets->sections[facets->section_count++] =
                (struct facet){table->items[i].id, table->items[i].title, counting->sections[i]};
    return true;
}

/* False: out of memory. */
static bool keep_sources(const struct counting *counting, struct facets *facets) {
    const struct catalog *catalog = counting->catalog;
    facets->sources = calloc(catalog->source_count + 1, sizeof(*facets->sources));
    if (facets->sources == NULL) return false;
    for (size_t i = 0; i < catalog->source_count; i++)
        if (difficulty_counts_total(&counting->sources[i]) > 0)
            facets->sources[facets->source_count++] = (struct facet){
                catalog->sources[i].path, catalog->sources[i].title, counting->sources[i]};
    return true;
}

static enum store_status count(struct counting *counting, const struct question_filter *filter,
                               const struct order *order, unsigned wanted,
                               struct facets *ret_facets) {
    enum store_status status = STORE_OK;
    if (counting->sections == NULL || counting->sources == NULL) return STORE_ERROR;
    if (order->found)
        for (uint32_t i = 0; i < order->count; i++) count_question(counting, order->positions[i]);
    else
        status = count_filter(counting, filter);
    struct facets facets = {.difficulties = counting->difficulties};
    if (status == STORE_OK && wanted & FACETS_SECTION && !keep_sections(counting, &facets))
        status = STORE_ERROR;
    if (status == STORE_OK && wanted & FACETS_SOURCE && !keep_sources(counting, &facets))
        status = STORE_ERROR;
    if (status == STORE_OK)
        *ret_facets = facets;
    else
        facets_free(&facets);
    return status;
}

enum store_status facets_count(struct store *store, const struct question_filter *filter,
                               const struct order *order, unsigned wanted,
                               struct facets *ret_facets) {
    const struct catalog *catalog = store->catalog;
    struct counting counting = {
        .catalog = catalog,
        .sections = calloc(catalog->sections.count + 1, sizeof(*counting.sections)),
        .sources = calloc(catalog->source_count + 1, sizeof(*counting.sources))};
    enum store_status status = count(&counting, filter, order, wanted, ret_facets);
    free(counting.sections);
    free(counting.sources);
    return status == STORE_OK ? status : store_fail(store, status, "out of memory");
}

void facets_free(struct facets *facets) {
    free(facets->sections);
    free(facets->sources);
    *facets = (struct facets){0};
}
