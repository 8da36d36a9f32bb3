/* Which questions: pages, draws, one by its id. Operations on the catalog alone; what stands in the
 * questions is for question_rows.c to read. */
#include "db/catalog_internal.h"
#include "db/cursor.h"
#include "db/draw.h"
#include "db/selection.h"
#include "db/store_internal.h"

#include <stdio.h>
#include <string.h>

static enum store_status select_questions(struct store *store, const struct question_filter *filter,
                                          struct selection *ret_selection, size_t *ret_index) {
    enum store_status status = selection_create(store->catalog, filter, ret_selection, ret_index);
    return status == STORE_ERROR ? store_fail(store, status, "out of memory") : status;
}

/* Where the page begins: behind the cursor's question. */
static enum store_status read_cursor(struct store *store, const char *cursor, uint32_t *ret_start) {
    struct cursor decoded;
    if (cursor == NULL || cursor[0] == '\0') {
        *ret_start = 0;
        return STORE_OK;
    }
    if (!cursor_decode(cursor, &decoded))
        return store_fail(store, STORE_NO_ROW, "malformed cursor");
    if (decoded.revision != store->catalog->revision_bits)
        return store_fail(store, STORE_STALE, "the cursor is of another revision");
    if (decoded.position >= store->catalog->count)
        return store_fail(store, STORE_NO_ROW, "the cursor points beyond the bank");
    *ret_start = decoded.position + 1;
    return STORE_OK;
}

static void take_page(const struct catalog *catalog, const struct selection *selection,
                      uint32_t start, size_t limit, uint32_t *ret_positions,
                      struct question_page *page) {
    uint32_t rank = selection_rank(selection, start), left = selection_count(selection) - rank;
    page->count = limit < left ? limit : left;
    for (uint32_t i = 0; i < page->count; i++)
        ret_positions[i] = selection_select(selection, rank + i);
    if (page->count == left || page->count == 0) return;
    struct cursor cursor = {.revision = catalog->revision_bits,
                            .position = ret_positions[page->count - 1]};
    cursor_encode(&cursor, page->next_cursor);
}

enum store_status store_question_page(struct store *store, const struct question_filter *filter,
                                      const char *cursor, size_t limit, uint32_t *ret_positions,
                                      struct question_page *ret_page, size_t *ret_index) {
    uint32_t start = 0;
    struct selection selection;
    enum store_status status = read_cursor(store, cursor, &start);
    if (status != STORE_OK) return status;
    status = select_questions(store, filter, &selection, ret_index);
    if (status != STORE_OK) return status;
    *ret_page = (struct question_page){.total = selection_count(&selection)};
    take_page(store->catalog, &selection, start, limit, ret_positions, ret_page);
    selection_free(&selection);
    return STORE_OK;
}

enum store_status store_question_draw(struct store *store, const struct question_filter *filter,
                                      size_t count, const char *seed, uint32_t *ret_positions,
                                      struct question_draw *ret_draw, size_t *ret_index) {
    struct selection selection;
    enum store_status status = select_questions(store, filter, &selection, ret_index);
    if (status != STORE_OK) return status;
    size_t available = selection_count(&selection);
    struct draw_generator generator = draw_generator_seeded(seed, store->catalog->revision_bits);
    if (count > available) count = available;
    draw_ranks(&generator, count, available, ret_positions);
    for (size_t i = 0; i < count; i++)
        ret_positions[i] = selection_select(&selection, ret_positions[i]);
    *ret_draw = (struct question_draw){.count = count, .available = available};
    selection_free(&selection);
    return STORE_OK;
}

/* No question has the id: it may have had one once. */
static enum store_status explain_missing(struct store *store, const char *id) {
    int64_t gone;
    enum store_status status =
        connection_integer(store->pinned, STATEMENT_IS_GONE, &gone, VALUES(value_text(id)));
    return status == STORE_OK ? STORE_GONE : status;
}

enum store_status store_question_position(struct store *store, const char *id,
                                          uint32_t *ret_position,
                                          char ret_moved_to[QUESTION_ID_MAX + 1]) {
    uint32_t position;
    if (!catalog_find(store->catalog, id, &position)) return explain_missing(store, id);
    char live[QUESTION_ID_MAX + 1];
    catalog_question_id(store->catalog, position, live);
    if (strcmp(live, id) != 0) {
        snprintf(ret_moved_to, QUESTION_ID_MAX + 1, "%s", live);
        return STORE_MOVED;
    }
    *ret_position = position;
    return STORE_OK;
}
