/* GET /v1/questions/{id}/answer: the reveal */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;

static void set_up(void) {
    bank_start(&bank);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_answer, .init = set_up, .fini = tear_down);

static void expect_reveal(const char *target, const char *id, const char *answer, int step,
                          int total) {
    json_t *json = client_get_json(&bank.server, 200, target);
    json_t *expected = json_pack("{s:s, s:s, s:i, s:i, s:b}", "question_id", id, "answer", answer,
                                 "step", step, "steps_total", total, "done", step == total);
    cr_expect(json_equal(json, expected), "%s: %s", target, json_dumps(json, 0));
    json_decref(expected);
    json_decref(json);
}

Test(http_answer, whole) {
    expect_reveal("/v1/questions/descent/answer", "descent", "It goes down.", 1, 1);
    expect_reveal("/v1/questions/converge/answer", "converge",
                  "Because the function is convex.\n\nAnd because the steps are small.", 2, 2);
}

Test(http_answer, step_by_step) {
    expect_reveal("/v1/questions/alpha/answer?step=1", "alpha", "- The first step of alpha.", 1, 3);
    expect_reveal("/v1/questions/alpha/answer?step=2", "alpha",
                  "- The first step of alpha.\n- The second step: $\\alpha \\to 0$.", 2, 3);
    expect_reveal("/v1/questions/alpha/answer?step=3", "alpha",
                  "- The first step of alpha.\n- The second step: $\\alpha \\to 0$.\n"
                  "- The third step, with code:\n\n  ```c\n  return 0;\n  ```",
                  3, 3);
}

Test(http_answer, steps_out_of_range_name_the_range) {
    static const char *const steps[] = {"0", "4", "", "-1", "x", "1&step=2"};
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        char target[64];
        snprintf(target, sizeof(target), "/v1/questions/alpha/answer?step=%s", steps[i]);
        json_t *problem = client_get_json(&bank.server, 400, target);
        cr_expect_str_eq(json_text(problem, "parameter"), "step");
        bool repeated = strchr(steps[i], '&') != NULL;
        cr_expect_not_null(strstr(json_text(problem, "detail"), repeated ? "once" : "1 to 3"), "%s",
                           json_text(problem, "detail"));
        json_decref(problem);
    }
}

Test(http_answer, missing_answers_are_a_problem_of_their_own) {
    json_t *problem = client_get_json(&bank.server, 404, "/v1/questions/ascent/answer");
    cr_assert_str_eq(json_text(problem, "type"), "/problems/no-answer");
    json_decref(problem);
    problem = client_get_json(&bank.server, 404, "/v1/questions/nobody/answer");
    cr_assert_str_eq(json_text(problem, "type"), "/problems/no-such-question");
    json_decref(problem);
}
