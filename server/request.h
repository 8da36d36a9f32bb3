/* One request as the handlers see it: plain data, and what the worker lends for answering it. */
#ifndef QBANK_SERVER_REQUEST_H
#define QBANK_SERVER_REQUEST_H

#include <stdbool.h>

#include "server/target.h"

struct items;

enum { REQUEST_VARIABLES_MAX = 2 };

struct request {
    struct target target;
    /* What stood in the place of the route's {variables}, in order; they point into the target. */
    const char *variables[REQUEST_VARIABLES_MAX];
    struct items *items; /* the questions as JSON (server/items.h); the worker's */
    bool bulk_answers;   /* whether answers may leave elsewhere than at the reveal, on request */
};

/* The value of the first query parameter of that name, or NULL. */
const char *request_parameter(const struct request *request, const char *name);

#endif
