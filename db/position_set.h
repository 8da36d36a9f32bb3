/* A set of positions (a question's place in the bank, from 0) with rank and select in constant
 * time: a bitmap, and the number of members before each of its cache lines and before each word
 * (S. Vigna, "Broadword implementation of rank/select queries", WEA 2008), and where every 512th
 * member is. 1.4 bits for each question of the bank, members or not.
 *
 * A compressed bitmap would be smaller, but counts through its containers: a rank costs a
 * microsecond at a million questions, and a draw with exclusions needs hundreds. */
#ifndef QBANK_DB_POSITION_SET_H
#define QBANK_DB_POSITION_SET_H

#include <stdbool.h>
#include <stdint.h>

/* A cache line of the bitmap. */
enum { POSITION_BLOCK_WORDS = 8 };

struct position_block {
    uint32_t before;                       /* members before it */
    uint16_t within[POSITION_BLOCK_WORDS]; /* members in it before each of its words */
};

struct position_set {
    uint64_t *words;
    struct position_block
        *blocks;       /* one more than there are, which begins behind the last member */
    uint32_t *samples; /* the block of every 512th member, and the last block */
    uint32_t block_count;
    uint32_t count; /* members */
    bool gapless;   /* they are the first positions: the n-th is n, as of a whole bank */
};

/* Room for the positions below `size`, none of them in. False: out of memory. */
bool position_set_init(struct position_set *set, uint32_t size);
void position_set_free(struct position_set *set); /* accepts a zeroed one */

static inline void position_set_add(struct position_set *set, uint32_t position) {
    set->words[position / 64] |= UINT64_C(1) << position % 64;
}

/* Adds the members of a set with the same room, which may be the set itself. */
void position_set_unite(struct position_set *set, const struct position_set *other);

/* Counts the members: call it after the last one was added and before anything below. */
void position_set_seal(struct position_set *set);

/* The members that two sealed sets of one size share, sealed. False: out of memory. */
bool position_set_intersect(const struct position_set *a, const struct position_set *b,
                            struct position_set *ret_set);

static inline bool position_set_contains(const struct position_set *set, uint32_t position) {
    return set->words[position / 64] >> position % 64 & 1;
}

/* How many members are below `position`; position <= size. */
uint32_t position_set_rank(const struct position_set *set, uint32_t position);

/* The member that has `rank` members below it; rank < count. */
uint32_t position_set_select(const struct position_set *set, uint32_t rank);

#endif
