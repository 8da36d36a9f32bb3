#include "server/http_response.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/coding.h"
#include "server/http_stream.h"

/* A response's head has little room (server/http.c). */
enum { LINK_MAX = 1024 };

#define CONTENT_TYPE_OPTIONS "X-Content-Type-Options"

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

static const char *const cache_control[] = {
    [CACHE_REVALIDATE] = "no-cache",
    [CACHE_PASSING] = "no-cache",
    [CACHE_FOREVER] = "max-age=31536000, immutable",
    [CACHE_HOUR] = "max-age=3600",
    [CACHE_NEVER] = "no-store",
};

/* Only a body can be another one in another media type or coding. It is caches that are told so
 * (RFC 9110, section 12.5.5): of what they may not keep there is nothing to tell. */
static const char *vary(const struct response *response, const struct cors *cors) {
    if (response->cache == CACHE_NEVER) return NULL;
    static const char *const fields[][2] = {
        {NULL, "Origin"},
        {"Accept-Encoding", "Accept-Encoding, Origin"},
        {"Accept, Accept-Encoding", "Accept, Accept-Encoding, Origin"},
    };
    return fields[response->body == NULL ? 0 : response->varies ? 2 : 1][cors_varies(cors)];
}

static void add_filename(struct MHD_Response *out, const char *filename) {
    char value[sizeof("attachment; filename=\"\"") + RESPONSE_FILENAME_SIZE];
    if (filename[0] == '\0') return;
    snprintf(value, sizeof(value), "attachment; filename=\"%s\"", filename);
    add_header(out, MHD_HTTP_HEADER_CONTENT_DISPOSITION, value);
}

static void add_retry_after(struct MHD_Response *out, unsigned seconds) {
    char value[sizeof("4294967295")];
    if (seconds == 0) return;
    snprintf(value, sizeof(value), "%u", seconds);
    add_header(out, MHD_HTTP_HEADER_RETRY_AFTER, value);
}

/* What a page may ask for is the same for all: so a browser need not ask before each request, but
 * once a day. */
static void add_preflight(struct MHD_Response *out, const char *allow) {
    add_header(out, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_METHODS, allow);
    add_header(out, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_HEADERS, "*");
    add_header(out, MHD_HTTP_HEADER_ACCESS_CONTROL_MAX_AGE, "86400");
}

