#include "db/id_order.h"

#include <stdlib.h>
#include <string.h>

#include "db/store_internal.h"

/* ---- sorting ----------------------------------------------------------------------------------
 */

/* The first characters decide nearly always. */
struct entry {
    uint64_t prefix;
    uint32_t position;
};

static uint64_t prefix_of(const char *id) {
    uint64_t prefix = 0;
    size_t length = strlen(id);
    for (size_t i = 0; i < sizeof(prefix); i++)
        prefix = prefix << 8 | (i < length ? (unsigned char)id[i] : 0);
    return prefix;
}

static int compare_entries(const void *a, const void *b, void *catalog) {
    const struct entry *left = a, *right = b;
    if (left->prefix != right->prefix) return left->prefix < right->prefix ? -1 : 1;
    char left_id[QUESTION_ID_MAX + 1], right_id[QUESTION_ID_MAX + 1];
    catalog_question_id(catalog, left->position, left_id);
    catalog_question_id(catalog, right->position, right_id);
    return strcmp(left_id, right_id);
}

bool id_order_sort(const struct catalog *catalog, uint32_t *positions, size_t count) {
    struct entry *entries = calloc(count + 1, sizeof(*entries));
    if (entries == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        char id[QUESTION_ID_MAX + 1];
        catalog_question_id(catalog, positions[i], id);
        entries[i] = (struct entry){prefix_of(id), positions[i]};
    }
    qsort_r(entries, count, sizeof(*entries), compare_entries, (void *)catalog);
    for (size_t i = 0; i < count; i++) positions[i] = entries[i].position;
    free(entries);
    return true;
}

/* ---- walking ----------------------------------------------------------------------------------
 */

/* Sorting takes time in proportion to `selected`; the walk for a question to count / selected. They
 * are even, for a page of usual length, about where the square of `selected` is this many times the
 * bank: at a million questions for 8000 of them. */
enum { EVEN = 64 };

bool id_order_is_sorted_sooner(uint32_t selected, uint32_t count) {
    return (uint64_t)selected * selected <= (uint64_t)EVEN * count;
}

/* Before the first id, and behind the last: ids are made of letters, digits, '-' and '_'. */
static const char *start_of(bool descending) {
    return descending ? "~" : "";
}

enum store_status id_order_walk(struct store *store, const struct selection *selection,
                                bool descending, uint32_t place, size_t limit,
                                uint32_t *ret_positions, size_t *ret_count, uint32_t *ret_next) {
    enum statement statement = descending ? STATEMENT_IDS_DOWN : STATEMENT_IDS_UP;
    char id[QUESTION_ID_MAX + 1];
    if (place > 0) catalog_question_id(store->catalog, place - 1, id);
    const char *start = place > 0 ? id : start_of(descending);
    QUERY query = connection_query(store->pinned, statement, VALUES(value_text(start)));
    if (query == NULL) return STORE_ERROR;
    size_t count = 0;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW) {
        uint32_t position;
        if (!catalog_find_key(store->catalog, (uint32_t)sqlite3_column_int64(query, 0), &position))
            return store_fail(store, STORE_ERROR, "a question that the catalog does not have");
        if (!selection_contains(selection, position)) continue;
        if (count == limit) {
            *ret_count = count;
            *ret_next = position + 1;
            return STORE_OK;
        }
        ret_positions[count++] = position;
    }
    *ret_count = count;
    *ret_next = 0;
    return connection_finish(store->pinned, statement, code);
}
