#include "server/http_exchange.h"

#include <microhttpd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "server/access_log.h"
#include "server/clock.h"
#include "server/http.h"
#include "server/router.h"

/* Behind the target's NUL: a byte for media type and coding, one for the origin. */
enum { KEY_TAIL = 3 };
_Static_assert(CORS_ORIGINS_MAX < 256 && 2 * MEDIA_COUNT * CODING_COUNT < 256, "a byte for each");

static void read_peer(struct http_exchange *exchange, struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info != NULL) address_from_socket(info->client_addr, &exchange->client);
}

struct http_exchange *http_exchange_begin(const char *target, struct MHD_Connection *connection) {
    size_t length = strlen(target);
    struct http_exchange *exchange = malloc(sizeof(*exchange) + length + KEY_TAIL);
    if (exchange == NULL) return NULL;
    *exchange = (struct http_exchange){.method = "-", .target_length = length};
    memcpy(exchange->target, target, length + 1);
    read_peer(exchange, connection);
    return exchange;
}

static void count(struct http_exchange *exchange, const struct http_policy *policy) {
    if (router_is_unlimited(routes, route_count, exchange->target)) return;
    exchange->policy = rate_limit_policy(policy->limit);
    exchange->verdict = rate_limit_take(policy->limit, &exchange->client, clock_nanoseconds());
}

void http_exchange_read_head(struct http_exchange *exchange, struct MHD_Connection *connection,
                             const char *method, const struct http_policy *policy) {
    exchange->head_seen = true;
    strncpy(exchange->method, method, sizeof(exchange->method) - 1);
    http_fields_read(connection, &exchange->fields);
    const char *const *fields = exchange->fields.values;
    exchange->media = negotiate_media(fields[HTTP_ACCEPT]);
    exchange->coding = negotiate_coding(fields[HTTP_ACCEPT_ENCODING]);
    exchange->origin = cors_find(&policy->cors, fields[HTTP_ORIGIN]);
    exchange->client = forwarded_client(&policy->proxies, &exchange->client, fields[HTTP_FORWARDED],
                                        fields[HTTP_X_FORWARDED_FOR]);
    if (policy->limit != NULL) count(exchange, policy);
}

struct cache_bytes http_exchange_key(struct http_exchange *exchange, enum coding coding) {
    char *tail = exchange->target + exchange->target_length;
    tail[1] = (char)(exchange->media * CODING_COUNT + coding);
    tail[2] = (char)exchange->origin;
    return (struct cache_bytes){exchange->target, exchange->target_length + KEY_TAIL};
}

struct cache_bytes http_exchange_known_key(struct http_exchange *exchange) {
    struct cache_bytes key = http_exchange_key(exchange, exchange->coding);
    exchange->target[exchange->target_length + 1] += MEDIA_COUNT * CODING_COUNT;
    return key;
}

/* ---- the access log -------------------------------------------------------------------------- */

void http_exchange_start_clock(struct http_exchange *exchange) {
    clock_gettime(CLOCK_REALTIME, &exchange->time);
    exchange->started = clock_nanoseconds();
}

/* What libmicrohttpd has answered by itself, to what is no HTTP: 0 where it just hung up. */
static unsigned library_status(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
    return info != NULL ? info->http_status : 0;
}

void http_exchange_log(struct http_exchange *exchange, struct MHD_Connection *connection) {
    if (exchange->status == 0) exchange->status = library_status(connection);
    char client[ADDRESS_TEXT_SIZE];
    address_format(&exchange->client, client);
    access_log_write(
        &(struct access_entry){.time = exchange->time,
                               .client = client,
                               .method = exchange->method,
                               .target = exchange->target,
                               .status = exchange->status,
                               .bytes = exchange->bytes,
                               .microseconds = (clock_nanoseconds() - exchange->started) / 1000});
}

void http_exchange_free(struct http_exchange *exchange) {
    http_fields_free(&exchange->fields);
    free(exchange);
}
