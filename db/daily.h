/* The question of the day: which of a pool of questions it is. Pure: the same key and pool give the
 * same questions on every machine. Internal to db/. */
#ifndef QBANK_DB_DAILY_H
#define QBANK_DB_DAILY_H

#include <stdint.h>

/* The rank of the question of day `day`, counted from any day that is day 0. The pool is gone
 * through in random order, each question once, then in another order again; no two days running
 * have the same question, not where one round follows another either, unless there is only one.
 * count > 0. */
uint32_t daily_rank(uint64_t key, uint32_t count, uint64_t day);

#endif
