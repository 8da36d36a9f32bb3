#include "server/http_response.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/coding.h"

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

static const char *const cache_control[] = {
    [CACHE_REVALIDATE] = "no-cache",
    [CACHE_FOREVER] = "public, max-age=31536000, immutable",
    [CACHE_HOUR] = "public, max-age=3600",
    [CACHE_NEVER] = "no-store",
};

/* Only a body can be another one in another media type or coding. */
static const char *vary(const struct response *response) {
    if (response->body == NULL) return NULL;
    return response->varies ? "Accept, Accept-Encoding" : "Accept-Encoding";
}

static void add_headers(struct MHD_Response *out, const struct response *response, bool closing) {
    add_header(out, MHD_HTTP_HEADER_CONTENT_TYPE, response->content_type);
    add_header(out, "X-Content-Type-Options", "nosniff");
    add_header(out, MHD_HTTP_HEADER_CACHE_CONTROL, cache_control[response->cache]);
    add_header(out, MHD_HTTP_HEADER_VARY, vary(response));
    add_header(out, MHD_HTTP_HEADER_ALLOW, response->allow);
    add_header(out, MHD_HTTP_HEADER_LOCATION, response->location);
    add_link(out, response->next);
    if (closing) add_header(out, MHD_HTTP_HEADER_CONNECTION, "close");
}

/* Puts the body into the coding; returns the one that it is in then. */
static enum coding encode_body(struct response *response, const struct http_making *making) {
    enum coding_effort effort = making->keep ? CODING_KEPT : CODING_ONCE;
    if (making->coding == CODING_IDENTITY || !coding_is_worth(response->size, effort)) {
        return CODING_IDENTITY;
    }
    void *encoded =
        coding_encode(making->coding, effort, response->body, response->size, &response->size);
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
    struct http_answer answer = {.size = response->size};
    if (making->keep) etag_make(response->body, response->size, answer.etag);
    answer.response = make_body(response);
    if (answer.response != NULL) {
        add_headers(answer.response, response, making->closing);
        add_header(answer.response, MHD_HTTP_HEADER_CONTENT_ENCODING, coding_name(coding));
        add_header(answer.response, MHD_HTTP_HEADER_ETAG, answer.etag);
    }
    response->body = NULL;
    return answer;
}

void http_answer_free(struct http_answer *answer) {
    if (answer->response != NULL) MHD_destroy_response(answer->response);
    *answer = (struct http_answer){0};
}
