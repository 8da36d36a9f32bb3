#include "server/http_response.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/http_stream.h"

/* A response's head has little room (server/http.c). */
enum { LINK_MAX = 1024 };

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

static const char *cache_control(enum cache_rule rule) {
    return rule == CACHE_NEVER ? "no-store" : "no-cache";
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

static void add_headers(struct MHD_Response *out, const struct response *response, bool closing) {
    add_header(out, MHD_HTTP_HEADER_CONTENT_TYPE, response->content_type);
    add_header(out, "X-Content-Type-Options", "nosniff");
    add_header(out, MHD_HTTP_HEADER_CACHE_CONTROL, cache_control(response->cache));
    if (response->varies) add_header(out, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT);
    add_header(out, MHD_HTTP_HEADER_ALLOW, response->allow);
    add_header(out, MHD_HTTP_HEADER_LOCATION, response->location);
    add_link(out, response->next);
    add_filename(out, response->filename);
    add_retry_after(out, response->retry_after);
    if (closing) add_header(out, MHD_HTTP_HEADER_CONNECTION, "close");
}

static struct MHD_Response *make_body(struct response *response) {
    char *body = response->body;
    response->body = NULL;
    if (body == NULL) return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    struct MHD_Response *out =
        MHD_create_response_from_buffer(response->size, body, MHD_RESPMEM_MUST_FREE);
    if (out == NULL) free(body);
    return out;
}

struct http_answer http_answer_make(struct response *response, enum http_tagging tagging,
                                    bool closing, size_t *sent) {
    struct http_answer answer = {.size = response->size};
    if (tagging == HTTP_TAGGED) etag_make(response->body, response->size, answer.etag);
    answer.response = response->stream.context != NULL ? http_stream_make(&response->stream, sent)
                                                       : make_body(response);
    if (answer.response == NULL) return answer;
    add_headers(answer.response, response, closing);
    add_header(answer.response, MHD_HTTP_HEADER_ETAG, answer.etag);
    return answer;
}

void http_answer_free(struct http_answer *answer) {
    if (answer->response != NULL) MHD_destroy_response(answer->response);
    *answer = (struct http_answer){0};
}
