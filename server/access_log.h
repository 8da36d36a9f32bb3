/* The access log: one line per request. */
#ifndef QBANK_SERVER_ACCESS_LOG_H
#define QBANK_SERVER_ACCESS_LOG_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct access_entry {
    struct timespec time; /* when the request came in (CLOCK_REALTIME) */
    const char *client;   /* its address */
    const char *method;
    const char *target; /* raw, as it stood in the request line */
    unsigned status;    /* 0, a dash in the line: there was no answer, the client was gone before */
    size_t bytes;       /* of the body, before HEAD leaves it out */
    uint64_t microseconds;
};

/* Room for the longest line; longer targets are cut. */
enum { ACCESS_LOG_LINE_MAX = 2048 };

/* Formats "TIME CLIENT METHOD TARGET STATUS BYTES MICROSECONDSus\n", the time as in RFC 3339 with
 * milliseconds, in UTC. Bytes of the target other than printable ASCII become \xHH, so that a line
 * stays a line. Returns the length. */
size_t access_log_format(const struct access_entry *entry, char ret_line[ACCESS_LOG_LINE_MAX]);

/* Writes the line to standard error in one piece, so that workers do not mix theirs. */
void access_log_write(const struct access_entry *entry);

#endif
