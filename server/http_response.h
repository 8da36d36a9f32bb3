/* What a handler says -> what libmicrohttpd sends: the header fields of every response.
 * Of the family server/http*.c, which alone knows libmicrohttpd. */
#ifndef QBANK_SERVER_HTTP_RESPONSE_H
#define QBANK_SERVER_HTTP_RESPONSE_H

#include <stddef.h>

#include "server/etag.h"
#include "server/response.h"

struct MHD_Response;

/* An answer that is ready to be sent any number of times. */
struct http_answer {
    struct MHD_Response *response;
    size_t size;          /* of the body */
    char etag[ETAG_SIZE]; /* empty: it has none */
};

enum http_tagging { HTTP_UNTAGGED, HTTP_TAGGED };

/* Takes the body or the stream over, whatever the outcome, and gives a body an entity tag if asked
 * to. The answer's response is NULL when memory runs out. `closing`: it says that it is the
 * connection's last. What is sent of a stream is added to *sent, which has to last as long. */
struct http_answer http_answer_make(struct response *response, enum http_tagging tagging,
                                    bool closing, size_t *sent);

void http_answer_free(struct http_answer *answer); /* accepts a zeroed one */

#endif
