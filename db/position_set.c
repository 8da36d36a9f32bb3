#include "db/position_set.h"

#include <stdlib.h>

enum { BLOCK_WORDS = POSITION_BLOCK_WORDS, BLOCK_SIZE = 64 * BLOCK_WORDS };

/* The block of every so many members is noted; a block holds one of these at most. */
enum { SAMPLE = BLOCK_SIZE };

/* In every byte of a word: a one, its high bit. */
static const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);

bool position_set_init(struct position_set *set, uint32_t size) {
    uint32_t blocks = size / BLOCK_SIZE + 1; /* never full: `size` itself can be asked for */
    *set = (struct position_set){.words = aligned_alloc(BLOCK_WORDS * sizeof(uint64_t),
                                                        blocks * sizeof(uint64_t[BLOCK_WORDS])),
                                 .blocks = calloc(blocks + 1, sizeof(*set->blocks)),
                                 .samples = calloc(blocks + 1, sizeof(uint32_t)),
                                 .block_count = blocks};
    if (set->words == NULL || set->blocks == NULL || set->samples == NULL) {
        position_set_free(set);
        return false;
    }
    for (uint32_t i = 0; i < blocks * BLOCK_WORDS; i++) set->words[i] = 0;
    return true;
}

void position_set_free(struct position_set *set) {
    free(set->words);
    free(set->blocks);
    free(set->samples);
    *set = (struct position_set){0};
}

void position_set_unite(struct position_set *set, const struct position_set *other) {
    for (uint32_t i = 0; i < set->block_count * BLOCK_WORDS; i++) set->words[i] |= other->words[i];
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
        if (noted * SAMPLE < set->blocks[block + 1].before) set->samples[noted++] = block;
    set->samples[noted] = set->block_count - 1;
}

void position_set_seal(struct position_set *set) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < set->block_count * BLOCK_WORDS; i++) {
        struct position_block *block = &set->blocks[i / BLOCK_WORDS];
        if (i % BLOCK_WORDS == 0) block->before = count;
        block->within[i % BLOCK_WORDS] = (uint16_t)(count - block->before);
        count += count_word(set->words[i]);
    }
    set->blocks[set->block_count].before = set->count = count;
    set->gapless = position_set_rank(set, count) == count;
    note_samples(set);
}

bool position_set_intersect(const struct position_set *a, const struct position_set *b,
                            struct position_set *ret_set) {
    struct position_set set;
    if (!position_set_init(&set, a->block_count * BLOCK_SIZE - 1)) return false;
    for (uint32_t i = 0; i < set.block_count * BLOCK_WORDS; i++)
        set.words[i] = a->words[i] & b->words[i];
    position_set_seal(&set);
    *ret_set = set;
    return true;
}

uint32_t position_set_rank(const struct position_set *set, uint32_t position) {
    const struct position_block *block = &set->blocks[position / BLOCK_SIZE];
    uint32_t word = position / 64;
    return block->before + block->within[word % BLOCK_WORDS] +
           count_word(set->words[word] & ((UINT64_C(1) << position % 64) - 1));
}

/* The last block that has no more than `rank` members before it: one of a few, as a rule. */
static uint32_t find_block(const struct position_set *set, uint32_t rank) {
    uint32_t low = set->samples[rank / SAMPLE], end = set->samples[rank / SAMPLE + 1] + 1;
    while (end - low > 1) {
        uint32_t middle = low + (end - low) / 2;
        bool passed = set->blocks[middle].before <= rank;
        low = passed ? middle : low;
        end = passed ? end : middle;
    }
    return low;
}

/* The word of the block that holds its `rank`-th member. Without a jump, as all that follows, since
 * none of them could be foretold. */
static uint32_t find_word(const struct position_block *block, uint32_t rank) {
    uint32_t word = 0;
    for (uint32_t i = 1; i < BLOCK_WORDS; i++) word += block->within[i] <= rank;
    return word;
}

/* How many of eight numbers below 128 are no more than `rank`. */
static uint32_t count_passed(uint64_t numbers, uint32_t rank) {
    return (uint32_t)((((rank * ones | high) - numbers) & high) / 0x80 * ones >> 56);
}

/* The place of the bit that has `rank` bits set below it: its byte, then itself, among eight at
 * once (S. Vigna, "Broadword implementation of rank/select queries", WEA 2008). */
static uint32_t select_in_word(uint64_t word, uint32_t rank) {
    uint64_t up_to = count_bytes(word) * ones; /* in each byte: the bits in it and below it */
    uint32_t place = 8 * count_passed(up_to, rank);
    uint64_t byte = word >> place & 0xff;
    uint64_t bits = ((byte * ones & UINT64_C(0x8040201008040201)) + ones * 0x7f) / 0x80 & ones;
    return place + count_passed(bits * ones, rank - (uint32_t)(up_to << 8 >> place & 0xff));
}

uint32_t position_set_select(const struct position_set *set, uint32_t rank) {
    if (set->gapless) return rank;
    uint32_t number = find_block(set, rank);
    const struct position_block *block = &set->blocks[number];
    rank -= block->before;
    uint32_t word = find_word(block, rank);
    uint32_t place = number * BLOCK_WORDS + word;
    return place * 64 + select_in_word(set->words[place], rank - block->within[word]);
}
