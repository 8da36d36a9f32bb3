/* What a handler says: plain data, turned into HTTP elsewhere. */
#ifndef QBANK_SERVER_RESPONSE_H
#define QBANK_SERVER_RESPONSE_H

#include <jansson.h>
#include <stddef.h>

#include "server/problem.h"

/* How long others may keep the response (RFC 9111, section 5.2.2). */
enum cache_rule {
    CACHE_REVALIDATE, /* no-cache: the bank may change at any time */
    CACHE_NEVER       /* no-store: the next answer is another one */
};

/* Room for every method that there is. */
enum { RESPONSE_ALLOW_SIZE = 64 };

struct response {
    /* Filled in by handlers. */
    json_t *json; /* owned */
    enum cache_rule cache;
    char *next;               /* the target of the next page (Link, RFC 8288), owned, or NULL */
    char *detail, *parameter; /* of a problem, owned, or NULL */
    char *location;           /* owned, or NULL */

    /* Filled in by response_render(). */
    unsigned status;
    char *body; /* owned; NULL where there is none */
    size_t size;
    const char *content_type;        /* static; NULL without a body */
    char allow[RESPONSE_ALLOW_SIZE]; /* the Allow header; empty: none */
};

/* Notes what was wrong, in words for the client, and returns `problem`. `parameter` is the query
 * parameter that was at fault, or NULL. Never give it text of the bank's answers. */
__attribute__((format(printf, 4, 5))) enum problem response_fail(struct response *response,
                                                                 enum problem problem,
                                                                 const char *parameter,
                                                                 const char *format, ...);

/* Settles status, body and content type: the handler's JSON, or the problem document in its
 * place. When memory runs out the status goes out without a body. */
void response_render(struct response *response, enum problem problem);

void response_free(struct response *response);

#endif
