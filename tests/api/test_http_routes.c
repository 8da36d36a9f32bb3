/* What every row of the route table must do, whatever it is about. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/router.h"
#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;

static void set_up(void) {
    bank_start(&bank);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_routes, .init = set_up, .fini = tear_down);

/* A target that the row answers with 200. */
static const char *sample(const struct route *route) {
    if (strcmp(route->path, "/v1/questions/{id}") == 0) return "/v1/questions/alpha";
    if (strcmp(route->path, "/v1/questions/{id}/answer") == 0) return "/v1/questions/alpha/answer";
    if (strcmp(route->path, "/v1/questions/random") == 0) return "/v1/questions/random?seed=s";
    if (strcmp(route->path, "/v1/quiz") == 0) return "/v1/quiz?seed=s";
    if (strcmp(route->path, "/problems/{name}") == 0) return "/problems/internal";
    if (strcmp(route->path, "/docs/{file}") == 0) return "/docs/start.js";
    cr_assert_null(strchr(route->path, '{'), "no sample for %s", route->path);
    return route->path;
}

static void expect_header(const struct reply *reply, const char *name, const char *value) {
    char *actual = reply_header(reply, name);
    cr_expect_str_eq(actual != NULL ? actual : "(none)", value, "%s: %s", name, reply->headers);
    free(actual);
}

/* An export is a document for each of its questions, sent in chunks. */
static bool is_streamed(const struct route *route) {
    return strcmp(route->path, "/v1/export") == 0;
}

/* How the server is doing now is nothing to keep; the bank stays until the next import, the rest as
 * long as the program. */
static const char *cache_rule(const struct route *route) {
    if (is_streamed(route)) return "no-store";
    if (strstr(route->path, "/v1/") != NULL) return "no-cache";
    bool health = strcmp(route->path, "/livez") == 0 || strcmp(route->path, "/readyz") == 0;
    return health ? "no-store" : "max-age=3600";
}

/* JSON, but for exports and the pages that show the interface. */
static const char *media_type(const struct route *route) {
    if (strcmp(route->path, "/openapi.yaml") == 0) return "application/yaml";
    if (strcmp(route->path, "/docs") == 0) return "text/html; charset=utf-8";
    if (strcmp(route->path, "/docs/{file}") == 0) return "text/javascript; charset=utf-8";
    return is_streamed(route) ? "application/x-ndjson" : "application/json";
}

Test(http_routes, get_answers_in_full) {
    for (const struct route *route = routes; route < routes + route_count; route++) {
        struct reply reply;
        client_get(&bank.server, sample(route), &reply);
        cr_expect_eq(reply.status, 200, "%s: %ld", route->path, reply.status);
        const char *type = media_type(route);
        cr_expect_eq(reply.json != NULL, strcmp(type, "application/json") == 0, "%s", route->path);
        cr_expect_eq(reply.body[reply.body_size - 1], '\n', "%s", route->path);
        expect_header(&reply, "Content-Type", type);
        expect_header(&reply, "X-Content-Type-Options", "nosniff");
        expect_header(&reply, "Cache-Control", cache_rule(route));
        reply_free(&reply);
    }
}

/* The header fields without the clock. */
static char *timeless(const struct reply *reply) {
    char *headers = strdup(reply->headers), *date = strstr(headers, "Date: ");
    cr_assert_not_null(date, "%s", headers);
    char *rest = strchr(date, '\n') + 1;
    memmove(date, rest, strlen(rest) + 1);
    return headers;
}

/* RFC 9110, section 9.3.2. */
static void expect_head_like_get(const char *target, long status) {
    struct reply get, head;
    client_get(&bank.server, target, &get);
    client_request(&bank.server, "HEAD", target, NULL, &head);
    char *expected = timeless(&get), *actual = timeless(&head);
    cr_expect_eq(head.status, status, "%s", target);
    cr_expect_eq(head.body_size, 0, "%s", target);
    cr_expect_str_eq(actual, expected, "%s", target);
    cr_expect(reply_has(&get, "Transfer-Encoding", NULL), "%s", get.headers);
    free(actual);
    free(expected);
    reply_free(&head);
    reply_free(&get);
}

Test(http_routes, head_is_get_without_the_body) {
    for (const struct route *route = routes; route < routes + route_count; route++) {
        if (!is_streamed(route)) expect_head_like_get(sample(route), 200);
    }
    expect_head_like_get("/v1/questions?limit=2", 200);
    expect_head_like_get("/v1/questions?limit=0", 400);
    expect_head_like_get("/nothing", 404);
}