static void add_cors(struct MHD_Response *out, const struct response *response,
                     const struct http_making *making) {
    const char *origin = cors_allowed_origin(making->cors, making->origin);
    if (origin == NULL) return;
    /* What nobody keeps no page will find in a cache either. */
    if (response->cache == CACHE_NEVER && !making->is_from_page) return;
    add_header(out, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if (response->status == MHD_HTTP_NO_CONTENT) {
        add_preflight(out, response->allow);
    } else {
        add_header(
            out, MHD_HTTP_HEADER_ACCESS_CONTROL_EXPOSE_HEADERS,
            "Content-Disposition, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After");
    }
}

void http_response_add_fields(struct MHD_Response *out, const struct response *response,
                              const struct http_making *making) {
    add_header(out, MHD_HTTP_HEADER_CONTENT_TYPE, response->content_type);
    add_header(out, CONTENT_TYPE_OPTIONS, "nosniff");
    add_header(out, "Content-Security-Policy", response->policy);
    add_header(out, MHD_HTTP_HEADER_CACHE_CONTROL, cache_control[response->cache]);
    add_header(out, MHD_HTTP_HEADER_VARY, vary(response, making->cors));
    add_cors(out, response, making);
    add_header(out, MHD_HTTP_HEADER_ALLOW, response->allow);
    add_header(out, MHD_HTTP_HEADER_LOCATION, response->location);
    add_link(out, response->next);
    add_filename(out, response->filename);
    add_retry_after(out, response->retry_after);
    if (making->closing) add_header(out, MHD_HTTP_HEADER_CONNECTION, "close");
}

static enum coding_effort effort_of(const struct http_making *making) {
    return making->keep ? CODING_KEPT : CODING_ONCE;
}

static bool is_to_be_coded(const struct response *response, const struct http_making *making) {
    return making->coding != CODING_IDENTITY && coding_is_worth(response->size, effort_of(making));
}

/* Whatever http_response_add_fields() looks at, whoever gets the response next would get it too. */
bool http_response_has_common_fields(const struct response *response,
                                     const struct http_making *making) {
    return response->status == MHD_HTTP_OK && response->cache == CACHE_NEVER &&
           response->content_type != NULL &&
           strcmp(response->content_type, "application/json") == 0 && response->policy == NULL &&
           response->allow[0] == '\0' && response->location == NULL && response->next == NULL &&
           response->filename[0] == '\0' && response->retry_after == 0 && !making->is_from_page &&
           !making->closing && !is_to_be_coded(response, making);
}

/* Puts the body into the coding; returns the one that it is in then. */
static enum coding encode_body(struct response *response, const struct http_making *making) {
    if (!is_to_be_coded(response, making)) return CODING_IDENTITY;
    void *encoded = coding_encode(making->coding, effort_of(making), response->body, response->size,
                                  &response->size);
    if (encoded == NULL) return CODING_IDENTITY;
    free(response->body);
    response->body = encoded;
    return making->coding;
}

/* The body is the library's from now on. */
static struct MHD_Response *make_body(struct response *response) {
    char *body = response->body;
    if (body == NULL) return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    struct MHD_Response *out =
        MHD_create_response_from_buffer(response->size, body, MHD_RESPMEM_MUST_FREE);
    if (out == NULL) free(body);
    return out;
}

struct http_answer http_answer_make(struct response *response, const struct http_making *making) {
    enum coding coding = encode_body(response, making);
    struct http_answer answer = {
        .body = response->body, .size = response->size, .kept = making->keep};
    if (making->tag) etag_make(response->body, response->size, answer.etag);
    answer.response = response->stream.context != NULL
                          ? http_stream_make(&response->stream, making->head, making->sent)
                          : make_body(response);
    if (answer.response != NULL) {
        http_response_add_fields(answer.response, response, making);
        add_header(answer.response, MHD_HTTP_HEADER_CONTENT_ENCODING, coding_name(coding));
        add_header(answer.response, MHD_HTTP_HEADER_ETAG, answer.etag);
    }
    response->body = NULL;
    return answer;
}

static enum MHD_Result copy_header(void *context, enum MHD_ValueKind kind, const char *name,
                                   const char *value) {
    (void)kind;
    add_header(context, name, value);
    return MHD_YES;
}

struct MHD_Response *http_answer_copy(const struct http_answer *answer) {
    struct MHD_Response *out = MHD_create_response_from_buffer(
        answer->size, (void *)answer->body,
        answer->size > 0 ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);
    if (out != NULL) MHD_get_response_headers(answer->response, copy_header, out);
    return out;
}

/* What describes the body is of no use without it. */
static bool belongs_to_body(const char *name) {
    static const char *const names[] = {MHD_HTTP_HEADER_CONTENT_TYPE,
                                        MHD_HTTP_HEADER_CONTENT_ENCODING, CONTENT_TYPE_OPTIONS,
                                        MHD_HTTP_HEADER_LINK};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(names[i], name) == 0) return true;
    }
    return false;
}

static enum MHD_Result copy_lasting_header(void *context, enum MHD_ValueKind kind, const char *name,
                                           const char *value) {
    return belongs_to_body(name) ? MHD_YES : copy_header(context, kind, name, value);
}

/* Never called: a 304 has no body. */
static ssize_t read_nothing(void *context, uint64_t position, char *buffer, size_t size) {
    (void)context;
    (void)position;
    (void)buffer;
    (void)size;
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

/* The size is that of the answer's body, which is what Content-Length tells if it stands in a 304
 * (RFC 9110, section 8.6). */
struct MHD_Response *http_answer_not_modified(const struct http_answer *answer) {
    struct MHD_Response *out =
        MHD_create_response_from_callback(answer->size, 1, read_nothing, NULL, NULL);
    if (out != NULL) MHD_get_response_headers(answer->response, copy_lasting_header, out);
    return out;
}

void http_response_add_quota(struct MHD_Response *response, const char *policy,
                             const struct rate_verdict *verdict) {
    char field[RATE_LIMIT_FIELD_SIZE];
    rate_limit_format(verdict, field);
    add_header(response, "RateLimit-Policy", policy);
    add_header(response, "RateLimit", field);
    if (verdict->allowed) return;
    snprintf(field, sizeof(field), "%u", verdict->seconds);
    add_header(response, MHD_HTTP_HEADER_RETRY_AFTER, field);
}

void http_answer_free(struct http_answer *answer) {
    if (answer->response != NULL) MHD_destroy_response(answer->response);
    *answer = (struct http_answer){0};
}
