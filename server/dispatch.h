/* A request as it came in -> the response that goes out, whatever happens in between. The one
 * place where failures become problem documents. No sockets. */
#ifndef QBANK_SERVER_DISPATCH_H
#define QBANK_SERVER_DISPATCH_H

#include "server/request.h"
#include "server/response.h"

struct store;
struct items;

/* What a worker answers from. Store and items may be NULL only for resources that do not read the
 * bank. */
struct dispatch {
    struct store *store;
    struct items *items;
    unsigned *exports; /* these two: see struct request */
    bool bulk_answers;
};

/* The response comes out rendered; response_free(). */
void dispatch_request(const struct dispatch *dispatch, const struct incoming *incoming,
                      struct response *ret_response);

#endif
