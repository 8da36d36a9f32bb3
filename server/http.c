#include "server/http.h"

#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "server/access_log.h"

/* libmicrohttpd keeps the request's head in this much memory per connection, with about 72 bytes
 * for each query parameter on top: 250 excluded ids of the greatest length just fit. */
static const size_t connection_memory = 64 * 1024;
static const unsigned connection_limit = 1024;
static const unsigned connection_timeout = 60; /* seconds without traffic */

struct http {
    struct MHD_Daemon *daemon;
    struct http_settings settings;
    unsigned pending;
    bool quiesced;
};

/* One request from its first line until its response is out. */
struct exchange {
    struct timespec time;
    struct timespec started;
    bool head_seen;
    size_t body_size;
    char method[17];
    unsigned status;
    size_t bytes;
    char target[]; /* as it stood in the request line */
};

static void *exchange_begin(void *context, const char *target, struct MHD_Connection *connection) {
    (void)connection;
    struct http *http = context;
    size_t size = strlen(target) + 1;
    struct exchange *exchange = calloc(1, sizeof(*exchange) + size);
    if (exchange == NULL) return NULL;
    memcpy(exchange->target, target, size);
    strcpy(exchange->method, "-"); /* until the head is complete */
    clock_gettime(CLOCK_REALTIME, &exchange->time);
    clock_gettime(CLOCK_MONOTONIC, &exchange->started);
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
    if (next == NULL || asprintf(&value, "<%s>; rel=\"next\"", next) < 0) return;
    add_header(out, MHD_HTTP_HEADER_LINK, value);
    free(value);
}

static void add_headers(const struct http *http, struct MHD_Response *out,
                        const struct response *response) {
    add_header(out, MHD_HTTP_HEADER_CONTENT_TYPE, response->content_type);
    add_header(out, "X-Content-Type-Options", "nosniff");
    add_header(out, MHD_HTTP_HEADER_CACHE_CONTROL,
               response->cache == CACHE_NEVER ? "no-store" : "no-cache");
    add_header(out, MHD_HTTP_HEADER_ALLOW, response->allow);
    add_header(out, MHD_HTTP_HEADER_LOCATION, response->location);
    add_link(out, response->next);
    if (http->quiesced) add_header(out, MHD_HTTP_HEADER_CONNECTION, "close");
}

/* Hands the response to libmicrohttpd, which takes its body over. */
static enum MHD_Result send_response(const struct http *http, struct MHD_Connection *connection,
                                     struct exchange *exchange, struct response *response) {
    struct MHD_Response *out =
        response->body != NULL
            ? MHD_create_response_from_buffer(response->size, response->body, MHD_RESPMEM_MUST_FREE)
            : MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (out == NULL) return MHD_NO;
    response->body = NULL;
    exchange->status = response->status;
    exchange->bytes = response->size;
    add_headers(http, out, response);
    enum MHD_Result result = MHD_queue_response(connection, response->status, out);
    MHD_destroy_response(out);
    return result;
}

static bool declares_large_body(struct MHD_Connection *connection) {
    const char *length =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return length != NULL && strtoull(length, NULL, 10) > HTTP_BODY_MAX;
}

/* The first call has only the head. A response that is queued here closes the connection, which
 * is right only where the body is not going to be read. */
static enum MHD_Result take_head(const struct http *http, struct MHD_Connection *connection,
                                 struct exchange *exchange, const char *method) {
    exchange->head_seen = true;
    strncpy(exchange->method, method, sizeof(exchange->method) - 1);
    if (!declares_large_body(connection)) return MHD_YES;
    struct response response = {0};
    response_render(&response, PROBLEM_CONTENT_TOO_LARGE);
    enum MHD_Result result = send_response(http, connection, exchange, &response);
    response_free(&response);
    return result;
}

static enum MHD_Result take_body(struct exchange *exchange, size_t *size) {
    exchange->body_size += *size;
    *size = 0;
    return exchange->body_size <= HTTP_BODY_MAX ? MHD_YES : MHD_NO;
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
    struct response response = {0};
    http->settings.answer(http->settings.context, method, exchange->target, &response);
    enum MHD_Result result = send_response(http, connection, exchange, &response);
    response_free(&response);
    return result;
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
    http->daemon = start_daemon(http);
    if (http->daemon == NULL) {
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
    free(http);
}
