#include "server/http.h"

#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "server/access_log.h"
#include "server/cache.h"
#include "server/etag.h"

/* libmicrohttpd keeps a request's head and the response's in this much memory and clears all of it
 * for each request: of the time that a kept answer takes, 32 KiB were a quarter and 64 KiB nearly
 * half. What has to fit is 250 derived ids to exclude with a browser's headers
 * (tests/api/test_http_random.c). Where there is no room for the response's head the connection
 * would end without a word: so larger requests are refused, and so long a Link is left out. */
static const size_t connection_memory = 16 * 1024;
enum { REQUEST_HEAD_MAX = 10 * 1024, LINK_MAX = 1024 };
static const unsigned connection_limit = 1024;
static const unsigned connection_timeout = 60; /* seconds without traffic */

/* What libmicrohttpd allocates for a response and its headers, in bytes: an estimate, without the
 * Link header, which repeats the target. */
enum { RESPONSE_OVERHEAD = 1024 };

struct http {
    struct MHD_Daemon *daemon;
    struct cache *cache; /* target -> struct kept */
    struct http_settings settings;
    unsigned pending;
    bool quiesced;
};

/* An answer that is ready to be sent any number of times. */
struct kept {
    struct MHD_Response *response;
    size_t size;          /* of the body */
    char etag[ETAG_SIZE]; /* empty: it has none */
};

static void drop_kept(const void *value) {
    const struct kept *kept = value;
    MHD_destroy_response(kept->response);
}

/* One request from its first line until its response is out. */
struct exchange {
    struct timespec time, started; /* for the access log only */
    bool head_seen;
    size_t body_size;
    char method[17];
    unsigned status;
    size_t bytes;
    size_t target_length;
    char target[]; /* as it stood in the request line */
};

/* libmicrohttpd goes on to take the query apart into the connection's memory, 72 bytes for each
 * parameter, which nobody would look at (server/target.h has the whole target): so there is none.
 * What is called const here is a line of its own buffer, which it cuts up itself. */
static void hide_query(const char *target) {
    char *query = (char *)strchr(target, '?');
    if (query != NULL) query[1] = '\0';
}

static void *exchange_begin(void *context, const char *target, struct MHD_Connection *connection) {
    (void)connection;
    struct http *http = context;
    size_t length = strlen(target);
    struct exchange *exchange = malloc(sizeof(*exchange) + length + 1);
    if (exchange == NULL) return NULL;
    *exchange = (struct exchange){.method = "-", /* until the head is complete */
                                  .target_length = length};
    memcpy(exchange->target, target, length + 1);
    hide_query(target);
    if (http->settings.access_log) {
        clock_gettime(CLOCK_REALTIME, &exchange->time);
        clock_gettime(CLOCK_MONOTONIC, &exchange->started);
    }
    http->pending++;
    return exchange;
}

static uint64_t microseconds_since(const struct timespec *start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t nanoseconds =
        (now.tv_sec - start->tv_sec) * INT64_C(1000000000) + now.tv_nsec - start->tv_nsec;
    return (uint64_t)nanoseconds / 1000;
}

static void exchange_log(const struct exchange *exchange) {
    access_log_write(
        &(struct access_entry){.time = exchange->time,
                               .method = exchange->method,
                               .target = exchange->target,
                               .status = exchange->status,
                               .bytes = exchange->bytes,
                               .microseconds = microseconds_since(&exchange->started)});
}

static void exchange_end(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code) {
    (void)connection;
    (void)code;
    struct http *http = context;
    struct exchange *exchange = *state;
    if (exchange == NULL) return;
    if (http->settings.access_log) exchange_log(exchange);
    free(exchange);
    *state = NULL;
    http->pending--;
}

static void add_header(struct MHD_Response *out, const char *name, const char *value) {
    if (value != NULL && value[0] != '\0') MHD_add_response_header(out, name, value);
}

static void add_link(struct MHD_Response *out, const char *next) {
    char *value;
    if (next == NULL || strlen(next) > LINK_MAX) return; /* next_cursor is in the body as well */
    if (asprintf(&value, "<%s>; rel=\"next\"", next) < 0) return;
    add_header(out, MHD_HTTP_HEADER_LINK, value);
    free(value);
}

