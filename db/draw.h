/* Uniform draws without repetition from a seed. Pure: the same seed gives the same draw on every
 * machine. Internal to db/. */
#ifndef QBANK_DB_DRAW_H
#define QBANK_DB_DRAW_H

#include <stddef.h>
#include <stdint.h>

struct draw_generator {
    uint64_t state;
};

/* Seeds from the caller's string and the revision: the same seed means another draw from another
 * bank. */
struct draw_generator draw_generator_seeded(const char *seed, uint64_t revision);

/* The next 64 bits: SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom
 * number generators", OOPSLA 2014). Not for secrets. */
uint64_t draw_next(struct draw_generator *generator);

/* An integer from 0 to bound - 1, each with exactly the same chance: multiplication and rejection
 * (D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019). bound > 0. */
uint64_t draw_below(struct draw_generator *generator, uint64_t bound);

/* `count` distinct ranks from 0 to total - 1 in random order, each ordered choice with the same
 * chance: R. Floyd's sampling (J. Bentley and R. Floyd, "A sample of brilliance", CACM 30, 1987),
 * then a shuffle. Work grows with count^2 at worst and not with total: for counts of a request.
 * count <= total. */
void draw_ranks(struct draw_generator *generator, size_t count, size_t total, uint32_t *ret_ranks);

#endif
