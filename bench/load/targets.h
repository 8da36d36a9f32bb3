/* The requests that a load consists of, ready to be sent. */
#ifndef QBANK_BENCH_LOAD_TARGETS_H
#define QBANK_BENCH_LOAD_TARGETS_H

#include <stdbool.h>
#include <stddef.h>

struct request_text {
    char *bytes;
    size_t size;
};

struct targets {
    struct request_text *items;
    size_t count;
    size_t next;
};

/* One GET for each line of the file, which is a path with its query; `host` and `header` (a whole
 * line such as "If-None-Match: x", or NULL) go into each. False after a printed error: no such
 * file, or nothing in it. */
bool targets_load(const char *path, const char *host, const char *header,
                  struct targets *ret_targets);
void targets_free(struct targets *targets);

/* The next in order; behind the last comes the first. */
const struct request_text *targets_next(struct targets *targets);

#endif
