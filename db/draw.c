#include "db/draw.h"

#include <stdbool.h>
#include <string.h>
#include <xxhash.h>

struct draw_generator draw_generator_seeded(const char *seed, uint64_t revision) {
    return (struct draw_generator){.state = XXH3_64bits_withSeed(seed, strlen(seed), revision)};
}

uint64_t draw_next(struct draw_generator *generator) {
    uint64_t mixed = generator->state += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
    return mixed ^ mixed >> 31;
}

/* The high half of the product is the result; low halves below 2^64 mod bound are those that would
 * give some results one chance more than others. */
uint64_t draw_below(struct draw_generator *generator, uint64_t bound) {
    unsigned __int128 product = (unsigned __int128)draw_next(generator) * bound;
    if ((uint64_t)product < bound) { /* else no division is needed: the surplus is smaller still */
        uint64_t surplus = -bound % bound;
        while ((uint64_t)product < surplus)
            product = (unsigned __int128)draw_next(generator) * bound;
    }
    return (uint64_t)(product >> 64);
}

static bool contains(const uint32_t *ranks, size_t count, uint32_t rank) {
    for (size_t i = 0; i < count; i++)
        if (ranks[i] == rank) return true;
    return false;
}

static void shuffle(struct draw_generator *generator, uint32_t *ranks, size_t count) {
    for (size_t left = count; left > 1; left--) {
        size_t chosen = (size_t)draw_below(generator, left);
        uint32_t rank = ranks[chosen];
        ranks[chosen] = ranks[left - 1];
        ranks[left - 1] = rank;
    }
}

void draw_ranks(struct draw_generator *generator, size_t count, size_t total, uint32_t *ret_ranks) {
    for (size_t i = 0; i < count; i++) {
        size_t last = total - count + i;
        uint32_t rank = (uint32_t)draw_below(generator, last + 1);
        ret_ranks[i] = contains(ret_ranks, i, rank) ? (uint32_t)last : rank;
    }
    shuffle(generator, ret_ranks, count);
}
