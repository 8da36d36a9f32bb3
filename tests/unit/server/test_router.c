#include "server/router.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct route table[] = {
    {.method = "GET", .path = "/"},
    {.method = "GET", .path = "/things", .parameters = {{"many", true}, {"one", false}}},
    {.method = "POST", .path = "/things"},
    {.method = "GET", .path = "/things/all"},
    {.method = "PUT", .path = "/things/{id}"},
    {.method = "DELETE", .path = "/things/{id}"},
    {.method = "GET", .path = "/things/{id}/parts/{part}"},
};

struct match {
    enum problem problem;
    const struct route *route;
    char allow[RESPONSE_ALLOW_SIZE];
    struct request request;
};

/* The target must outlive the match: its variables point into it. */
static struct match match(const char *method, const char *target) {
    struct match result = {0};
    cr_assert_eq(target_parse(target, &result.request.target), TARGET_OK);
    result.problem = router_match(table, sizeof(table) / sizeof(table[0]), method, &result.request,
                                  &result.route, result.allow);
    return result;
}

static void expect_row(const char *method, const char *target, size_t row) {
    struct match result = match(method, target);
    cr_expect_eq(result.problem, PROBLEM_NONE, "%s %s", method, target);
    cr_expect_eq(result.route, &table[row], "%s %s", method, target);
    target_free(&result.request.target);
}

static void expect_problem(const char *method, const char *target, enum problem problem,
                           const char *allow) {
    struct match result = match(method, target);
    cr_expect_eq(result.problem, problem, "%s %s", method, target);
    cr_expect_str_eq(result.allow, allow, "%s %s", method, target);
    target_free(&result.request.target);
}

Test(router, finds_the_row_of_path_and_method) {
    expect_row("GET", "/", 0);
    expect_row("HEAD", "/", 0);
    expect_row("GET", "/things", 1);
    expect_row("POST", "/things", 2);
    expect_row("PUT", "/things/7", 4);
    expect_row("DELETE", "/things/7", 5);
}

Test(router, literal_rows_before_variables_win) {
    expect_row("GET", "/things/all", 3);
    expect_problem("PUT", "/things/all", PROBLEM_METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS");
}

Test(router, variables_are_handed_over_decoded) {
    struct match result = match("GET", "/things/a%20b/parts/c");
    cr_assert_eq(result.problem, PROBLEM_NONE);
    cr_assert_str_eq(result.request.variables[0], "a b");
    cr_assert_str_eq(result.request.variables[1], "c");
    target_free(&result.request.target);
}

Test(router, unknown_paths_allow_nothing) {
    expect_problem("GET", "/nothing", PROBLEM_NO_SUCH_RESOURCE, "");
    expect_problem("GET", "/things/", PROBLEM_NO_SUCH_RESOURCE, "");
    expect_problem("GET", "/thing", PROBLEM_NO_SUCH_RESOURCE, "");
    expect_problem("GET", "/thingss", PROBLEM_NO_SUCH_RESOURCE, "");
    expect_problem("GET", "/things%2Fall", PROBLEM_NO_SUCH_RESOURCE, "");
    expect_problem("GET", "/things/all/", PROBLEM_NO_SUCH_RESOURCE, "");
    expect_problem("GET", "//things", PROBLEM_NO_SUCH_RESOURCE, "");
    expect_problem("GET", "/things/7/parts", PROBLEM_NO_SUCH_RESOURCE, "");
    expect_problem("GET", "/things/7/parts/8/9", PROBLEM_NO_SUCH_RESOURCE, "");
    expect_problem("GET", "/1/2/3/4/5/6/7/8/9", PROBLEM_NO_SUCH_RESOURCE, "");
}

Test(router, wrong_methods_learn_the_right_ones) {
    expect_problem("DELETE", "/things", PROBLEM_METHOD_NOT_ALLOWED, "GET, HEAD, POST, OPTIONS");
    expect_problem("GET", "/things/7", PROBLEM_METHOD_NOT_ALLOWED, "PUT, DELETE, OPTIONS");
    expect_problem("HEAD", "/things/7", PROBLEM_METHOD_NOT_ALLOWED, "PUT, DELETE, OPTIONS");
    expect_problem("PATCH", "/", PROBLEM_METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS");
    expect_problem("QUERY", "/", PROBLEM_METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS");
}

/* RFC 9110, section 15.6.2; methods are told apart by case (section 9.1). */
Test(router, methods_that_nobody_knows_are_no_method_of_any_resource) {
    expect_problem("BREW", "/things", PROBLEM_UNKNOWN_METHOD, "");
    expect_problem("get", "/", PROBLEM_UNKNOWN_METHOD, "");
    expect_problem("", "/nothing", PROBLEM_UNKNOWN_METHOD, "");
}

static enum problem check(size_t row, const char *target, struct response *ret_response) {
    struct request request = {0};
    cr_assert_eq(target_parse(target, &request.target), TARGET_OK);
    enum problem problem = router_check_parameters(&table[row], &request, ret_response);
    target_free(&request.target);
    return problem;
}

Test(router, known_parameters_pass) {
    struct response response = {0};
    cr_assert_eq(check(1, "/things?many=1&one=2&many=3", &response), PROBLEM_NONE);
    cr_assert_null(response.detail);
}

Test(router, unknown_parameters_are_named_with_the_known_ones) {
    struct response response = {0};
    cr_assert_eq(check(1, "/things?One=2", &response), PROBLEM_UNKNOWN_PARAMETER);
    cr_assert_str_eq(response.parameter, "One");
    cr_assert_str_eq(response.detail, "Allowed here: many, one.");
    response_free(&response);
    cr_assert_eq(check(0, "/?x", &response), PROBLEM_UNKNOWN_PARAMETER);
    cr_assert_str_eq(response.detail, "This resource takes no parameters.");
    response_free(&response);
}

Test(router, only_repeatable_parameters_may_be_repeated) {
    struct response response = {0};
    cr_assert_eq(check(1, "/things?one=2&one=2", &response), PROBLEM_INVALID_PARAMETER);
    cr_assert_str_eq(response.parameter, "one");
    response_free(&response);
}

Test(router, unlimited_rows_are_found_by_the_path_as_it_stands) {
    static const struct route rows[] = {{.path = "/free", .unlimited = true}, {.path = "/paid"}};
    cr_expect(router_is_unlimited(rows, 2, "/free"));
    cr_expect(router_is_unlimited(rows, 2, "/free?x=1"));
    cr_expect_not(router_is_unlimited(rows, 2, "/freely"));
    cr_expect_not(router_is_unlimited(rows, 2, "/fre"));
    cr_expect_not(router_is_unlimited(rows, 2, "/free/"));
    cr_expect_not(router_is_unlimited(rows, 2, "/%66ree"));
    cr_expect_not(router_is_unlimited(rows, 2, "/paid"));
}
