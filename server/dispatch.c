#include "server/dispatch.h"

#include <string.h>

#include "server/handlers/handlers.h"
#include "server/page.h"
#include "server/parameters.h"
#include "server/router.h"

static enum problem parse_target(const char *raw, struct target *ret_target,
                                 struct response *response) {
    enum target_status status = target_parse(raw, ret_target);
    if (status == TARGET_OK) return PROBLEM_NONE;
    if (status == TARGET_NO_MEMORY) return PROBLEM_INTERNAL;
    return response_fail(response, PROBLEM_MALFORMED_TARGET, NULL, "%s",
                         target_status_text(status));
}

/* Only a route that has pages is told what the client would rather have. */
static void settle_media(const struct route *route, const struct incoming *incoming,
                         struct request *request, struct response *response) {
    response->varies = route->pages;
    if (route->pages) request->media = incoming->media;
    request->host = incoming->host;
}

/* What the revision stands for never changes where it was asked for by name. */
static enum problem run_handler(const struct route *route, struct store *store,
                                const struct request *request, struct response *response) {
    bool pinned = request_parameter(request, "revision") != NULL;
    enum problem problem = PROBLEM_NONE;
    if (pinned) problem = parameter_revision(request, response, handlers_revision(store));
    if (problem == PROBLEM_NONE) problem = route->handler(store, request, response);
    if (problem == PROBLEM_NONE && request->media != MEDIA_JSON)
        problem = page_make(request, response);
    if (pinned && response->cache == CACHE_REVALIDATE && !response->beyond_revision)
        response->cache = CACHE_FOREVER;
    return problem;
}

static enum problem run_route(struct store *store, const struct incoming *incoming,
                              struct request *request, struct response *response) {
    const struct route *route;
    enum problem problem =
        router_match(routes, route_count, incoming->method, request, &route, response->allow);
    if (problem != PROBLEM_NONE) return problem;
    settle_media(route, incoming, request, response);
    problem = router_check_parameters(route, request, response);
    return problem == PROBLEM_NONE ? run_handler(route, store, request, response) : problem;
}

/* No route takes OPTIONS; every path that there is answers it with its Allow header (RFC 9110,
 * section 9.3.7). */
static bool is_answered_options(const char *method, enum problem problem) {
    return problem == PROBLEM_METHOD_NOT_ALLOWED && strcmp(method, "OPTIONS") == 0;
}

/* "OPTIONS *" asks about the server as a whole, for which the index may speak. */
static const char *target_of(const struct incoming *incoming) {
    bool whole = strcmp(incoming->method, "OPTIONS") == 0 && strcmp(incoming->target, "*") == 0;
    return whole ? "/" : incoming->target;
}

void dispatch_request(const struct dispatch *dispatch, const struct incoming *incoming,
                      struct response *ret_response) {
    struct request request = {.items = dispatch->items,
                              .exports = dispatch->exports,
                              .now = incoming->now,
                              .bulk_answers = dispatch->bulk_answers};
    struct response response = {0};
    enum problem problem = parse_target(target_of(incoming), &request.target, &response);
    if (problem == PROBLEM_NONE)
        problem = run_route(dispatch->store, incoming, &request, &response);
    if (is_answered_options(incoming->method, problem)) {
        response.status = 204;
    } else {
        response_render(&response, problem);
    }
    target_free(&request.target);
    *ret_response = response;
}
