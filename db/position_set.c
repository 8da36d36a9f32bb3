#include "db/position_set.h"

#include <stdlib.h>

/* A block is a cache line of 512 positions. */
enum { BLOCK_WORDS = 8, BLOCK_SIZE = 64 * BLOCK_WORDS };

bool position_set_init(struct position_set *set, uint32_t size) {
    uint32_t blocks = size / BLOCK_SIZE + 1; /* never full: `size` itself can be asked for */
    *set = (struct position_set){.words = aligned_alloc(BLOCK_WORDS * sizeof(uint64_t),
                                                        blocks * sizeof(uint64_t[BLOCK_WORDS])),
                                 .before = calloc(blocks + 1, sizeof(uint32_t)),
                                 .block_count = blocks};
    if (set->words == NULL || set->before == NULL) {
        position_set_free(set);
        return false;
    }
    for (uint32_t i = 0; i < blocks * BLOCK_WORDS; i++) set->words[i] = 0;
    return true;
}

void position_set_free(struct position_set *set) {
    free(set->words);
    free(set->before);
    *set = (struct position_set){0};
}

static uint32_t count_word(uint64_t word) {
    return (uint32_t)__builtin_popcountll(word);
}

void position_set_seal(struct position_set *set) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < set->block_count * BLOCK_WORDS; i++) {
        if (i % BLOCK_WORDS == 0) set->before[i / BLOCK_WORDS] = count;
        count += count_word(set->words[i]);
    }
    set->before[set->block_count] = set->count = count;
}

uint32_t position_set_rank(const struct position_set *set, uint32_t position) {
    uint32_t word = position / 64, rank = set->before[position / BLOCK_SIZE];
    for (uint32_t i = word - word % BLOCK_WORDS; i < word; i++) rank += count_word(set->words[i]);
    return rank + count_word(set->words[word] & ((UINT64_C(1) << position % 64) - 1));
}

/* The last block that has no more than `rank` members before it. */
static uint32_t find_block(const struct position_set *set, uint32_t rank) {
    uint32_t low = 0, high = set->block_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (set->before[middle] <= rank)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The place of the bit that has `rank` bits set below it: a binary search by halves. */
static uint32_t select_in_word(uint64_t word, uint32_t rank) {
    uint32_t place = 0;
    for (uint32_t width = 32; width > 0; width /= 2) {
        uint32_t below = count_word(word & ((UINT64_C(1) << width) - 1));
        if (rank < below) continue;
        rank -= below;
        word >>= width;
        place += width;
    }
    return place;
}

uint32_t position_set_select(const struct position_set *set, uint32_t rank) {
    uint32_t block = find_block(set, rank), word = block * BLOCK_WORDS;
    rank -= set->before[block];
    for (uint32_t count; (count = count_word(set->words[word])) <= rank; word++) rank -= count;
    return word * 64 + select_in_word(set->words[word], rank);
}
