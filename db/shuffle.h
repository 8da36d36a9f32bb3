/* A whole deck in random order without a list of it: the n-th card is computed from a key. Pure:
 * the same key and count give the same order on every machine. Internal to db/.
 *
 * The swap-or-not shuffle (V. T. Hoang, B. Morris, P. Rogaway, "An Enciphering Scheme Based on a
 * Card Shuffle", CRYPTO 2012): each round pairs the cards off in a way of its own and swaps each
 * pair or not. It takes a deck of any size as it is, where a Feistel network would have to walk
 * through a larger domain and gets only some of the orders of a small one. Not for secrets. */
#ifndef QBANK_DB_SHUFFLE_H
#define QBANK_DB_SHUFFLE_H

#include <stdint.h>

/* The more, the closer to uniform: for a deck of n the paper asks for a small multiple of log2(n),
 * and the orders of small decks come out equally often after half as many (tests/unit/db). */
enum { SHUFFLE_ROUNDS = 64 };

struct shuffle {
    uint64_t key;
    uint32_t count;
    uint32_t pivots[SHUFFLE_ROUNDS]; /* the pairs of each round: those whose sum is the pivot */
};

/* A deck of `count` cards, which may be 0. */
void shuffle_init(struct shuffle *shuffle, uint64_t key, uint32_t count);

/* Which card lies at `place`: each of 0 to count - 1 at one place. place < count. */
uint32_t shuffle_at(const struct shuffle *shuffle, uint32_t place);

#endif
