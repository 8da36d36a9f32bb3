/* A clock that only goes forward (CLOCK_MONOTONIC), for how long things take. */
#ifndef QBANK_SERVER_CLOCK_H
#define QBANK_SERVER_CLOCK_H

#include <stdint.h>
#include <time.h>

uint64_t clock_nanoseconds(void);
time_t clock_seconds(void);

#endif
