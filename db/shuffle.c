#include "db/shuffle.h"

#include "db/draw.h"

void shuffle_init(struct shuffle *shuffle, uint64_t key, uint32_t count) {
    struct draw_generator generator = {.state = key};
    *shuffle = (struct shuffle){.key = key, .count = count};
    if (count == 0) return;
    for (unsigned round = 0; round < SHUFFLE_ROUNDS; round++)
        shuffle->pivots[round] = (uint32_t)draw_below(&generator, count);
}

/* One bit for each pair of each round, the same for both of its cards. */
static uint64_t should_swap(uint64_t key, unsigned round, uint32_t card) {
    struct draw_generator generator = {.state = key ^ ((uint64_t)(round + 1) << 32 | card)};
    return draw_next(&generator) >> 63;
}

uint32_t shuffle_at(const struct shuffle *shuffle, uint32_t place) {
    for (unsigned round = 0; round < SHUFFLE_ROUNDS; round++) {
        uint32_t pivot = shuffle->pivots[round];
        uint32_t partner = pivot >= place ? pivot - place : pivot + (shuffle->count - place);
        uint32_t larger = place > partner ? place : partner;
        if (should_swap(shuffle->key, round, larger)) place = partner;
    }
    return place;
}
