/* Where a body ends that comes in chunks (RFC 9112, section 7.1). */
#ifndef QBANK_BENCH_LOAD_CHUNKED_H
#define QBANK_BENCH_LOAD_CHUNKED_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed: before the first chunk. */
struct chunked {
    enum {
        CHUNKED_SIZE,      /* in the digits of a chunk's size */
        CHUNKED_EXTENSION, /* behind them, up to the end of the line */
        CHUNKED_DATA,      /* in the chunk, the line end behind it included */
        CHUNKED_TRAILER,   /* in the line behind the last chunk */
        CHUNKED_DONE
    } state;
    size_t left; /* size of the chunk so far; in CHUNKED_DATA: what is still to come */
};

/* Takes what has come; false if it is not chunked or goes on behind its end. Knows no trailer
 * fields: none of the servers that are measured sends them. */
bool chunked_take(struct chunked *chunked, const char *bytes, size_t size);

#endif
