/* GET /v1/questions/daily */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

enum { COUNT = 12 };

static struct bank bank;

static void set_up(void) {
    bank_start_generated(&bank, COUNT, "x");
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_daily, .init = set_up, .fini = tear_down);

static json_t *get(long status, const char *query) {
    char target[512];
    snprintf(target, sizeof(target), "/v1/questions/daily?%s", query);
    return client_get_json(&bank.server, status, target);
}

Test(http_daily, a_date_has_one_question) {
    json_t *json = get(200, "date=2026-11-22"), *again = get(200, "date=2026-11-22");
    cr_expect(json_equal(json, again));
    cr_expect_eq(json_array_size(json_at(json, "items")), 1);
    cr_expect_null(json_at(json, "items.0.answer.text"));
    cr_expect_str_eq(json_text(json, "dates.0"), "2026-11-22");
    cr_expect_str_eq(json_text(json, "date"), "2026-11-22");
    cr_expect_str_eq(json_text(json, "tz"), "UTC");
    cr_expect_str_eq(json_text(json, "next_at"), "2026-11-23T00:00:00+00:00");
    cr_expect_eq(json_number(json, "available"), COUNT);
    json_decref(json);
    json_decref(again);
}

/* The date of the machine, unless midnight comes between. */
Test(http_daily, today_is_the_default) {
    char before[16], after[16];
    time_t now = time(NULL);
    strftime(before, sizeof(before), "%Y-%m-%d", gmtime(&now));
    json_t *json = get(200, "");
    now = time(NULL);
    strftime(after, sizeof(after), "%Y-%m-%d", gmtime(&now));
    const char *date = json_text(json, "date");
    cr_expect(strcmp(date, before) == 0 || strcmp(date, after) == 0, "%s", date);
    json_decref(json);
}

Test(http_daily, a_round_has_every_question_once) {
    json_t *json = get(200, "date=2026-11-22&days=31"), *item;
    cr_assert_eq(json_array_size(json_at(json, "items")), 31);
    cr_assert_eq(json_array_size(json_at(json, "dates")), 31);
    cr_expect_str_eq(json_text(json, "dates.30"), "2026-10-23");
    size_t seen[COUNT] = {0}, i;
    json_array_foreach(json_at(json, "items"), i, item) {
        seen[strtoul(json_text(item, "id") + 1, NULL, 10)]++;
    }
    for (size_t q = 0; q < COUNT; q++) cr_expect_geq(seen[q], 1, "q%zu in 31 of 12", q);
    json_decref(json);
}

Test(http_daily, the_zone_says_when_the_day_ends) {
    json_t *json = get(200, "date=2026-10-25&tz=Europe/Berlin");
    cr_expect_str_eq(json_text(json, "tz"), "Europe/Berlin");
    cr_expect_str_eq(json_text(json, "next_at"), "2026-10-26T00:00:00+01:00");
    json_decref(json);
    json = get(200, "date=2026-10-25&tz=+05:30"); /* the plus sign as curl sends it */
    cr_expect_str_eq(json_text(json, "tz"), "+05:30");
    cr_expect_str_eq(json_text(json, "next_at"), "2026-10-26T00:00:00+05:30");
    json_decref(json);
}

Test(http_daily, an_empty_pool_has_no_question) {
    json_t *json = get(200, "date=2026-11-22&difficulty=hard&days=3");
    cr_expect_eq(json_array_size(json_at(json, "items")), 0);
    cr_expect_eq(json_array_size(json_at(json, "dates")), 0);
    cr_expect_eq(json_number(json, "available"), 0);
    json_decref(json);
}

Test(http_daily, what_is_not_allowed_is_refused) {
    static const char *const cases[][2] = {
        {"date", "date=2026-02-29"}, {"date", "date=today"},      {"date", "date="},
        {"tz", "tz=Mars"},           {"tz", "tz=../UTC"},         {"tz", "tz="},
        {"days", "days=0"},          {"days", "days=32"},         {"section", "section=none"},
        {"exclude", "exclude=q1"},   {"fields", "fields=nothing"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        json_t *json = get(400, cases[i][1]);
        cr_expect_str_eq(json_text(json, "parameter"), cases[i][0]);
        json_decref(json);
    }
}

static void expect_header(const char *target, const char *name, const char *expected) {
    struct reply reply;
    client_get(&bank.server, target, &reply);
    char *value = reply_header(&reply, name);
    cr_assert_not_null(value);
    cr_expect_str_eq(value, expected, "%s: %s", target, value);
    free(value);
    reply_free(&reply);
}

Test(http_daily, may_be_asked_for_again_with_its_tag) {
    struct reply reply;
    client_get(&bank.server, "/v1/questions/daily", &reply);
    char *tag = reply_header(&reply, "ETag");
    cr_expect_not_null(tag);
    free(tag);
    reply_free(&reply);
    expect_header("/v1/questions/daily", "Cache-Control", "no-cache");
    expect_header("/v1/questions/daily?date=2026-11-22", "Cache-Control", "no-cache");
}
