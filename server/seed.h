/* Seeds for draws whose client gave none. */
#ifndef QBANK_SERVER_SEED_H
#define QBANK_SERVER_SEED_H

#include <stdbool.h>

/* 64 bits in hexadecimal, and a NUL. */
enum { SEED_SIZE = 17 };

/* Makes a seed. Each thread asks the kernel for 64 random bits once and counts on from there in odd
 * steps: no seed of a thread comes again before all 2^64 have been, and two threads meet no more
 * often than random numbers do. A draw needs no more, since it hashes its seed, which is no secret:
 * the response shows it. It saves a system call for each draw.
 * False if the kernel has no random bits to give. */
bool seed_make(char ret_seed[SEED_SIZE]);

#endif
