#include "server/http_pool.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

struct http_lent {
    struct MHD_Response *response;
    size_t size;
    char body[]; /* the response's */
};

static struct http_lent **find_place(struct http_pool *pool, size_t size) {
    return &pool->idle[(size - 1) / HTTP_POOL_STEP];
}

static struct http_lent *take(struct http_pool *pool, size_t size) {
    struct http_lent **place = find_place(pool, size), *lent = *place;
    *place = NULL;
    return lent;
}

static struct http_lent *create(size_t size, const struct response *response,
                                const struct http_making *making) {
    struct http_lent *lent = malloc(sizeof(*lent) + size);
    if (lent == NULL) return NULL;
    lent->size = size;
    lent->response = MHD_create_response_from_buffer(size, lent->body, MHD_RESPMEM_PERSISTENT);
    if (lent->response == NULL) {
        free(lent);
        return NULL;
    }
    http_response_add_fields(lent->response, response, making);
    return lent;
}

static void destroy(struct http_lent *lent) {
    if (lent == NULL) return;
    MHD_destroy_response(lent->response);
    free(lent);
}

/* Blanks around a value mean nothing (RFC 8259, section 2): the newline stays the last. */
static void fill(struct http_lent *lent, const char *json, size_t size) {
    size_t end = size - 1;
    memcpy(lent->body, json, end);
    memset(lent->body + end, ' ', lent->size - size);
    lent->body[lent->size - 1] = json[end];
}

struct http_lent *http_pool_lend(struct http_pool *pool, const struct response *response,
                                 const struct http_making *making) {
    size_t size = (response->size + HTTP_POOL_STEP - 1) / HTTP_POOL_STEP * HTTP_POOL_STEP;
    if (size < HTTP_POOL_SMALLEST || size > HTTP_POOL_LARGEST) return NULL;
    if (!http_response_has_common_fields(response, making)) return NULL;
    struct http_lent *lent = take(pool, size);
    if (lent == NULL) lent = create(size, response, making);
    if (lent != NULL) fill(lent, response->body, response->size);
    return lent;
}

struct http_answer http_lent_answer(const struct http_lent *lent) {
    return (struct http_answer){.response = lent->response, .body = lent->body, .size = lent->size};
}

/* The last that was used goes on to be used: it is still close to the processor. */
void http_pool_return(struct http_pool *pool, struct http_lent *lent) {
    if (lent == NULL) return;
    struct http_lent **place = find_place(pool, lent->size);
    destroy(*place);
    *place = lent;
}

void http_pool_free(struct http_pool *pool) {
    for (size_t i = 0; i < sizeof(pool->idle) / sizeof(pool->idle[0]); i++) destroy(pool->idle[i]);
    *pool = (struct http_pool){0};
}
