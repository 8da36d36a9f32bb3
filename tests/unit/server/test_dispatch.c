#include "server/dispatch.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/client.h"

/* These resources read no bank, so no store is needed. */
static struct response dispatch(const char *method, const char *target) {
    struct response response;
    const struct incoming incoming = {.method = method, .target = target};
    dispatch_request(&(struct dispatch){0}, &incoming, &response);
    return response;
}

static void expect(const char *method, const char *target, unsigned status, const char *type) {
    struct response response = dispatch(method, target);
    cr_expect_eq(response.status, status, "%s %s: %u", method, target, response.status);
    if (type != NULL) cr_expect_str_eq(json_text(response.json, "type"), type);
    response_free(&response);
}

Test(dispatch, success) {
    struct response response = dispatch("GET", "/livez");
    cr_assert_eq(response.status, 200);
    cr_assert_str_eq(json_text(response.json, "status"), "alive");
    cr_assert_str_eq(response.allow, "");
    response_free(&response);
}

Test(dispatch, failures_become_problems) {
    expect("GET", "/nothing", 404, "/problems/no-such-resource");
    expect("GET", "/livez?x=1", 400, "/problems/unknown-parameter");
    expect("GET", "/livez?x=%00", 400, "/problems/malformed-target");
    expect("GET", "livez", 400, "/problems/malformed-target");
    expect("GET", "/problems/none", 404, "/problems/no-such-resource");
}

Test(dispatch, wrong_method_gets_allow) {
    struct response response = dispatch("DELETE", "/livez?x=1");
    cr_assert_eq(response.status, 405);
    cr_assert_str_eq(response.allow, "GET, HEAD, OPTIONS");
    response_free(&response);
}

Test(dispatch, options_has_allow_and_no_body) {
    const char *const targets[] = {"/livez", "*", "/v1/questions"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        struct response response = dispatch("OPTIONS", targets[i]);
        cr_expect_eq(response.status, 204);
        cr_expect_str_eq(response.allow, "GET, HEAD, OPTIONS");
        cr_expect_null(response.body);
        response_free(&response);
    }
    expect("OPTIONS", "/nothing", 404, "/problems/no-such-resource");
}

/* A route without pages is the same to every client, and says so to caches. */
Test(dispatch, answers_without_pages_do_not_vary) {
    const struct incoming incoming = {.method = "GET", .target = "/livez", .media = MEDIA_HTML};
    struct response response;
    dispatch_request(&(struct dispatch){0}, &incoming, &response);
    cr_expect_str_eq(response.content_type, "application/json");
    cr_expect_not(response.varies);
    response_free(&response);
}

static size_t allocations_left;

static void *allocate_while_left(size_t size) {
    if (allocations_left == 0) return NULL;
    allocations_left--;
    return malloc(size);
}

/* Whenever memory runs out the client gets a 500, with the problem document or, where there is no
 * memory for that either, without a body; never half an answer. */
static void expect_clean_failure(const char *target) {
    json_set_alloc_funcs(allocate_while_left, free);
    unsigned status = 0;
    for (size_t failures = 0; status != 200; failures++) {
        allocations_left = failures;
        struct response response = dispatch("GET", target);
        status = response.status;
        cr_assert(status == 200 || status == 500, "%s: %u", target, status);
        cr_assert_eq(response.content_type != NULL, response.body != NULL);
        response_free(&response);
    }
    json_set_alloc_funcs(malloc, free);
}

Test(dispatch, memory_may_run_out_at_any_point) {
    expect_clean_failure("/");
    expect_clean_failure("/livez");
    expect_clean_failure("/problems");
    expect_clean_failure("/problems/busy");
}

Test(dispatch, index_links_to_what_there_is) {
    struct response response = dispatch("GET", "/");
    cr_assert_str_eq(json_text(response.json, "name"), "qbank");
    cr_assert_str_eq(json_text(response.json, "version"), QBANK_VERSION);
    cr_assert_str_eq(json_text(response.json, "links.answer"), "/v1/questions/{id}/answer");
    response_free(&response);
}

Test(dispatch, problems_document_themselves) {
    struct response response = dispatch("GET", "/problems");
    cr_assert_eq(json_array_size(json_at(response.json, "items")), PROBLEM_COUNT - 1);
    response_free(&response);
    response = dispatch("GET", "/problems/stale-cursor");
    cr_assert_eq(response.status, 200);
    cr_assert_eq(json_number(response.json, "status"), 409);
    cr_assert_str_eq(json_text(response.json, "remedy"),
                     problem_kind(PROBLEM_STALE_CURSOR)->remedy);
    response_free(&response);
}
