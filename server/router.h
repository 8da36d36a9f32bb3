/* (method, path) -> the row of the route table. Pure. */
#ifndef QBANK_SERVER_ROUTER_H
#define QBANK_SERVER_ROUTER_H

#include <stdbool.h>
#include <stddef.h>

#include "server/problem.h"
#include "server/request.h"
#include "server/response.h"

struct store;

/* Validates, calls the store once, encodes. The response comes in zeroed; on anything but
 * PROBLEM_NONE what it holds but the problem's detail is dropped. */
typedef enum problem route_handler(struct store *store, const struct request *request,
                                   struct response *response);

enum { ROUTE_PARAMETERS_MAX = 20 };

struct route_parameter {
    const char *name; /* NULL ends the list */
    bool repeatable;
};

struct route {
    const char *name;   /* what the index calls it; NULL: not listed there */
    const char *method; /* "GET" answers HEAD too (RFC 9110, section 9.3.2) */
    const char *path;   /* "/v1/questions/{id}": a segment in braces matches any one segment */
    struct route_parameter parameters[ROUTE_PARAMETERS_MAX + 1];
    route_handler *handler;
    bool unlimited; /* requests do not count against the rate limit */
    bool pages;     /* the handler answers in every media type, not in JSON alone */
};

extern const struct route routes[];
extern const size_t route_count;

/* Finds the row for a path and a method, and fills in request->variables. Rows are tried in order,
 * so literal paths stand before those with variables that match them too.
 * PROBLEM_UNKNOWN_METHOD: it is none of those of RFC 9110, section 9, PATCH (RFC 5789) or
 * QUERY (RFC 10008).
 * PROBLEM_NO_SUCH_RESOURCE: no row has the path. PROBLEM_METHOD_NOT_ALLOWED: there are rows with
 * the path, none with the method; then ret_allow, of RESPONSE_ALLOW_SIZE bytes, is the value of the
 * Allow header (RFC 9110, section 10.2.1), else it is empty. */
enum problem router_match(const struct route *table, size_t count, const char *method,
                          struct request *request, const struct route **ret_route, char *ret_allow);

/* Whether the row whose path stands in the raw target, literally, says that it is unlimited. */
bool router_is_unlimited(const struct route *table, size_t count, const char *target);

/* Whether every parameter of the query is one that the route knows, and given once unless it may
 * be repeated. The problem's detail says which is not, and what is allowed. */
enum problem router_check_parameters(const struct route *route, const struct request *request,
                                     struct response *response);

#endif
