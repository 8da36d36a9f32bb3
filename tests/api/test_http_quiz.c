/* GET /v1/quiz */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;

static const char markdown[] = "# Vectors\n\n## [E] One?\n\nAn answer.\n\n## [E] Two?\n\nYes.\n\n"
                               "## [M] Three?\n\nNo.\n\n# Losses\n\n## [E] Four?\n\nFour.\n\n"
                               "## [H] Five?\n\nFive.\n";

static void set_up(void) {
    bank_start_markdown(&bank, markdown);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_quiz, .init = set_up, .fini = tear_down);

static json_t *get(long status, const char *query) {
    char target[512];
    snprintf(target, sizeof(target), "/v1/quiz?%s", query);
    return client_get_json(&bank.server, status, target);
}

Test(http_quiz, a_blueprint_is_filled) {
    json_t *json = get(200, "easy=2&medium=1&hard=1&seed=s");
    static const char *const difficulties[] = {"easy", "easy", "medium", "hard"};
    cr_assert_eq(json_array_size(json_at(json, "items")), 4);
    for (size_t i = 0; i < 4; i++) {
        json_t *item = json_array_get(json_at(json, "items"), i);
        cr_expect_str_eq(json_text(item, "difficulty"), difficulties[i]);
        cr_expect_null(json_at(item, "answer.text"));
    }
    cr_expect(json_equal(json_at(json, "requested"), json_at(json, "returned")));
    cr_expect_eq(json_number(json, "available.total"), 5);
    cr_expect_str_eq(json_text(json, "seed"), "s");
    json_decref(json);
}

Test(http_quiz, what_cannot_be_filled_is_told) {
    json_t *json = get(200, "easy=5&hard=3&per_section=2");
    cr_expect_eq(json_number(json, "requested.easy"), 5);
    cr_expect_eq(json_number(json, "returned.easy"), 3);
    cr_expect_eq(json_number(json, "available.easy"), 3);
    cr_expect_eq(json_number(json, "returned.medium"), 0);
    cr_expect_eq(json_number(json, "available.medium"), 1);
    cr_expect_eq(json_number(json, "returned.hard"), 1);
    cr_expect_eq(json_number(json, "returned.total"), 4);
    cr_expect_eq(json_array_size(json_at(json, "items")), 4);
    json_decref(json);
}

Test(http_quiz, its_url_is_the_same_quiz) {
    json_t *json = get(200, "easy=2&medium=1&section=vectors");
    json_t *again = client_get_json(&bank.server, 200, json_text(json, "url"));
    cr_expect(json_equal(json_at(json, "items"), json_at(again, "items")));
    cr_expect_str_eq(json_text(again, "seed"), json_text(json, "seed"));
    cr_expect_str_eq(json_text(again, "url"), json_text(json, "url"));
    json_decref(json);
    json_decref(again);
}

Test(http_quiz, four_easy_four_medium_and_two_hard_are_the_default) {
    json_t *json = get(200, "");
    cr_expect_eq(json_number(json, "requested.easy"), 4);
    cr_expect_eq(json_number(json, "requested.medium"), 4);
    cr_expect_eq(json_number(json, "requested.hard"), 2);
    json_decref(json);
}

static char *cache_control(const char *target) {
    struct reply reply;
    client_get(&bank.server, target, &reply);
    char *value = reply_header(&reply, "Cache-Control");
    cr_assert_not_null(value);
    reply_free(&reply);
    return value;
}

Test(http_quiz, only_a_seeded_one_may_be_kept) {
    char *without = cache_control("/v1/quiz?easy=1"),
         *with = cache_control("/v1/quiz?easy=1&seed=s");
    cr_expect_str_eq(without, "no-store");
    cr_expect_str_eq(with, "no-cache");
    free(without);
    free(with);
}

Test(http_quiz, what_is_not_allowed_is_refused) {
    static const char *const cases[][2] = {
        {"easy", "easy=0"},
        {"easy", "easy=0&hard=0"},
        {"easy", "easy=60&medium=60"},
        {"easy", "easy=101"},
        {"hard", "hard=-1"},
        {"per_section", "easy=1&per_section=0"},
        {"seed", "easy=1&seed="},
        {"difficulty", "easy=1&difficulty=easy"},
        {"section", "easy=1&section=none"},
        {"exclude", "easy=1&exclude=a%20b"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        json_t *json = get(400, cases[i][1]);
        cr_expect_str_eq(json_text(json, "parameter"), cases[i][0], "%s", cases[i][1]);
        json_decref(json);
    }
}
