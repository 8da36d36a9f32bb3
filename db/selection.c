#include "db/selection.h"

#include <stdlib.h>

#include "db/changes.h"

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

/* What is in both. The result has room for the sum of their counts. */
static void ranges_intersect(const struct catalog_ranges *a, const struct catalog_ranges *b,
                             struct catalog_ranges *result) {
    size_t i = 0, j = 0;
    while (i < a->count && j < b->count) {
        const struct catalog_range *left = &a->items[i], *right = &b->items[j];
        uint32_t first = left->first > right->first ? left->first : right->first;
        uint32_t end = left->end < right->end ? left->end : right->end;
        if (first < end) result->items[result->count++] = (struct catalog_range){first, end};
        if (left->end < right->end)
            i++;
        else
            j++;
    }
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

/* Keeps of `ranges` what the list stands for. */
static enum store_status restrict_to(const struct catalog *catalog, const struct name_list *list,
                                     struct catalog_ranges *ranges, size_t *ret_index) {
    if (list->count == 0) return STORE_OK;
    struct catalog_ranges named = {0};
    enum store_status status = resolve(catalog, list, &named, ret_index);
    struct catalog_ranges both = {.items =
                                      calloc(ranges->count + named.count + 1, sizeof(*both.items))};
    if (status == STORE_OK && both.items == NULL) status = STORE_ERROR;
    if (status == STORE_OK) {
        ranges_intersect(ranges, &named, &both);
        free(ranges->items);
        *ranges = both;
    } else {
        free(both.items);
    }
    free(named.items);
    return status;
}

static enum store_status find_ranges(const struct catalog *catalog,
                                     const struct question_filter *filter,
                                     struct catalog_ranges *ranges, size_t *ret_index) {
    const struct name_list lists[] = {
        {filter->sections, filter->section_count, find_section, STORE_UNKNOWN_SECTION},
        {filter->sources, filter->source_count, find_source, STORE_UNKNOWN_SOURCE}};
    ranges->items = calloc(1, sizeof(*ranges->items));
    if (ranges->items == NULL) return STORE_ERROR;
    ranges->items[0].end = catalog->count;
    ranges->count = 1;
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]) && status == STORE_OK; i++)
        status = restrict_to(catalog, &lists[i], ranges, ret_index);
    return status;
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

/* The members below a position, excluded ones among them. */
static uint32_t member_rank(const struct selection *selection, uint32_t position) {
    const struct selection_part *part = part_at(selection, position);
    if (part == NULL) return 0;
    uint32_t within = position < part->range.end ? position : part->range.end;
    return part->rank + position_set_rank(selection->set, within) - part->set_rank;
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

static bool is_member(const struct selection *selection, uint32_t position) {
    const struct selection_part *part = part_at(selection, position);
    return part != NULL && position < part->range.end &&
           position_set_contains(selection->set, position);
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
    if (!is_member(selection, position)) return false;
    uint32_t rank = member_rank(selection, position), place = excluded_below(selection, rank);
    return place == selection->excluded_count || selection->excluded[place] != rank;
}

/* ---- making one ------------------------------------------------------------------------------ */

static bool add_parts(struct selection *selection, const struct catalog_ranges *ranges) {
    selection->parts = calloc(ranges->count + 1, sizeof(*selection->parts));
    if (selection->parts == NULL) return false;
    for (size_t i = 0; i < ranges->count; i++) {
        const struct catalog_range *range = &ranges->items[i];
        uint32_t set_rank = position_set_rank(selection->set, range->first);
        selection->parts[selection->part_count++] = (struct selection_part){
            .range = *range, .set_rank = set_rank, .rank = selection->member_count};
        selection->member_count += position_set_rank(selection->set, range->end) - set_rank;
    }
    return true;
}

static int compare_ranks(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Positions to the ranks of those that are members, ascending, each once. */
static uint32_t rank_excluded(const struct selection *selection, uint32_t *places, size_t count) {
    uint32_t members = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        if (places[i] != NAME_NONE && is_member(selection, places[i]))
            places[members++] = member_rank(selection, places[i]);
    qsort(places, members, sizeof(*places), compare_ranks);
    for (uint32_t i = 0; i < members; i++)
        if (kept == 0 || places[kept - 1] != places[i]) places[kept++] = places[i];
    return kept;
}

static bool exclude(const struct catalog *catalog, const struct question_filter *filter,
                    struct selection *selection) {
    size_t count = filter->exclude_count;
    if (count == 0) return true;
    selection->excluded = calloc(count, sizeof(*selection->excluded));
    if (selection->excluded == NULL) return false;
    name_index_find_all(&catalog->names, filter->exclude, count, selection->excluded);
    selection->excluded_count = rank_excluded(selection, selection->excluded, count);
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
    struct catalog_ranges ranges = {0};
    enum store_status status = find_ranges(catalog, filter, &ranges, ret_index);
    if (status == STORE_OK && !keep_changed(&selection, filter)) status = STORE_ERROR;
    if (status == STORE_OK &&
        (!add_parts(&selection, &ranges) || !exclude(catalog, filter, &selection)))
        status = STORE_ERROR;
    free(ranges.items);
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
