/* Which questions: draws, one by its id. Operations on the catalog alone; what stands in the
 * questions is for question_rows.c to read. */
#include "db/catalog_internal.h"
#include "db/draw.h"
#include "db/selection.h"
#include "db/store_internal.h"

#include <stdio.h>
#include <string.h>

enum store_status store_question_draw(struct store *store, const struct question_filter *filter,
                                      size_t count, const char *seed, uint32_t *ret_positions,
                                      struct question_draw *ret_draw, size_t *ret_index) {
    struct selection selection;
    enum store_status status = store_select(store, filter, &selection, ret_index);
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
