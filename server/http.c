#include "server/http.h"

#include <microhttpd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/cache.h"
#include "server/coding.h"
#include "server/etag.h"
#include "server/http_exchange.h"
#include "server/http_pace.h"
#include "server/http_pool.h"
#include "server/http_response.h"

/* libmicrohttpd keeps a request's head and the response's in this much memory and clears all of it
 * for each request: of the time that a kept answer takes, 32 KiB were a quarter and 64 KiB nearly
 * half. What has to fit is 250 derived ids to exclude with a browser's headers
 * (tests/api/test_http_random.c). Where there is no room for the response's head the connection
 * would end without a word: so larger requests are refused while there is. */
static const size_t connection_memory = 16 * 1024;
enum { TARGET_MAX = 8 * 1024, REQUEST_MEMORY_MAX = 13 * 1024 };
static const unsigned connection_timeout = 60; /* seconds without traffic */

/* What libmicrohttpd allocates for a response and its headers, in bytes: measured, and rounded up
 * for a coding's; without the Link header, which repeats the target. */
enum { RESPONSE_OVERHEAD = 1280 };

struct http {
    struct MHD_Daemon *daemon;
    struct cache *cache; /* target and what was negotiated -> struct http_answer */
    struct http_settings settings;
    struct http_pace pace;
    struct http_pool pool;
    unsigned connections;
    unsigned pending;
    bool has_room_again;
    bool quiesced;
};

static void drop_kept(const void *value) {
    struct http_answer kept = *(const struct http_answer *)value;
    http_answer_free(&kept);
}

/* libmicrohttpd goes on to take the query apart into the connection's memory, 72 bytes for each
 * parameter, which nobody would look at (server/target.h has the whole target): so there is none.
 * What is called const here is a line of its own buffer, which it cuts up itself. */
static void hide_query(const char *target) {
    char *query = (char *)strchr(target, '?');
    if (query != NULL) query[1] = '\0';
}

static void *begin_request(void *context, const char *target, struct MHD_Connection *connection) {
    struct http *http = context;
    struct http_exchange *exchange = http_exchange_begin(target, connection);
    if (exchange == NULL) return NULL;
    hide_query(target);
    if (http->settings.access_log) http_exchange_start_clock(exchange);
    http_pace_go_on(&http->pace, connection, &exchange->bytes);
    http->pending++;
    return exchange;
}

static void end_request(void *context, struct MHD_Connection *connection, void **state,
                        enum MHD_RequestTerminationCode code) {
    (void)code;
    struct http *http = context;
    struct http_exchange *exchange = *state;
    if (exchange == NULL) return;
    if (http->settings.access_log) http_exchange_log(exchange, connection);
    http_pace_go_on(&http->pace, connection, NULL);
    http_pool_return(&http->pool, exchange->lent);
    http_exchange_free(exchange);
    *state = NULL;
    http->pending--;
}

/* At the limit libmicrohttpd looks away from the listening socket, and back to it at the beginning
 * of a turn only: who waits to be accepted would wait until something else happens. */
static void notice_connection(void *context, struct MHD_Connection *connection, void **state,
                              enum MHD_ConnectionNotificationCode code) {
    struct http *http = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *state = http_pace_join(&http->pace, connection);
        http->connections++;
        return;
    }
    http_pace_leave(*state);
    if (http->connections-- == http->settings.connections) http->has_room_again = true;
}

/* ---- sending --------------------------------------------------------------------------------- */

/* Sends a response that nobody else gets. */
static enum MHD_Result queue_own(struct MHD_Connection *connection, struct http_exchange *exchange,
                                 unsigned status, struct MHD_Response *response) {
    if (exchange->policy != NULL) {
        http_response_add_quota(response, exchange->policy, &exchange->verdict);
    }
    exchange->status = status;
    return MHD_queue_response(connection, status, response);
}

/* The same; takes the response over, which is NULL where memory ran out. */
static enum MHD_Result queue_once(struct MHD_Connection *connection, struct http_exchange *exchange,
                                  unsigned status, struct MHD_Response *response) {
    if (response == NULL) return MHD_NO;
    enum MHD_Result result = queue_own(connection, exchange, status, response);
    MHD_destroy_response(response);
    return result;
}

/* What is kept is ready for everyone; only a quota is another one for each. */
static enum MHD_Result queue(struct MHD_Connection *connection, struct http_exchange *exchange,
                             unsigned status, const struct http_answer *answer) {
    exchange->bytes = answer->size;
    if (exchange->policy != NULL && answer->kept) {
        return queue_once(connection, exchange, status, http_answer_copy(answer));
    }
    return queue_own(connection, exchange, status, answer->response);
}

/* ---- answers that are kept ------------------------------------------------------------------- */

/* HEAD is answered like GET; libmicrohttpd leaves the body out. */
static bool is_retrieval(const struct http_exchange *exchange) {
    return strcmp(exchange->method, "GET") == 0 || strcmp(exchange->method, "HEAD") == 0;
}

