#include "server/seed.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/random.h>
#include <sys/types.h>

static bool read_random(uint64_t *ret_bits) {
    uint64_t bits;
    ssize_t got;
    do {
        got = getrandom(&bits, sizeof(bits), 0);
    } while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof(bits)) return false;
    *ret_bits = bits;
    return true;
}

/* 2^64 over the golden ratio, as an odd number: the values are spread evenly however many there
 * are. */
static const uint64_t stride = 0x9e3779b97f4a7c15;

bool seed_make(char ret_seed[SEED_SIZE]) {
    static _Thread_local uint64_t state;
    static _Thread_local bool started;
    if (!started && !read_random(&state)) return false;
    started = true;
    uint64_t bits = state += stride;
    for (size_t i = 0; i < SEED_SIZE - 1; i++, bits <<= 4)
        ret_seed[i] = "0123456789abcdef"[bits >> 60];
    ret_seed[SEED_SIZE - 1] = '\0';
    return true;
}
