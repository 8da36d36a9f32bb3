#include "db/selection.h"

#include <stdlib.h>

void selection_free(struct selection *selection) {
    if (selection->owned != NULL) roaring_bitmap_free(selection->owned);
    *selection = (struct selection){0};
}

size_t selection_count(const struct selection *selection) {
    return (size_t)roaring_bitmap_get_cardinality(selection->set);
}

/* `set` takes the place of what was selected; false if it could not be made. */
static bool replace(struct selection *selection, roaring_bitmap_t *set) {
    if (set == NULL) return false;
    selection_free(selection);
    selection->set = selection->owned = set;
    return true;
}

/* Keeps what is in `set` as well. */
static bool narrow(const struct catalog *catalog, struct selection *selection,
                   const roaring_bitmap_t *set) {
    if (selection->set != catalog->all)
        return replace(selection, roaring_bitmap_and(selection->set, set));
    selection->set = set;
    return true;
}

/* Keeps what is in any of the sets as well. */
static bool narrow_to_any(const struct catalog *catalog, struct selection *selection,
                          const roaring_bitmap_t **sets, size_t count) {
    if (count == 1) return narrow(catalog, selection, sets[0]);
    roaring_bitmap_t *any = roaring_bitmap_or_many(count, sets);
    if (any == NULL) return false;
    if (selection->set == catalog->all) return replace(selection, any);
    bool done = narrow(catalog, selection, any);
    roaring_bitmap_free(any);
    return done;
}

static bool by_difficulty(const struct catalog *catalog, const struct question_filter *filter,
                          struct selection *selection) {
    const roaring_bitmap_t *sets[DIFFICULTY_COUNT];
    size_t count = 0;
    for (unsigned i = 0; i < DIFFICULTY_COUNT; i++)
        if (filter->difficulties & 1u << i) sets[count++] = catalog->by_difficulty[i];
    if (count == 0 || count == DIFFICULTY_COUNT) return true;
    return narrow_to_any(catalog, selection, sets, count);
}

static bool by_answer(const struct catalog *catalog, const struct question_filter *filter,
                      struct selection *selection) {
    if (filter->answer == ANSWER_ANY) return true;
    if (filter->answer == ANSWER_AVAILABLE) return narrow(catalog, selection, catalog->with_answer);
    return replace(selection, roaring_bitmap_andnot(selection->set, catalog->with_answer));
}

/* A list of names, each with its set: the sections of a filter, or its sources. */
struct named_sets {
    const char *const *names;
    size_t count;
    bool (*find)(const struct catalog *catalog, const char *name, uint32_t *ret_index);
    roaring_bitmap_t *const *sets;
    enum store_status unknown;
};

static enum store_status by_names(const struct catalog *catalog, const struct named_sets *list,
                                  struct selection *selection, size_t *ret_index) {
    if (list->count == 0) return STORE_OK;
    const roaring_bitmap_t **chosen = calloc(list->count, sizeof(roaring_bitmap_t *));
    if (chosen == NULL) return STORE_ERROR;
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < list->count && status == STORE_OK; i++) {
        uint32_t index;
        if (list->find(catalog, list->names[i], &index)) {
            chosen[i] = list->sets[index];
        } else {
            *ret_index = i;
            status = list->unknown;
        }
    }
    if (status == STORE_OK && !narrow_to_any(catalog, selection, chosen, list->count))
        status = STORE_ERROR;
    free(chosen);
    return status;
}

static bool without_excluded(const struct catalog *catalog, const struct question_filter *filter,
                             struct selection *selection) {
    if (filter->exclude_count == 0) return true;
    roaring_bitmap_t *excluded = roaring_bitmap_create();
    if (excluded == NULL) return false;
    for (size_t i = 0; i < filter->exclude_count; i++) {
        uint32_t position;
        if (catalog_find(catalog, filter->exclude[i], &position))
            roaring_bitmap_add(excluded, position);
    }
    bool done = replace(selection, roaring_bitmap_andnot(selection->set, excluded));
    roaring_bitmap_free(excluded);
    return done;
}

enum store_status selection_create(const struct catalog *catalog,
                                   const struct question_filter *filter,
                                   struct selection *ret_selection, size_t *ret_index) {
    const struct named_sets lists[] = {{filter->sections, filter->section_count,
                                        catalog_find_section, catalog->by_section,
                                        STORE_UNKNOWN_SECTION},
                                       {filter->sources, filter->source_count, catalog_find_source,
                                        catalog->by_source, STORE_UNKNOWN_SOURCE}};
    struct selection selection = {.set = catalog->all};
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]) && status == STORE_OK; i++)
        status = by_names(catalog, &lists[i], &selection, ret_index);
    if (status == STORE_OK &&
        (!by_difficulty(catalog, filter, &selection) || !by_answer(catalog, filter, &selection) ||
         !without_excluded(catalog, filter, &selection)))
        status = STORE_ERROR;
    if (status == STORE_OK)
        *ret_selection = selection;
    else
        selection_free(&selection);
    return status;
}
