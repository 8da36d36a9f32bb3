#include "db/selection.h"

#include <stdlib.h>

#include "db/changes.h"
#include "db/number_sort.h"

/* ---- ranges ---------------------------------------------------------------------------------- */

/* Lists with their items in one block, which the caller frees. */
static int compare_ranges(const void *a, const void *b) {
    const struct catalog_range *left = a, *right = b;
    return (left->first > right->first) - (left->first < right->first);
}

/* Sorts, and joins what touches or overlaps. */
static void ranges_unite(struct catalog_ranges *ranges) {
    size_t kept = 0;
    qsort(ranges->items, ranges->count, sizeof(*ranges->items), compare_ranges);
    for (size_t i = 0; i < ranges->count; i++) {
        struct catalog_range range = ranges->items[i];
        if (range.first == range.end) continue;
        struct catalog_range *last = kept > 0 ? &ranges->items[kept - 1] : NULL;
        if (last == NULL || range.first > last->end)
            ranges->items[kept++] = range;
        else if (range.end > last->end)
            last->end = range.end;
    }
    ranges->count = kept;
}

/* ---- names to ranges ------------------------------------------------------------------------- */

static bool find_section(const struct catalog *catalog, const char *id,
                         struct catalog_ranges *ret_ranges) {
    uint32_t index;
    if (!catalog_find_section(catalog, id, &index)) return false;
    *ret_ranges = catalog->section_ranges[index];
    return true;
}

static bool find_source(const struct catalog *catalog, const char *path,
                        struct catalog_ranges *ret_ranges) {
    uint32_t index;
    if (!catalog_find_source(catalog, path, &index)) return false;
    *ret_ranges = (struct catalog_ranges){.items = &catalog->sources[index].range, .count = 1};
    return true;
}

/* The sections of a filter, or its sources. */
struct name_list {
    const char *const *names;
    size_t count;
    bool (*find)(const struct catalog *catalog, const char *name,
                 struct catalog_ranges *ret_ranges);
    enum store_status unknown;
};

static bool append(struct catalog_ranges *ranges, const struct catalog_ranges *more) {
    if (more->count == 0) return true;
    struct catalog_range *items =
        reallocarray(ranges->items, ranges->count + more->count, sizeof(*items));
    if (items == NULL) return false;
    for (size_t i = 0; i < more->count; i++) items[ranges->count + i] = more->items[i];
    ranges->items = items;
    ranges->count += more->count;
    return true;
}

/* All that any of the names stands for. */
static enum store_status resolve(const struct catalog *catalog, const struct name_list *list,
                                 struct catalog_ranges *ranges, size_t *ret_index) {
    for (size_t i = 0; i < list->count; i++) {
        struct catalog_ranges found;
        if (!list->find(catalog, list->names[i], &found)) {
            *ret_index = i;
            return list->unknown;
        }
        if (!append(ranges, &found)) return STORE_ERROR;
    }
    if (ranges->count > 1) ranges_unite(ranges);
    return STORE_OK;
}

/* ---- ranks ----------------------------------------------------------------------------------- */

/* The last part that begins at or before `position`, or NULL. */
static const struct selection_part *part_at(const struct selection *selection, uint32_t position) {
    size_t low = 0, high = selection->part_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (selection->parts[middle].range.first <= position)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? NULL : &selection->parts[low - 1];
}

/* The members below `within`, which is in the part or at its end, excluded ones among them. */
static uint32_t rank_in(const struct selection *selection, const struct selection_part *part,
                        uint32_t within) {
    return part->rank + position_set_rank(selection->set, within) - part->set_rank;
}

/* The members below a position, excluded ones among them. */
static uint32_t member_rank(const struct selection *selection, uint32_t position) {
    const struct selection_part *part = part_at(selection, position);
    if (part == NULL) return 0;
    return rank_in(selection, part, position < part->range.end ? position : part->range.end);
}

/* The rank of the member at a position; false if there is none. */
static bool find_member(const struct selection *selection, uint32_t position, uint32_t *ret_rank) {
    const struct selection_part *part = part_at(selection, position);
    if (part == NULL || position >= part->range.end ||
        !position_set_contains(selection->set, position))
        return false;
    *ret_rank = rank_in(selection, part, position);
    return true;
}

static uint32_t member_select(const struct selection *selection, uint32_t rank) {
    size_t low = 0, high = selection->part_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (selection->parts[middle].rank <= rank)
            low = middle;
        else
            high = middle;
    }
    const struct selection_part *part = &selection->parts[low];
    return position_set_select(selection->set, part->set_rank + rank - part->rank);
}

/* The excluded members before the `rank`-th of those that are left. The i-th excluded one has
 * excluded[i] - i of these before it, a number that never falls. */