/* Once the socket is closed every response closes its connection, and says so in a header that the
 * kept ones lack. */
static bool may_recall(const struct http *http, const struct http_exchange *exchange) {
    return !http->quiesced && is_retrieval(exchange);
}

static bool may_tag(const struct http_exchange *exchange, const struct response *response) {
    return response->status == MHD_HTTP_OK && response->body != NULL &&
           response->cache != CACHE_NEVER && is_retrieval(exchange);
}

static bool may_keep(const struct http *http, const struct http_exchange *exchange,
                     const struct response *response) {
    return may_tag(exchange, response) && response->cache != CACHE_PASSING &&
           !response->names_host && !http->quiesced;
}

/* What is too small to be worth a coding is kept once for everyone. */
static enum coding kept_coding(const struct http_exchange *exchange, size_t size) {
    return coding_is_worth(size, CODING_KEPT) ? exchange->coding : CODING_IDENTITY;
}

static const struct http_answer *recall(struct http *http, struct http_exchange *exchange) {
    if (!may_recall(http, exchange)) return NULL;
    const struct http_answer *kept =
        cache_get(http->cache, http_exchange_key(exchange, CODING_IDENTITY)).data;
    if (exchange->coding == CODING_IDENTITY) return kept;
    if (kept != NULL && kept_coding(exchange, kept->size) == CODING_IDENTITY) return kept;
    return cache_get(http->cache, http_exchange_key(exchange, exchange->coding)).data;
}

/* ---- one request ------------------------------------------------------------------------------
 */

static bool declares_large_body(const struct http_exchange *exchange) {
    const char *length = exchange->fields.values[HTTP_CONTENT_LENGTH];
    return length != NULL && strtoull(length, NULL, 10) > HTTP_BODY_MAX;
}

static size_t head_size(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
        ->header_size;
}

static struct http_making how_to_make(const struct http *http, struct http_exchange *exchange,
                                      bool tag, bool keep) {
    return (struct http_making){.cors = &http->settings.policy->cors,
                                .origin = exchange->origin,
                                .is_from_page = exchange->fields.values[HTTP_ORIGIN] != NULL,
                                .coding = exchange->coding,
                                .tag = tag,
                                .keep = keep,
                                .closing = http->quiesced,
                                .head = strcmp(exchange->method, "HEAD") == 0,
                                .sent = &exchange->bytes};
}

static enum MHD_Result send_problem(struct http *http, struct MHD_Connection *connection,
                                    struct http_exchange *exchange, enum problem problem) {
    struct response response = {0};
    response_render(&response, problem);
    const struct http_making making = how_to_make(http, exchange, false, false);
    struct http_answer made = http_answer_make(&response, &making);
    enum MHD_Result result =
        made.response != NULL ? queue(connection, exchange, response.status, &made) : MHD_NO;
    http_answer_free(&made);
    response_free(&response);
    return result;
}

/* To who has a kept answer already, which is kept as well. */
static enum MHD_Result send_not_modified(struct http *http, struct MHD_Connection *connection,
                                         struct http_exchange *exchange,
                                         const struct http_answer *answer) {
    if (exchange->policy != NULL || !answer->kept) {
        return queue_once(connection, exchange, MHD_HTTP_NOT_MODIFIED,
                          http_answer_not_modified(answer));
    }
    struct cache_bytes key = http_exchange_known_key(exchange);
    const struct http_answer *known = cache_get(http->cache, key).data;
    if (known != NULL) {
        return queue_own(connection, exchange, MHD_HTTP_NOT_MODIFIED, known->response);
    }
    struct http_answer made = {.response = http_answer_not_modified(answer)};
    if (made.response == NULL) return MHD_NO;
    enum MHD_Result result = queue_own(connection, exchange, MHD_HTTP_NOT_MODIFIED, made.response);
    cache_put(http->cache, key, (struct cache_bytes){&made, sizeof(made)},
              RESPONSE_OVERHEAD + exchange->target_length);
    return result;
}

/* What the client knows already may settle what a success is answered with, in the order of RFC
 * 9110, section 13.2.2. There are no dates to compare: a revision has none that means anything. */
static enum MHD_Result send_answer(struct http *http, struct MHD_Connection *connection,
                                   struct http_exchange *exchange, unsigned status,
                                   const struct http_answer *answer) {
    const char *const *fields = exchange->fields.values;
    if (status != MHD_HTTP_OK) return queue(connection, exchange, status, answer);
    if (!etag_holds(fields[HTTP_IF_MATCH], answer->etag)) {
        return send_problem(http, connection, exchange, PROBLEM_PRECONDITION_FAILED);
    }
    if (etag_matches(fields[HTTP_IF_NONE_MATCH], answer->etag)) {
        return send_not_modified(http, connection, exchange, answer);
    }
    return queue(connection, exchange, status, answer);
}

