/* Responses that are sent again with another body: nearly half of what libmicrohttpd spends on one
 * that is sent once goes into making it, its header fields above all, and those of all draws are
 * the same. A response has the size that it was made with, so JSON is filled up with blanks to the
 * next of few sizes. As a rule one request is over before the next one is read: so no more than one
 * response of each size is kept.
 * Of the family server/http*.c, which alone knows libmicrohttpd. */
#ifndef QBANK_SERVER_HTTP_POOL_H
#define QBANK_SERVER_HTTP_POOL_H

#include "server/http_response.h"

/* Of small bodies blanks would be a large part, of large ones making the response is a small one.
 */
enum { HTTP_POOL_STEP = 64, HTTP_POOL_SMALLEST = 256, HTTP_POOL_LARGEST = 8 * 1024 };

/* A response that one request has. */
struct http_lent;

/* One worker's; begins zeroed. Keeps no more than one response of each size, 0.7 MB. */
struct http_pool {
    struct http_lent *idle[HTTP_POOL_LARGEST / HTTP_POOL_STEP];
};

/* A response with the body of this one, which stays the caller's. NULL where it has to be made as
 * any other: it is too small or too large, it is to be coded, its header fields are not those of
 * all, or memory runs out. */
struct http_lent *http_pool_lend(struct http_pool *pool, const struct response *response,
                                 const struct http_making *making);

/* What to send. It stays the pool's: not for http_answer_free(). */
struct http_answer http_lent_answer(const struct http_lent *lent);

/* Call once the request is over, in whatever way: another one may have it then. Accepts NULL. */
void http_pool_return(struct http_pool *pool, struct http_lent *lent);

/* Frees what the pool keeps: all must have been returned. */
void http_pool_free(struct http_pool *pool);

#endif
