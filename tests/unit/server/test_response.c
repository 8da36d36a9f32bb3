#include "server/response.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/lib/client.h"

Test(response, success_is_the_json_and_a_newline) {
    struct response response = {.json = json_pack("{s:i}", "a", 1)};
    response_render(&response, PROBLEM_NONE);
    cr_assert_eq(response.status, 200);
    cr_assert_str_eq(response.content_type, "application/json");
    cr_assert_eq(response.size, strlen("{\"a\":1}\n"));
    cr_assert_arr_eq(response.body, "{\"a\":1}\n", response.size);
    response_free(&response);
}

Test(response, problem_replaces_what_the_handler_has_made) {
    struct response response = {.json = json_pack("{s:s}", "answer", "secret"),
                                .cache = CACHE_NEVER};
    enum problem problem =
        response_fail(&response, PROBLEM_INVALID_PARAMETER, "step", "It is 1 to %d.", 3);
    response_render(&response, problem);
    cr_assert_eq(response.status, 400);
    cr_assert_str_eq(response.content_type, "application/problem+json");
    cr_assert_eq(response.cache, CACHE_REVALIDATE);
    cr_assert_str_eq(json_text(response.json, "detail"), "It is 1 to 3.");
    cr_assert_str_eq(json_text(response.json, "parameter"), "step");
    cr_assert_null(memmem(response.body, response.size, "secret", 6));
    response_free(&response);
}

static void set_text(struct response *response, const char *words) {
    struct json_text text = {0};
    json_text_append(&text, words, strlen(words));
    cr_assert_eq(response_set_text(response, &text), PROBLEM_NONE);
}

Test(response, text_is_the_body_and_a_newline) {
    struct response response = {0};
    set_text(&response, "{}");
    response_render(&response, PROBLEM_NONE);
    cr_assert_eq(response.status, 200);
    cr_assert_str_eq(response.content_type, "application/json");
    cr_assert_eq(response.size, 3);
    cr_assert_arr_eq(response.body, "{}\n", 3);
    response_free(&response);
}

Test(response, problem_replaces_text_too) {
    struct response response = {0};
    set_text(&response, "secret");
    response_render(&response, PROBLEM_BUSY);
    cr_assert_eq(response.status, 503);
    cr_assert_null(memmem(response.body, response.size, "secret", 6));
    response_free(&response);
}

Test(response, text_that_failed_is_an_internal_problem) {
    struct response response = {0};
    struct json_text text = {.failed = true};
    cr_assert_eq(response_set_text(&response, &text), PROBLEM_INTERNAL);
    response_free(&response);
}

/* A handler whose encoding ran out of memory leaves no JSON. */
Test(response, missing_json_is_an_internal_problem) {
    struct response response = {0};
    response_render(&response, PROBLEM_NONE);
    cr_assert_eq(response.status, 500);
    cr_assert_str_eq(json_text(response.json, "type"), "/problems/internal");
    response_free(&response);
}

Test(response, free_accepts_a_zeroed_one) {
    struct response response = {0};
    response_free(&response);
    cr_assert_null(response.body);
}
