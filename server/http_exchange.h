/* One request from its first line until its response is out: what is known of it.
 * Of the family server/http*.c, which alone knows libmicrohttpd. */
#ifndef QBANK_SERVER_HTTP_EXCHANGE_H
#define QBANK_SERVER_HTTP_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "server/address.h"
#include "server/cache.h"
#include "server/http_fields.h"
#include "server/negotiate.h"
#include "server/rate_limit.h"

struct http_lent;
struct http_policy;
struct MHD_Connection;

struct http_exchange {
    struct timespec time;  /* with `started` for the access log only */
    uint64_t started;      /* nanoseconds of a clock that never goes back */
    struct address client; /* the peer, until the head is there */
    bool head_seen;
    size_t body_size;
    char method[17]; /* "-" until the head is there */
    unsigned status;
    size_t bytes;
    struct http_lent *lent; /* the response (server/http_pool.h), or NULL */
    struct http_fields fields;
    enum media media;
    enum coding coding;
    size_t origin;      /* as cors_find() has it */
    const char *policy; /* of the limit that the request counts against, or NULL */
    struct rate_verdict verdict;
    size_t target_length;
    char target[]; /* as it stood in the request line; behind its NUL there is room for the key */
};

/* NULL when memory runs out. */
struct http_exchange *http_exchange_begin(const char *target, struct MHD_Connection *connection);

/* Once the head is there: reads it, settles who asks and what is sent to them, and counts it
 * against the limit. */
void http_exchange_read_head(struct http_exchange *exchange, struct MHD_Connection *connection,
                             const char *method, const struct http_policy *policy);

/* Under which the answer in that coding is kept: target, coding, media type, and origin. Lives
 * until it is asked for again. */
struct cache_bytes http_exchange_key(struct http_exchange *exchange, enum coding coding);

/* The same for the 304 in the place of the answer that this client gets. */
struct cache_bytes http_exchange_known_key(struct http_exchange *exchange);

void http_exchange_start_clock(struct http_exchange *exchange);

/* Writes the line of the access log; the clock must have been started. */
void http_exchange_log(struct http_exchange *exchange, struct MHD_Connection *connection);

void http_exchange_free(struct http_exchange *exchange);

#endif
