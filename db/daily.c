#include "db/daily.h"

#include "db/catalog_internal.h"
#include "db/draw.h"
#include "db/selection.h"
#include "db/shuffle.h"
#include "db/store_internal.h"

/* Which question has the place in that round, as it was shuffled. */
static uint32_t shuffled(uint64_t key, uint32_t count, uint64_t round, uint32_t place) {
    struct draw_generator generator = {.state = key + round};
    struct shuffle shuffle;
    shuffle_init(&shuffle, draw_next(&generator), count);
    return shuffle_at(&shuffle, place);
}

/* A round that would begin with what the one before ended with begins with its first two
 * exchanged. With three questions or more that leaves the end of every round as it was shuffled. */
uint32_t daily_rank(uint64_t key, uint32_t count, uint64_t day) {
    if (count <= 2) return (uint32_t)((day + key) % count);
    uint64_t round = day / count;
    uint32_t place = (uint32_t)(day % count);
    if (place < 2 && round > 0 &&
        shuffled(key, count, round, 0) == shuffled(key, count, round - 1, count - 1)) {
        place = 1 - place;
    }
    return shuffled(key, count, round, place);
}

enum store_status store_question_daily(struct store *store, const struct question_filter *filter,
                                       uint64_t day, size_t count, uint32_t *ret_positions,
                                       size_t *ret_available, size_t *ret_index) {
    struct selection selection;
    enum store_status status = store_select(store, filter, &selection, ret_index);
    if (status != STORE_OK) return status;
    uint64_t key = draw_generator_seeded("daily", store->catalog->revision_bits).state;
    uint32_t available = selection_count(&selection);
    for (size_t i = 0; available > 0 && i < count; i++)
        ret_positions[i] = selection_select(&selection, daily_rank(key, available, day - i));
    *ret_available = available;
    selection_free(&selection);
    return STORE_OK;
}
