#include "server/dispatch.h"

#include <string.h>

#include "server/router.h"

static enum problem parse_target(const char *raw, struct target *ret_target,
                                 struct response *response) {
    enum target_status status = target_parse(raw, ret_target);
    if (status == TARGET_OK) return PROBLEM_NONE;
    if (status == TARGET_NO_MEMORY) return PROBLEM_INTERNAL;
    return response_fail(response, PROBLEM_MALFORMED_TARGET, NULL, "%s",
                         target_status_text(status));
}

static enum problem run_route(struct store *store, const char *method, struct request *request,
                              struct response *response) {
    const struct route *route;
    enum problem problem =
        router_match(routes, route_count, method, request, &route, response->allow);
    if (problem == PROBLEM_NONE) problem = router_check_parameters(route, request, response);
    return problem == PROBLEM_NONE ? route->handler(store, request, response) : problem;
}

/* No route takes OPTIONS; every path that there is answers it with its Allow header (RFC 9110,
 * section 9.3.7). */
static bool is_answered_options(const char *method, enum problem problem) {
    return problem == PROBLEM_METHOD_NOT_ALLOWED && strcmp(method, "OPTIONS") == 0;
}

void dispatch_request(const struct dispatch *dispatch, const char *method, const char *target,
                      struct response *ret_response) {
    struct request request = {.items = dispatch->items, .bulk_answers = dispatch->bulk_answers};
    struct response response = {0};
    /* "OPTIONS *" asks about the server as a whole, for which the index may speak. */
    if (strcmp(method, "OPTIONS") == 0 && strcmp(target, "*") == 0) target = "/";
    enum problem problem = parse_target(target, &request.target, &response);
    if (problem == PROBLEM_NONE) problem = run_route(dispatch->store, method, &request, &response);
    if (is_answered_options(method, problem)) {
        response.status = 204;
    } else {
        response_render(&response, problem);
    }
    target_free(&request.target);
    *ret_response = response;
}
