/* A server whose database nothing has been imported into. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;

static void set_up(void) {
    bank_start_empty(&bank, NULL);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_empty, .init = set_up, .fini = tear_down);

static void expect_json(long status, const char *target, const char *expected) {
    json_t *json = client_get_json(&bank.server, status, target);
    char *actual = json_dumps(json, JSON_COMPACT);
    cr_expect_str_eq(actual, expected);
    free(actual);
    json_decref(json);
}

Test(http_empty, lives_but_is_not_ready) {
    expect_json(200, "/livez", "{\"status\":\"alive\"}");
    json_t *problem = client_get_json(&bank.server, 503, "/readyz");
    cr_assert_str_eq(json_text(problem, "type"), "/problems/not-ready");
    json_decref(problem);
}

Test(http_empty, lists_are_empty) {
    expect_json(200, "/v1/questions", "{\"items\":[],\"total\":0}");
    expect_json(200, "/v1/questions?sort=random&seed=a",
                "{\"items\":[],\"total\":0,\"seed\":\"a\"}");
    expect_json(200, "/v1/questions?q=loss&sort=id",
                "{\"items\":[],\"total\":0,\"total_is_exact\":true}");
    expect_json(200, "/v1/questions?facets=section,difficulty",
                "{\"items\":[],\"facets\":{\"difficulty\":{\"easy\":0,\"medium\":0,\"hard\":0,"
                "\"total\":0},\"section\":[]},\"total\":0}");
    expect_json(200, "/v1/questions?id=alpha",
                "{\"items\":[],\"total\":0,\"missing\":[\"alpha\"],\"moved\":{}}");
    expect_json(200, "/v1/sections", "{\"items\":[]}");
    expect_json(200, "/v1/questions/random?count=3&seed=a",
                "{\"items\":[],\"requested\":3,\"returned\":0,\"available\":0,\"seed\":\"a\"}");
    expect_json(200, "/v1/stats",
                "{\"questions\":{\"easy\":0,\"medium\":0,\"hard\":0,\"total\":0},"
                "\"with_answer\":0,\"sources\":[]}");
}

Test(http_empty, no_question_is_found) {
    json_decref(client_get_json(&bank.server, 404, "/v1/questions/alpha"));
    json_decref(client_get_json(&bank.server, 404, "/v1/questions/alpha/answer"));
}

Test(http_empty, wrong_parameters_are_still_refused) {
    json_decref(client_get_json(&bank.server, 400, "/v1/questions?limit=0"));
    json_decref(client_get_json(&bank.server, 400, "/v1/questions/random?count=0"));
}

Test(http_empty, operator_is_told_what_to_do) {
    char *log = server_log(&bank.server);
    cr_assert_not_null(strstr(log, "qbank import"), "%s", log);
    free(log);
}

Test(http_empty, first_bank_is_taken_up) {
    bank_replace(&bank, "# [E] Is it new? {#new}\n\nYes.\n");
    struct reply reply;
    for (int turn = 0; turn < 200; turn++) {
        client_get(&bank.server, "/readyz", &reply);
        if (reply.status == 200) break;
        reply_free(&reply);
        usleep(10000);
    }
    cr_assert_eq(reply.status, 200);
    reply_free(&reply);
    bank_await_change(&bank, "");
    json_decref(client_get_json(&bank.server, 200, "/v1/questions/new"));
}

Test(http_empty, an_empty_bank_is_at_no_revision) {
    json_t *problem = client_get_json(&bank.server, 409, "/v1/stats?revision=0123456789abcdef");
    cr_expect_str_eq(json_text(problem, "type"), "/problems/revision-mismatch");
    json_decref(problem);
}