Test(http_routes, options_tells_the_methods) {
    for (const struct route *route = routes; route < routes + route_count; route++) {
        struct reply reply;
        client_request(&bank.server, "OPTIONS", sample(route), NULL, &reply);
        cr_expect_eq(reply.status, 204, "%s: %ld", route->path, reply.status);
        cr_expect_eq(reply.body_size, 0, "%s", route->path);
        expect_header(&reply, "Allow", "GET, HEAD, OPTIONS");
        expect_header(&reply, "Content-Length", "(none)"); /* RFC 9110, section 8.6 */
        reply_free(&reply);
    }
}

Test(http_routes, other_methods_are_not_allowed) {
    static const char *const methods[] = {"POST", "PUT", "PATCH", "DELETE", "TRACE"};
    for (const struct route *route = routes; route < routes + route_count; route++) {
        for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
            struct reply reply;
            client_request(&bank.server, methods[i], sample(route), NULL, &reply);
            cr_expect_eq(reply.status, 405, "%s %s", methods[i], route->path);
            expect_header(&reply, "Allow", "GET, HEAD, OPTIONS");
            expect_header(&reply, "Content-Type", "application/problem+json");
            cr_expect_str_eq(json_text(reply.json, "type"), "/problems/method-not-allowed");
            reply_free(&reply);
        }
    }
}

Test(http_routes, methods_that_nobody_knows_are_not_implemented) {
    for (const struct route *route = routes; route < routes + route_count; route++) {
        struct reply reply;
        client_request(&bank.server, "BREW", sample(route), NULL, &reply);
        cr_expect_eq(reply.status, 501, "%s", route->path);
        cr_expect_str_eq(json_text(reply.json, "type"), "/problems/unknown-method");
        reply_free(&reply);
    }
}

Test(http_routes, unknown_parameters_are_refused) {
    for (const struct route *route = routes; route < routes + route_count; route++) {
        char target[128];
        snprintf(target, sizeof(target), "%s%cunheard_of=1", sample(route),
                 strchr(sample(route), '?') != NULL ? '&' : '?');
        json_t *problem = client_get_json(&bank.server, 400, target);
        cr_expect_str_eq(json_text(problem, "type"), "/problems/unknown-parameter");
        cr_expect_str_eq(json_text(problem, "parameter"), "unheard_of");
        for (const struct route_parameter *known = route->parameters; known->name != NULL;
             known++) {
            cr_expect_not_null(strstr(json_text(problem, "detail"), known->name), "%s",
                               json_text(problem, "detail"));
        }
        json_decref(problem);
    }
}

Test(http_routes, longer_paths_are_not_found) {
    for (const struct route *route = routes; route < routes + route_count; route++) {
        char target[128];
        const char *path = sample(route);
        snprintf(target, sizeof(target), "%.*s/nothing", (int)strcspn(path, "?"), path);
        json_t *problem = client_get_json(&bank.server, 404, target);
        cr_expect_eq(json_number(problem, "status"), 404, "%s", target);
        json_decref(problem);
    }
}

Test(http_routes, index_names_paths_that_there_are) {
    json_t *index = client_get_json(&bank.server, 200, "/"), *path;
    const char *name;
    json_object_foreach(json_at(index, "links"), name, path) {
        bool found = false;
        for (size_t i = 0; i < route_count; i++) {
            found = found || strcmp(routes[i].path, json_string_value(path)) == 0;
        }
        cr_expect(found, "%s: %s", name, json_string_value(path));
    }
    cr_assert_str_eq(json_text(index, "links.random"), "/v1/questions/random");
    json_decref(index);
}

/* The type of a problem is a reference that can be followed. */
Test(http_routes, problem_types_lead_to_their_documentation) {
    json_t *problem = client_get_json(&bank.server, 404, "/v1/questions/nobody");
    json_t *kind = client_get_json(&bank.server, 200, json_text(problem, "type"));
    cr_assert_str_eq(json_text(kind, "type"), json_text(problem, "type"));
    cr_assert_str_eq(json_text(kind, "title"), json_text(problem, "title"));
    cr_assert_eq(json_number(kind, "status"), 404);
    cr_assert_gt(strlen(json_text(kind, "remedy")), 10);
    json_decref(kind);
    json_t *all = client_get_json(&bank.server, 200, "/problems"), *item;
    size_t i;
    json_array_foreach(json_at(all, "items"), i, item) {
        kind = client_get_json(&bank.server, 200, json_text(item, "type"));
        cr_expect(json_equal(kind, item));
        json_decref(kind);
    }
    cr_assert_gt(i, 5);
    json_decref(all);
    json_decref(problem);
}

Test(http_routes, readiness_has_the_revision) {
    json_t *json = client_get_json(&bank.server, 200, "/readyz");
    cr_assert_str_eq(json_text(json, "status"), "ready");
    cr_assert_eq(strlen(json_text(json, "revision")), 16);
    json_decref(json);
}
