/* What a handler says -> what libmicrohttpd sends: the header fields of every response.
 * Of the family server/http*.c, which alone knows libmicrohttpd. */
#ifndef QBANK_SERVER_HTTP_RESPONSE_H
#define QBANK_SERVER_HTTP_RESPONSE_H

#include <stddef.h>

#include "server/cors.h"
#include "server/etag.h"
#include "server/negotiate.h"
#include "server/rate_limit.h"
#include "server/response.h"

struct MHD_Response;

/* An answer that is ready to be sent any number of times. */
struct http_answer {
    struct MHD_Response *response;
    const void *body;     /* the response's */
    size_t size;          /* of the body */
    char etag[ETAG_SIZE]; /* empty: it has none */
    bool kept;            /* others get the same response */
};

/* How an answer is to be made. */
struct http_making {
    const struct cors *cors;
    size_t origin;      /* as cors_find() has it */
    bool is_from_page;  /* the request has an Origin */
    enum coding coding; /* what the client takes; the answer may still come without it */
    bool tag;           /* it gets an entity tag */
    bool keep;          /* it is kept: its coding is worth more work */
    bool closing;       /* it says that it is the connection's last */
    bool head;          /* the body is left out */
    size_t *sent;       /* what is sent of a stream is added here; has to last as long */
};

/* Takes the body or the stream over, whatever the outcome. The answer's response is NULL when
 * memory runs out. */
struct http_answer http_answer_make(struct response *response, const struct http_making *making);

/* The 304 in the answer's place, with the header fields that RFC 9110, section 15.4.5, asks for and
 * no others of the answer's; owned. NULL when memory runs out. */
struct MHD_Response *http_answer_not_modified(const struct http_answer *answer);

/* The same answer, no stream, in a response of its own; owned. NULL when memory runs out. */
struct MHD_Response *http_answer_copy(const struct http_answer *answer);

/* Adds the header fields that the response is sent with, but for those of its coding and its tag.
 */
void http_response_add_fields(struct MHD_Response *out, const struct response *response,
                              const struct http_making *making);

/* Whether these are the fields of any other success in JSON that nobody keeps: nothing in them
 * hangs on what is asked for, by whom or when, and the body is to be sent as it is. */
bool http_response_has_common_fields(const struct response *response,
                                     const struct http_making *making);

/* Adds how much of its quota the client has left, which is another response each time. */
void http_response_add_quota(struct MHD_Response *response, const char *policy,
                             const struct rate_verdict *verdict);

void http_answer_free(struct http_answer *answer); /* accepts a zeroed one */

#endif
