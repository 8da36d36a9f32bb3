#include <criterion/criterion.h>
#include <string.h>

#include "server/handlers/handlers.h"

static size_t count_variables(const char *path) {
    size_t count = 0;
    for (; *path != '\0'; path++) count += *path == '{';
    return count;
}

Test(routes, every_row_is_complete) {
    for (const struct route *route = routes; route < routes + route_count; route++) {
        cr_expect_not_null(route->method);
        cr_expect_not_null(route->handler, "%s", route->path);
        cr_expect_eq(route->path[0], '/', "%s", route->path);
        cr_expect_leq(count_variables(route->path), REQUEST_VARIABLES_MAX, "%s", route->path);
        cr_expect_null(route->parameters[ROUTE_PARAMETERS_MAX].name, "%s", route->path);
    }
}

/* Each row must be reached by its own path: none may hide behind an earlier one. */
Test(routes, no_row_hides_another) {
    for (const struct route *route = routes; route < routes + route_count; route++) {
        struct request request = {0};
        const struct route *found = NULL;
        char allow[RESPONSE_ALLOW_SIZE];
        cr_assert_eq(target_parse(route->path, &request.target), TARGET_OK);
        cr_expect_eq(router_match(routes, route_count, route->method, &request, &found, allow),
                     PROBLEM_NONE, "%s", route->path);
        cr_expect_eq(found, route, "%s", route->path);
        target_free(&request.target);
    }
}

/* Positional mistakes in tables have swapped handlers before; this says it once more by name. */
Test(routes, paths_lead_to_their_handlers) {
    static const struct {
        const char *path;
        route_handler *handler;
    } expected[] = {
        {"/", handle_index},
        {"/v1/questions", handle_questions},
        {"/v1/questions/random", handle_random},
        {"/v1/questions/daily", handle_daily},
        {"/v1/quiz", handle_quiz},
        {"/v1/questions/8f3kq2mz7c", handle_question},
        {"/v1/questions/8f3kq2mz7c/answer", handle_answer},
        {"/v1/export", handle_export},
        {"/v1/sections", handle_sections},
        {"/v1/stats", handle_stats},
        {"/problems", handle_problems},
        {"/problems/internal", handle_problem},
        {"/openapi.json", handle_openapi_json},
        {"/openapi.yaml", handle_openapi_yaml},
        {"/docs", handle_reference},
        {"/docs/start.js", handle_reference_file},
        {"/livez", handle_livez},
        {"/readyz", handle_readyz},
    };
    size_t count = sizeof(expected) / sizeof(expected[0]);
    cr_assert_eq(count, route_count);
    for (size_t i = 0; i < count; i++) {
        struct request request = {0};
        const struct route *found = NULL;
        char allow[RESPONSE_ALLOW_SIZE];
        cr_assert_eq(target_parse(expected[i].path, &request.target), TARGET_OK);
        router_match(routes, route_count, "GET", &request, &found, allow);
        cr_assert_not_null(found, "%s", expected[i].path);
        cr_expect_eq(found->handler, expected[i].handler, "%s", expected[i].path);
        target_free(&request.target);
    }
}
