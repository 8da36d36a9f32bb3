/* HTTP/1.1 over one listening socket. Only the family server/http*.c knows libmicrohttpd. A daemon
 * has no thread of its own; its owner polls http_descriptor() and calls http_run(), all in one
 * thread.
 *
 * Answers to GET with status 200 are kept, ready to be sent, under the target as it stood in the
 * request line and what was negotiated, unless they say CACHE_NEVER; http_forget() drops them. An
 * answer must depend on nothing else in the request. */
#ifndef QBANK_SERVER_HTTP_H
#define QBANK_SERVER_HTTP_H

#include <stdbool.h>
#include <time.h>

#include "server/cors.h"
#include "server/forwarded.h"
#include "server/pace.h"
#include "server/rate_limit.h"
#include "server/request.h"
#include "server/response.h"

/* Bodies are read and dropped up to this many bytes: no resource takes one, but RFC 9110, section
 * 9.3.1, lets a GET have one. A larger one gets 413 if its length is declared, else the connection
 * is cut. */
enum { HTTP_BODY_MAX = 64 * 1024 };

/* New connections that one http_run() accepts: so many are libmicrohttpd's way, others wait. */
enum { HTTP_ACCEPTED_A_RUN = 10 };

struct http;

/* What holds for every request, whichever worker it comes to. */
struct http_policy {
    struct cors cors;
    struct proxies proxies;
    struct rate_limit *limit; /* NULL: none */
};

struct http_settings {
    int listen_fd; /* bound and listening */
    void (*answer)(void *context, const struct incoming *incoming, struct response *ret_response);
    void *context;
    const struct http_policy *policy; /* outlives the server */
    unsigned connections;             /* at once, at most; 1 or more: others wait */
    size_t cache_size;                /* bytes of answers to keep */
    struct pace pace;                 /* of clients; who is behind is cut off */
    bool access_log; /* one line per request on standard error (server/access_log.h) */
};

/* Takes listen_fd over. NULL when libmicrohttpd fails or memory runs out; the socket is still the
 * caller's then. */
struct http *http_start(const struct http_settings *settings);

/* Readable when there is something to do. */
int http_descriptor(const struct http *http);

/* In how many milliseconds http_run() is due even if nothing becomes readable; at most `cap`. */
int http_timeout(struct http *http, int cap);

/* Accepts, reads, answers, writes: what can be done without waiting. `now` in seconds of a clock
 * that never goes back: by it who is behind is cut off. */
void http_run(struct http *http, time_t now);

/* Drops the answers that were kept: the bank has changed. */
void http_forget(struct http *http);

/* Stops accepting: closes the listening socket. From now on responses close their connection. */
void http_quiesce(struct http *http);

/* Requests that have begun to come in and are not answered in full. */
unsigned http_pending(const struct http *http);

/* Closes all connections and frees; accepts NULL. */
void http_stop(struct http *http);

#endif
