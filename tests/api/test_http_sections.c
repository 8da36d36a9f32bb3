/* GET /v1/sections and GET /v1/stats */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;

static void set_up(void) {
    bank_start(&bank);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_sections, .init = set_up, .fini = tear_down);

static json_t *counts(int easy, int medium, int hard) {
    return json_pack("{s:i, s:i, s:i, s:i}", "easy", easy, "medium", medium, "hard", hard, "total",
                     easy + medium + hard);
}

static json_t *section(const char *id, const char *title, int level, const char *parent,
                       json_t *questions) {
    return json_pack("{s:s, s:s, s:i, s:s*, s:o}", "id", id, "title", title, "level", level,
                     "parent", parent, "questions", questions);
}

Test(http_sections, tree_in_bank_order_with_counts) {
    json_t *json = client_get_json(&bank.server, 200, "/v1/sections");
    json_t *expected =
        json_pack("[o, o, o, o, o]", section("alpha", "Alpha", 0, NULL, counts(2, 1, 1)),
                  section("methods", "Methods", 1, "alpha", counts(1, 1, 1)),
                  section("descent", "Descent", 2, "methods", counts(1, 1, 0)),
                  section("ascent", "Ascent", 2, "methods", counts(0, 0, 1)),
                  section("matrices", "Matrices", 1, NULL, counts(0, 1, 1)));
    cr_assert(json_equal(json_at(json, "items"), expected), "%s", json_dumps(json, 0));
    char *revision = bank_revision(&bank);
    cr_assert_str_eq(json_text(json, "revision"), revision);
    free(revision);
    json_decref(expected);
    json_decref(json);
}

/* The filter by section and the counts of the section must agree. */
Test(http_sections, counts_are_those_of_the_filter) {
    json_t *json = client_get_json(&bank.server, 200, "/v1/sections"), *item;
    size_t i;
    json_array_foreach(json_at(json, "items"), i, item) {
        char target[128];
        snprintf(target, sizeof(target), "/v1/questions?section=%s", json_text(item, "id"));
        json_t *page = client_get_json(&bank.server, 200, target);
        cr_expect_eq(json_number(page, "total"), json_number(item, "questions.total"), "%s",
                     target);
        json_decref(page);
    }
    json_decref(json);
}

Test(http_sections, stats) {
    json_t *json = client_get_json(&bank.server, 200, "/v1/stats");
    json_t *expected = json_pack("[{s:s, s:s, s:o}, {s:s, s:s, s:o}]", "path", "alpha.md", "title",
                                 "Alpha", "questions", counts(2, 1, 1), "path", "further/beta.md",
                                 "title", "beta", "questions", counts(0, 1, 1));
    json_t *totals = counts(2, 2, 2);
    cr_assert(json_equal(json_at(json, "sources"), expected), "%s", json_dumps(json, 0));
    cr_assert(json_equal(json_at(json, "questions"), totals));
    cr_assert_eq(json_number(json, "with_answer"), 5);
    cr_assert_eq(strlen(json_text(json, "revision")), 16);
    json_decref(totals);
    json_decref(expected);
    json_decref(json);
}

Test(http_sections, stats_say_when_the_bank_came_in) {
    json_t *json = client_get_json(&bank.server, 200, "/v1/stats");
    struct tm parts = {0};
    const char *end = strptime(json_text(json, "imported_at"), "%Y-%m-%dT%H:%M:%SZ", &parts);
    cr_assert(end != NULL && *end == '\0', "%s", json_text(json, "imported_at"));
    time_t age = time(NULL) - timegm(&parts);
    cr_assert(age >= 0 && age < 60, "%ld seconds", (long)age);
    json_decref(json);
}

Test(http_sections, neither_takes_parameters) {
    json_decref(client_get_json(&bank.server, 400, "/v1/sections?limit=1"));
    json_decref(client_get_json(&bank.server, 400, "/v1/stats?section=alpha"));
}
