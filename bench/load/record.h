/* What a load found out. */
#ifndef QBANK_BENCH_LOAD_RECORD_H
#define QBANK_BENCH_LOAD_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

struct record {
    uint32_t *latencies; /* microseconds, one for each answer */
    size_t count, limit;
    size_t failures;    /* other statuses than the one expected, and broken connections */
    uint64_t oldest_ns; /* how long the oldest request had waited for its answer when we left */
    uint64_t started_ns, ended_ns;
    uint64_t cpu_ns; /* of the server within that time; 0 if it was not asked for */
};

/* Room for `limit` answers; false if there is no memory. */
bool record_open(struct record *record, size_t limit);
void record_close(struct record *record);

/* Forgets what was noted so far: the warm-up is over. */
void record_restart(struct record *record, uint64_t now_ns);

void record_answer(struct record *record, uint64_t latency_ns);

/* One line of JSON. The greatest latency includes requests that were still unanswered. */
void record_print(struct record *record, FILE *file);

uint64_t record_now_ns(void); /* monotonic */

/* CPU time in nanoseconds that the threads of the process have used so far; 0 if there is no such
 * process. /proc/PID/task/TID/schedstat counts in nanoseconds where /proc/PID/stat has ticks of a
 * hundredth of a second. */
uint64_t record_process_cpu_ns(pid_t process);

#endif
