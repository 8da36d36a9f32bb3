#include "server/clock.h"

static struct timespec read_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now;
}

uint64_t clock_nanoseconds(void) {
    struct timespec now = read_clock();
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

time_t clock_seconds(void) {
    return read_clock().tv_sec;
}