static void add_cache_control(struct MHD_Response *out, const struct response *response) {
    add_header(out, MHD_HTTP_HEADER_CACHE_CONTROL,
               response->cache == CACHE_NEVER ? "no-store" : "no-cache");
}

static void add_headers(const struct http *http, struct MHD_Response *out,
                        const struct response *response) {
    add_header(out, MHD_HTTP_HEADER_CONTENT_TYPE, response->content_type);
    add_header(out, "X-Content-Type-Options", "nosniff");
    add_header(out, "Content-Security-Policy", response->policy);
    add_cache_control(out, response);
    add_header(out, MHD_HTTP_HEADER_ALLOW, response->allow);
    add_header(out, MHD_HTTP_HEADER_LOCATION, response->location);
    add_link(out, response->next);
    if (http->quiesced) add_header(out, MHD_HTTP_HEADER_CONNECTION, "close");
}

/* The response as libmicrohttpd has it, which takes the body over; NULL when memory runs out. */
static struct MHD_Response *make_response(const struct http *http, struct response *response) {
    struct MHD_Response *out =
        response->body != NULL
            ? MHD_create_response_from_buffer(response->size, response->body, MHD_RESPMEM_MUST_FREE)
            : MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (out == NULL) return NULL;
    response->body = NULL;
    add_headers(http, out, response);
    return out;
}

static void tag_answer(struct kept *answer, const void *body) {
    etag_make(body, answer->size, answer->etag);
    add_header(answer->response, MHD_HTTP_HEADER_ETAG, answer->etag);
}

static bool is_known(struct MHD_Connection *connection, const struct kept *answer) {
    return answer->etag[0] != '\0' &&
           etag_matches(MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                                    MHD_HTTP_HEADER_IF_NONE_MATCH),
                        answer->etag);
}

static enum MHD_Result queue(struct MHD_Connection *connection, struct exchange *exchange,
                             unsigned status, const struct kept *answer) {
    /* To who has it already libmicrohttpd sends the head alone, as RFC 9110 has it (section 15.4.5)
     */
    bool known = is_known(connection, answer);
    exchange->status = known ? MHD_HTTP_NOT_MODIFIED : status;
    exchange->bytes = known ? 0 : answer->size;
    return MHD_queue_response(connection, exchange->status, answer->response);
}

/* ---- answers that are kept ------------------------------------------------------------------- */

/* HEAD is answered like GET; libmicrohttpd leaves the body out. Once the socket is closed every
 * response closes its connection, and says so in a header that the kept ones lack. */
static bool may_recall(const struct http *http, const struct exchange *exchange) {
    return !http->quiesced &&
           (strcmp(exchange->method, "GET") == 0 || strcmp(exchange->method, "HEAD") == 0);
}

static bool may_keep(const struct http *http, const struct exchange *exchange,
                     const struct response *response) {
    return response->status == MHD_HTTP_OK && response->cache != CACHE_NEVER &&
           may_recall(http, exchange);
}

static struct cache_bytes key_of(const struct exchange *exchange) {
    return (struct cache_bytes){exchange->target, exchange->target_length};
}

/* ---- one request ------------------------------------------------------------------------------
 */

static bool declares_large_body(struct MHD_Connection *connection) {
    const char *length =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return length != NULL && strtoull(length, NULL, 10) > HTTP_BODY_MAX;
}

static size_t head_size(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
        ->header_size;
}

/* Sends the response; frees what it holds. */
static enum MHD_Result send_response(struct http *http, struct MHD_Connection *connection,
                                     struct exchange *exchange, struct response *response) {
    enum MHD_Result result = MHD_NO;
    const void *body = response->body; /* lives on in the response that is made of it */
    struct kept made = {.response = make_response(http, response), .size = response->size};
    if (made.response != NULL) {
        bool keep = may_keep(http, exchange, response);
        if (keep) tag_answer(&made, body);
        result = queue(connection, exchange, response->status, &made);
        if (keep) {
            cache_put(http->cache, key_of(exchange), (struct cache_bytes){&made, sizeof(made)},
                      made.size + RESPONSE_OVERHEAD + exchange->target_length);
        } else {
            drop_kept(&made);
        }
    }
    response_free(response);
    return result;
}

