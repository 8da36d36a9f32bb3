/* What a handler says: plain data, turned into HTTP elsewhere. */
#ifndef QBANK_SERVER_RESPONSE_H
#define QBANK_SERVER_RESPONSE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "server/json_text.h"
#include "server/problem.h"

/* How long the response may be kept by others (RFC 9111, section 5.2.2). All but the last may be
 * kept by the worker itself until the bank changes (server/http.h). */
enum cache_rule {
    CACHE_REVALIDATE, /* no-cache: it stays the same until the bank changes, which may be any time
                       */
    CACHE_FOREVER,    /* immutable (RFC 8246): the request names the revision that it is of */
    CACHE_HOUR,       /* it changes with the program alone */
    CACHE_PASSING,    /* no-cache, and the worker does not keep it: it changes with time as well */
    CACHE_NEVER       /* no-store: the next answer is another one */
};

/* A body that is made while it is sent. */
struct response_stream {
    /* Writes up to `size` bytes; returns how many, 0 at the end, -1 where it fails: what is out
     * already cannot be taken back, so the connection is cut. Makes little for each call, for
     * others are served in between. */
    ssize_t (*read)(void *context, char *buffer, size_t size);
    void (*free)(void *context);
    void *context; /* NULL: there is no stream */
};

/* Room for every method that there is. */
enum { RESPONSE_ALLOW_SIZE = 64 };

enum { RESPONSE_FILENAME_SIZE = 48 };

struct response {
    /* Filled in by handlers: what they say, as a tree or as text. */
    json_t *json; /* owned */
    char *body;   /* owned; NULL where there is none */
    size_t size;
    const char *content_type;              /* static; of a body that is no JSON, else NULL */
    const char *policy;                    /* Content-Security-Policy; static, or NULL */
    struct response_stream stream;         /* owned; in place of the body, with content_type set */
    char filename[RESPONSE_FILENAME_SIZE]; /* to save it under (Content-Disposition); "": none */
    enum cache_rule cache;
    char *next;               /* the target of the next page (Link, RFC 8288), owned, or NULL */
    char *detail, *parameter; /* of a problem, owned, or NULL */
    char *location;           /* owned, or NULL */
    unsigned retry_after;     /* seconds (RFC 9110, section 10.2.3); 0: nothing is said of it */

    /* It hangs on what the revision does not stand for: in which files questions lie, what was
     * there before, or which part of its hits a search came to. */
    bool beyond_revision;

    bool names_host; /* it depends on the client's Host field, and is not kept by the worker */

    bool varies; /* filled in by dispatch: another Accept may have got another media type */

    /* Filled in by response_render(), and what of body, size and content_type there is not yet. */
    unsigned status;
    char allow[RESPONSE_ALLOW_SIZE]; /* the Allow header; empty: none */
};

/* Notes what was wrong, in words for the client, and returns `problem`. `parameter` is the query
 * parameter that was at fault, or NULL. Never give it text of the bank's answers. */
__attribute__((format(printf, 4, 5))) enum problem response_fail(struct response *response,
                                                                 enum problem problem,
                                                                 const char *parameter,
                                                                 const char *format, ...);

/* Takes the text as the body and puts a newline behind it; PROBLEM_INTERNAL if writing it failed.
 */
enum problem response_set_text(struct response *response, struct json_text *text);

/* Settles status, body and content type: what the handler said, or the problem document in its
 * place. When memory runs out the status goes out without a body. */
void response_render(struct response *response, enum problem problem);

void response_free(struct response *response);

#endif