static void bound_unsent(struct MHD_Connection *connection) {
    pace_bound_unsent(
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
}

/* Sends the response in one of its own, which may be kept. */
static enum MHD_Result send_made(struct http *http, struct MHD_Connection *connection,
                                 struct http_exchange *exchange, struct response *response,
                                 const struct http_making *making) {
    enum coding coding = kept_coding(exchange, response->size);
    if (response->stream.context != NULL) bound_unsent(connection);
    struct http_answer made = http_answer_make(response, making);
    if (made.response == NULL) return MHD_NO;
    enum MHD_Result result = send_answer(http, connection, exchange, response->status, &made);
    if (making->keep) {
        struct cache_bytes key = http_exchange_key(exchange, coding);
        cache_put(http->cache, key, (struct cache_bytes){&made, sizeof(made)},
                  made.size + RESPONSE_OVERHEAD + exchange->target_length);
    } else {
        http_answer_free(&made);
    }
    return result;
}

/* Sends the response; frees what it holds. A quota would be added to what others get next. */
static enum MHD_Result send_response(struct http *http, struct MHD_Connection *connection,
                                     struct http_exchange *exchange, struct response *response) {
    enum MHD_Result result;
    const struct http_making making = how_to_make(http, exchange, may_tag(exchange, response),
                                                  may_keep(http, exchange, response));
    if (exchange->policy == NULL) exchange->lent = http_pool_lend(&http->pool, response, &making);
    if (exchange->lent != NULL) {
        const struct http_answer lent = http_lent_answer(exchange->lent);
        result = send_answer(http, connection, exchange, response->status, &lent);
    } else {
        result = send_made(http, connection, exchange, response, &making);
    }
    response_free(response);
    return result;
}

/* The first call has only the head. A response that is queued here closes the connection, which
 * is right only where the body is not going to be read. */
static enum MHD_Result take_head(struct http *http, struct MHD_Connection *connection,
                                 struct http_exchange *exchange, const char *method,
                                 const char *version) {
    http_exchange_read_head(exchange, connection, method, http->settings.policy);
    enum problem problem = PROBLEM_NONE;
    if (!http_fields_are_sound(&exchange->fields, version)) problem = PROBLEM_MALFORMED_HEAD;
    if (declares_large_body(exchange)) problem = PROBLEM_CONTENT_TOO_LARGE;
    if (head_size(connection) + exchange->fields.memory > REQUEST_MEMORY_MAX) {
        problem = PROBLEM_HEAD_TOO_LARGE;
    }
    if (exchange->target_length > TARGET_MAX) problem = PROBLEM_TARGET_TOO_LONG;
    return problem == PROBLEM_NONE ? MHD_YES : send_problem(http, connection, exchange, problem);
}

static enum MHD_Result take_body(struct http_exchange *exchange, size_t *size) {
    exchange->body_size += *size;
    *size = 0;
    return exchange->body_size <= HTTP_BODY_MAX ? MHD_YES : MHD_NO;
}

static enum MHD_Result answer(struct http *http, struct MHD_Connection *connection,
                              struct http_exchange *exchange, const char *method) {
    if (exchange->policy != NULL && !exchange->verdict.allowed) {
        return send_problem(http, connection, exchange, PROBLEM_RATE_LIMITED);
    }
    const struct http_answer *kept = recall(http, exchange);
    if (kept != NULL) return send_answer(http, connection, exchange, MHD_HTTP_OK, kept);
    struct response response = {0};
    const struct incoming incoming = {.method = method,
                                      .target = exchange->target,
                                      .host = exchange->fields.values[HTTP_HOST],
                                      .media = exchange->media,
                                      .now = time(NULL)};
    http->settings.answer(http->settings.context, &incoming, &response);
    return send_response(http, connection, exchange, &response);
}

static enum MHD_Result take_request(void *context, struct MHD_Connection *connection,
                                    const char *url, const char *method, const char *version,
                                    const char *body, size_t *body_size, void **state) {
    (void)url;
    (void)body;
    struct http *http = context;
    struct http_exchange *exchange = *state;
    if (exchange == NULL) return MHD_NO;
    if (!exchange->head_seen) return take_head(http, connection, exchange, method, version);
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
        MHD_OPTION_CONNECTION_LIMIT, http->settings.connections, MHD_OPTION_CONNECTION_TIMEOUT,
        connection_timeout, MHD_OPTION_URI_LOG_CALLBACK, begin_request, http,
        MHD_OPTION_NOTIFY_CONNECTION, notice_connection, http, MHD_OPTION_NOTIFY_COMPLETED,
        end_request, http, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
}

struct http *http_start(const struct http_settings *settings) {
    struct http *http = calloc(1, sizeof(*http));
    if (http == NULL) return NULL;
    http->settings = *settings;
    http->pace.pace = settings->pace;
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
    if (http->has_room_again) return 0;
    if (MHD_get_timeout(http->daemon, &due) != MHD_YES || due > (unsigned)cap) return cap;
    return (int)due;
}

void http_run(struct http *http, time_t now) {
    http_pace_run(&http->pace, now);
    http->has_room_again = false;
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
    http_pool_free(&http->pool);
    cache_free(http->cache);
    free(http);
}
