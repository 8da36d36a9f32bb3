/* How many requests a client may make in a time: the generic cell rate algorithm (ITU-T I.371,
 * annex A), which is a bucket of tokens that is refilled all the time. One table for all workers,
 * of a fixed size, with a lock for each part of it. */
#ifndef QBANK_SERVER_RATE_LIMIT_H
#define QBANK_SERVER_RATE_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "server/address.h"

enum { RATE_REQUESTS_MAX = 1000000 };

struct rate {
    unsigned requests; /* at once, and again in each window */
    unsigned window;   /* seconds */
};

/* Reads "60/min": a number from 1 to RATE_REQUESTS_MAX, then /s, /min or /h. */
bool rate_parse(const char *text, struct rate *ret_rate);

/* About how many clients are remembered. Where there are more, those whose quota is nearly whole
 * are forgotten first, which is in their favour. */
enum { RATE_LIMIT_CLIENTS = 65536 };

struct rate_limit;

/* NULL when memory runs out: 1.5 MB. */
struct rate_limit *rate_limit_create(const struct rate *rate);
void rate_limit_free(struct rate_limit *limit); /* accepts NULL */

struct rate_verdict {
    bool allowed;
    unsigned remaining; /* requests that the client may make at once now */
    unsigned seconds;   /* until there is one more if none remain, else until all are back */
};

/* Counts a request, at `now` nanoseconds of a clock that never goes back, against the client's
 * quota if there is enough of it. A client is a subscriber (server/address.h). Any thread may call
 * it. */
struct rate_verdict rate_limit_take(struct rate_limit *limit, const struct address *client,
                                    uint64_t now);

/* The field RateLimit-Policy; lives as long as the limit. Of the fields' syntax see
 * draft-ietf-httpapi-ratelimit-headers-11, which is no RFC yet. */
const char *rate_limit_policy(const struct rate_limit *limit);

/* The field RateLimit. */
enum { RATE_LIMIT_FIELD_SIZE = 48 };
void rate_limit_format(const struct rate_verdict *verdict, char ret_field[RATE_LIMIT_FIELD_SIZE]);

#endif
