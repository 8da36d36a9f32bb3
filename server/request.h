/* One request as the handlers see it: plain data, and what the worker lends for answering it. */
#ifndef QBANK_SERVER_REQUEST_H
#define QBANK_SERVER_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "server/negotiate.h"
#include "server/target.h"

struct items;

/* A request as it came in: all of it that an answer may depend on. */
struct incoming {
    const char *method;
    const char *target; /* as it stood in the request line */
    const char *host;   /* the Host field, or NULL; what depends on it is not kept (response.h) */
    enum media media;   /* what the client would rather have */
    int64_t now;        /* when it came in, seconds since the epoch */
};

enum { REQUEST_VARIABLES_MAX = 2 };

struct request {
    struct target target;
    /* What stood in the place of the route's {variables}, in order; they point into the target. */
    const char *variables[REQUEST_VARIABLES_MAX];
    enum media media;    /* to answer in; MEDIA_JSON unless the route has pages */
    const char *host;    /* as the client wrote it; NULL: it did not */
    struct items *items; /* the questions as JSON (server/items.h); the worker's */
    unsigned *exports;   /* how many are being sent (server/handlers/export.c); the worker's */
    int64_t now;         /* when it came in, seconds since the epoch */
    bool bulk_answers;   /* whether answers may leave elsewhere than at the reveal, on request */
};

/* The value of the first query parameter of that name, or NULL. */
const char *request_parameter(const struct request *request, const char *name);

#endif
