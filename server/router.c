#include "server/router.h"

#include <stdio.h>
#include <string.h>

/* Matches a decoded segment with the pattern from `place` on; returns where the pattern's next
 * segment begins, or NULL. */
static const char *match_segment(const char *place, const char *segment, struct request *request,
                                 size_t *variable_count) {
    if (*place == '{') {
        if (*segment == '\0') return NULL;
        request->variables[(*variable_count)++] = segment;
        place = strchrnul(place, '/');
    } else {
        for (; *place != '\0' && *place != '/' && *place == *segment; place++) segment++;
        if (*segment != '\0' || (*place != '\0' && *place != '/')) return NULL;
    }
    return place + (*place == '/');
}

static bool path_matches(const char *pattern, struct request *request) {
    size_t variable_count = 0, i = 0;
    const char *place = pattern + 1;
    while (place != NULL && *place != '\0' && i < request->target.segment_count) {
        place = match_segment(place, request->target.segments[i++], request, &variable_count);
    }
    return place != NULL && *place == '\0' && i == request->target.segment_count;
}

static bool method_matches(const char *route_method, const char *method) {
    if (strcmp(method, "HEAD") == 0) return strcmp(route_method, "GET") == 0;
    return strcmp(route_method, method) == 0;
}

static bool method_is_known(const char *method) {
    static const char *const known[] = {"GET",    "HEAD",    "OPTIONS", "POST",  "PUT",
                                        "DELETE", "CONNECT", "TRACE",   "PATCH", "QUERY"};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(known[i], method) == 0) return true;
    }
    return false;
}

static void allow_append(char *allow, const char *method) {
    size_t used = strlen(allow);
    size_t wanted = (used > 0 ? 2 : 0) + strlen(method);
    if (used + wanted >= RESPONSE_ALLOW_SIZE) return;
    if (used > 0) strcat(allow, ", ");
    strcat(allow, method);
}

/* The methods of `first` and of the rows behind it that have the same pattern. */
static void list_methods(const struct route *first, const struct route *end, char *ret_allow) {
    for (const struct route *route = first; route < end; route++) {
        if (strcmp(first->path, route->path) != 0) continue;
        allow_append(ret_allow, route->method);
        if (strcmp(route->method, "GET") == 0) allow_append(ret_allow, "HEAD");
    }
    allow_append(ret_allow, "OPTIONS");
}

/* The first row that matches settles what the path means; rows of other methods for the same
 * pattern belong to it. A path with more segments than a target holds is longer than any row. */
enum problem router_match(const struct route *table, size_t count, const char *method,
                          struct request *request, const struct route **ret_route,
                          char *ret_allow) {
    const struct route *first = table, *end = table + count;
    ret_allow[0] = '\0';
    if (!method_is_known(method)) return PROBLEM_UNKNOWN_METHOD;
    if (request->target.segment_count > TARGET_SEGMENTS_MAX) return PROBLEM_NO_SUCH_RESOURCE;
    while (first < end && !path_matches(first->path, request)) first++;
    if (first == end) return PROBLEM_NO_SUCH_RESOURCE;
    for (const struct route *route = first; route < end; route++) {
        if (!method_matches(route->method, method)) continue;
        if (route != first && strcmp(first->path, route->path) != 0) continue;
        *ret_route = route;
        return PROBLEM_NONE;
    }
    list_methods(first, end, ret_allow);
    return PROBLEM_METHOD_NOT_ALLOWED;
}

bool router_is_unlimited(const struct route *table, size_t count, const char *target) {
    size_t length = strcspn(target, "?");
    for (const struct route *route = table; route < table + count; route++) {
        if (!route->unlimited) continue;
        if (strlen(route->path) == length && memcmp(route->path, target, length) == 0) return true;
    }
    return false;
}

static const struct route_parameter *find_parameter(const struct route *route,
                                                    const struct target_parameter *given) {
    for (const struct route_parameter *known = route->parameters; known->name != NULL; known++) {
        if (target_parameter_is(given, known->name)) return known;
    }
    return NULL;
}

static enum problem refuse_unknown(const struct route *route, const char *name,
                                   struct response *response) {
    char allowed[512] = "";
    for (const struct route_parameter *known = route->parameters; known->name != NULL; known++) {
        size_t used = strlen(allowed);
        snprintf(allowed + used, sizeof(allowed) - used, "%s%s", used > 0 ? ", " : "", known->name);
    }
    if (allowed[0] == '\0') {
        return response_fail(response, PROBLEM_UNKNOWN_PARAMETER, name,
                             "This resource takes no parameters.");
    }
    return response_fail(response, PROBLEM_UNKNOWN_PARAMETER, name, "Allowed here: %s.", allowed);
}

enum problem router_check_parameters(const struct route *route, const struct request *request,
                                     struct response *response) {
    const struct route_parameter *known = NULL;
    for (size_t i = 0; i < request->target.parameter_count; i++) {
        const struct target_parameter *given = &request->target.parameters[i];
        /* What stands in a query many times mostly stands side by side. */
        if (known == NULL || !target_parameter_is(given, known->name))
            known = find_parameter(route, given);
        if (known == NULL) return refuse_unknown(route, given->name, response);
        if (!known->repeatable && request_parameter(request, given->name) != given->value) {
            return response_fail(response, PROBLEM_INVALID_PARAMETER, given->name,
                                 "It stands in the query more than once; give it once.");
        }
    }
    return PROBLEM_NONE;
}