/* The first call has only the head. A response that is queued here closes the connection, which
 * is right only where the body is not going to be read. */
static enum MHD_Result take_head(struct http *http, struct MHD_Connection *connection,
                                 struct exchange *exchange, const char *method) {
    exchange->head_seen = true;
    strncpy(exchange->method, method, sizeof(exchange->method) - 1);
    enum problem problem = PROBLEM_NONE;
    if (declares_large_body(connection)) problem = PROBLEM_CONTENT_TOO_LARGE;
    if (head_size(connection) > REQUEST_HEAD_MAX) problem = PROBLEM_HEAD_TOO_LARGE;
    if (problem == PROBLEM_NONE) return MHD_YES;
    struct response response = {0};
    response_render(&response, problem);
    return send_response(http, connection, exchange, &response);
}

static enum MHD_Result take_body(struct exchange *exchange, size_t *size) {
    exchange->body_size += *size;
    *size = 0;
    return exchange->body_size <= HTTP_BODY_MAX ? MHD_YES : MHD_NO;
}

static enum MHD_Result answer(struct http *http, struct MHD_Connection *connection,
                              struct exchange *exchange, const char *method) {
    const struct kept *kept =
        may_recall(http, exchange) ? cache_get(http->cache, key_of(exchange)).data : NULL;
    if (kept != NULL) return queue(connection, exchange, MHD_HTTP_OK, kept);
    struct response response = {0};
    http->settings.answer(http->settings.context, method, exchange->target, &response);
    return send_response(http, connection, exchange, &response);
}

static enum MHD_Result take_request(void *context, struct MHD_Connection *connection,
                                    const char *url, const char *method, const char *version,
                                    const char *body, size_t *body_size, void **state) {
    (void)url;
    (void)version;
    (void)body;
    struct http *http = context;
    struct exchange *exchange = *state;
    if (exchange == NULL) return MHD_NO;
    if (!exchange->head_seen) return take_head(http, connection, exchange, method);
    if (*body_size > 0) return take_body(exchange, body_size);
    return answer(http, connection, exchange, method);
}

/* server/target.h decodes; what libmicrohttpd makes of the query is never looked at. */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

static struct MHD_Daemon *start_daemon(struct http *http) {
    return MHD_start_daemon(
        MHD_USE_EPOLL, 0, NULL, NULL, take_request, http, MHD_OPTION_LISTEN_SOCKET,
        http->settings.listen_fd, MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory,
        MHD_OPTION_CONNECTION_LIMIT, connection_limit, MHD_OPTION_CONNECTION_TIMEOUT,
        connection_timeout, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, http,
        MHD_OPTION_NOTIFY_COMPLETED, exchange_end, http, MHD_OPTION_UNESCAPE_CALLBACK,
        leave_escaped, NULL, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_END);
}

struct http *http_start(const struct http_settings *settings) {
    struct http *http = calloc(1, sizeof(*http));
    if (http == NULL) return NULL;
    http->settings = *settings;
    http->cache = cache_create(settings->cache_size, drop_kept);
    if (http->cache != NULL) http->daemon = start_daemon(http);
    if (http->daemon == NULL) {
        cache_free(http->cache);
        free(http);
        return NULL;
    }
    return http;
}

int http_descriptor(const struct http *http) {
    return MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int http_timeout(struct http *http, int cap) {
    MHD_UNSIGNED_LONG_LONG due;
    if (MHD_get_timeout(http->daemon, &due) != MHD_YES || due > (unsigned)cap) return cap;
    return (int)due;
}

void http_run(struct http *http) {
    MHD_run(http->daemon);
}

void http_forget(struct http *http) {
    cache_clear(http->cache);
}

void http_quiesce(struct http *http) {
    int listen_fd = MHD_quiesce_daemon(http->daemon);
    if (listen_fd >= 0) close(listen_fd);
    http->quiesced = true;
}

unsigned http_pending(const struct http *http) {
    return http->pending;
}

void http_stop(struct http *http) {
    if (http == NULL) return;
    MHD_stop_daemon(http->daemon);
    cache_free(http->cache);
    free(http);
}