static uint32_t excluded_before(const struct selection *selection, uint32_t rank) {
    uint32_t low = 0, high = selection->excluded_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (selection->excluded[middle] - middle <= rank)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The excluded members whose rank among all members is below `rank`. */
static uint32_t excluded_below(const struct selection *selection, uint32_t rank) {
    uint32_t low = 0, high = selection->excluded_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (selection->excluded[middle] < rank)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t selection_count(const struct selection *selection) {
    return selection->member_count - selection->excluded_count;
}

uint32_t selection_rank(const struct selection *selection, uint32_t position) {
    uint32_t rank = member_rank(selection, position);
    return rank - excluded_below(selection, rank);
}

uint32_t selection_select(const struct selection *selection, uint32_t rank) {
    return member_select(selection, rank + excluded_before(selection, rank));
}

bool selection_contains(const struct selection *selection, uint32_t position) {
    uint32_t rank;
    if (!find_member(selection, position, &rank)) return false;
    uint32_t place = excluded_below(selection, rank);
    return place == selection->excluded_count || selection->excluded[place] != rank;
}

/* ---- making one ------------------------------------------------------------------------------ */

static void add_part(struct selection *selection, struct catalog_range range) {
    uint32_t set_rank = position_set_rank(selection->set, range.first);
    selection->parts[selection->part_count++] = (struct selection_part){
        .range = range, .set_rank = set_rank, .rank = selection->member_count};
    selection->member_count += position_set_rank(selection->set, range.end) - set_rank;
}

/* Adds what is in both. False: out of memory. */
static bool add_common_parts(struct selection *selection, const struct catalog_ranges *a,
                             const struct catalog_ranges *b) {
    selection->parts = reallocarray(NULL, a->count + b->count + 1, sizeof(*selection->parts));
    if (selection->parts == NULL) return false;
    size_t i = 0, j = 0;
    while (i < a->count && j < b->count) {
        const struct catalog_range *left = &a->items[i], *right = &b->items[j];
        uint32_t first = left->first > right->first ? left->first : right->first;
        uint32_t end = left->end < right->end ? left->end : right->end;
        if (first < end) add_part(selection, (struct catalog_range){first, end});
        if (left->end < right->end)
            i++;
        else
            j++;
    }
    return true;
}

/* The parts of the bank that the filter's sections and sources leave. */
static enum store_status add_parts(const struct catalog *catalog,
                                   const struct question_filter *filter,
                                   struct selection *selection, size_t *ret_index) {
    const struct name_list by_section = {filter->sections, filter->section_count, find_section,
                                         STORE_UNKNOWN_SECTION},
                           by_source = {filter->sources, filter->source_count, find_source,
                                        STORE_UNKNOWN_SOURCE};
    struct catalog_range all = {.first = 0, .end = catalog->count};
    const struct catalog_ranges whole = {.items = &all, .count = 1};
    struct catalog_ranges sections = {0}, sources = {0};
    enum store_status status = resolve(catalog, &by_section, &sections, ret_index);
    if (status == STORE_OK) status = resolve(catalog, &by_source, &sources, ret_index);
    if (status == STORE_OK &&
        !add_common_parts(selection, filter->section_count > 0 ? &sections : &whole,
                          filter->source_count > 0 ? &sources : &whole))
        status = STORE_ERROR;
    free(sections.items);
    free(sources.items);
    return status;
}

/* Positions to the ranks of those that are members, in no order; returns how many there are. */
static uint32_t rank_members(const struct selection *selection, uint32_t *places, size_t count) {
    uint32_t members = 0;
    for (size_t i = 0; i < count; i++)
        if (places[i] != NAME_NONE && find_member(selection, places[i], &places[members]))
            members++;
    return members;
}

static uint32_t drop_repeated(uint32_t *numbers, uint32_t count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (kept == 0 || numbers[kept - 1] != numbers[i]) numbers[kept++] = numbers[i];
    return kept;
}

static bool exclude(const struct catalog *catalog, const struct question_filter *filter,
                    struct selection *selection) {
    size_t count = filter->exclude_count;
    if (count == 0) return true;
    /* With as much room again for sorting. */
    uint32_t *places = reallocarray(NULL, count, 2 * sizeof(*places));
    if (places == NULL) return false;
    name_index_find_all(&catalog->names, filter->exclude, count, places);
    uint32_t members = rank_members(selection, places, count);
    number_sort(places, members, places + members);
    selection->excluded = places;
    selection->excluded_count = drop_repeated(places, members);
    return true;
}

static const struct position_set *choose_set(const struct catalog *catalog,
                                             const struct question_filter *filter) {
    unsigned all = CATALOG_DIFFICULTY_MASKS - 1, mask = filter->difficulties & all;
    return &catalog->sets[mask == 0 ? all : mask][filter->answer];
}

/* Keeps of the members those that are among the changes. */
static bool keep_changed(struct selection *selection, const struct question_filter *filter) {
    if (filter->changes == NULL) return true;
    struct position_set *changed = calloc(1, sizeof(*changed));
    if (changed == NULL ||
        !position_set_intersect(selection->set, &filter->changes->set, changed)) {
        free(changed);
        return false;
    }
    selection->set = selection->changed = changed;
    selection->since = filter->changes->serial;
    return true;
}

enum store_status selection_create(const struct catalog *catalog,
                                   const struct question_filter *filter,
                                   struct selection *ret_selection, size_t *ret_index) {
    const struct position_set *ready = choose_set(catalog, filter);
    struct selection selection = {.set = ready, .ready = ready};
    enum store_status status = keep_changed(&selection, filter) ? STORE_OK : STORE_ERROR;
    if (status == STORE_OK) status = add_parts(catalog, filter, &selection, ret_index);
    if (status == STORE_OK && !exclude(catalog, filter, &selection)) status = STORE_ERROR;
    if (status == STORE_OK)
        *ret_selection = selection;
    else
        selection_free(&selection);
    return status;
}

void selection_free(struct selection *selection) {
    free(selection->parts);
    free(selection->excluded);
    if (selection->changed != NULL) position_set_free(selection->changed);
    free(selection->changed);
    *selection = (struct selection){0};
}
