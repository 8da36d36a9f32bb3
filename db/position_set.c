#include "db/position_set.h"

#include <stdlib.h>

/* A block is a cache line of 512 positions. */
enum { BLOCK_WORDS = 8, BLOCK_SIZE = 64 * BLOCK_WORDS };

/* The block of every so many members is noted; a block holds one of these at most. */
enum { SAMPLE = BLOCK_SIZE };

/* In every byte of a word: a one, its high bit. */
static const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);

bool position_set_init(struct position_set *set, uint32_t size) {
    uint32_t blocks = size / BLOCK_SIZE + 1; /* never full: `size` itself can be asked for */
    *set = (struct position_set){.words = aligned_alloc(BLOCK_WORDS * sizeof(uint64_t),
                                                        blocks * sizeof(uint64_t[BLOCK_WORDS])),
                                 .before = calloc(blocks + 1, sizeof(uint32_t)),
                                 .samples = calloc(blocks + 1, sizeof(uint32_t)),
                                 .block_count = blocks};
    if (set->words == NULL || set->before == NULL || set->samples == NULL) {
        position_set_free(set);
        return false;
    }
    for (uint32_t i = 0; i < blocks * BLOCK_WORDS; i++) set->words[i] = 0;
    return true;
}

void position_set_free(struct position_set *set) {
    free(set->words);
    free(set->before);
    free(set->samples);
    *set = (struct position_set){0};
}

/* How many bits are set in each byte of the word. By hand, since without the leave to use newer
 * processors' instructions the compiler would call a function of its library. */
static uint64_t count_bytes(uint64_t word) {
    word -= word >> 1 & ones * 0x55;
    word = (word & ones * 0x33) + (word >> 2 & ones * 0x33);
    return (word + (word >> 4)) & ones * 0x0f;
}

static uint32_t count_word(uint64_t word) {
    return (uint32_t)(count_bytes(word) * ones >> 56);
}

static void note_samples(struct position_set *set) {
    uint32_t noted = 0;
    for (uint32_t block = 0; block < set->block_count; block++)
        if (noted * SAMPLE < set->before[block + 1]) set->samples[noted++] = block;
    set->samples[noted] = set->block_count - 1;
}

void position_set_seal(struct position_set *set) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < set->block_count * BLOCK_WORDS; i++) {
        if (i % BLOCK_WORDS == 0) set->before[i / BLOCK_WORDS] = count;
        count += count_word(set->words[i]);
    }
    set->before[set->block_count] = set->count = count;
    note_samples(set);
}

uint32_t position_set_rank(const struct position_set *set, uint32_t position) {
    uint32_t word = position / 64, rank = set->before[position / BLOCK_SIZE];
    for (uint32_t i = word - word % BLOCK_WORDS; i < word; i++) rank += count_word(set->words[i]);
    return rank + count_word(set->words[word] & ((UINT64_C(1) << position % 64) - 1));
}

/* The last block that has no more than `rank` members before it: one of a few, as a rule. */
static uint32_t find_block(const struct position_set *set, uint32_t rank) {
    uint32_t low = set->samples[rank / SAMPLE], end = set->samples[rank / SAMPLE + 1] + 1;
    while (end - low > 1) {
        uint32_t middle = low + (end - low) / 2;
        if (set->before[middle] <= rank)
            low = middle;
        else
            end = middle;
    }
    return low;
}

/* The place of the bit that has `rank` bits set below it, all bytes at once (S. Vigna, "Broadword
 * implementation of rank/select queries", WEA 2008); then bit by bit in its byte. */
static uint32_t select_in_word(uint64_t word, uint32_t rank) {
    uint64_t up_to = count_bytes(word) * ones; /* in each byte: the bits in it and below it */
    uint64_t passed = ((rank * ones | high) - up_to) & high; /* bytes where these are no more */
    uint32_t place = 8 * (uint32_t)((passed >> 7) * ones >> 56);
    rank -= (uint32_t)(up_to << 8 >> place & 0xff);
    for (word >>= place; rank > 0; rank--) word &= word - 1;
    return place + (uint32_t)__builtin_ctzll(word);
}

uint32_t position_set_select(const struct position_set *set, uint32_t rank) {
    uint32_t block = find_block(set, rank), word = block * BLOCK_WORDS;
    rank -= set->before[block];
    for (uint32_t count; (count = count_word(set->words[word])) <= rank; word++) rank -= count;
    return word * 64 + select_in_word(set->words[word], rank);
}
