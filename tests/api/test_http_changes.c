/* GET /v1/questions?updated_since=… */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static const char before[] = "# One\n\n- [E] What is a? {#a}\n\n  A letter.\n\n"
                             "- [M] What is b? {#b}\n\n- [H] What is c? {#c}\n";
static const char after[] = "# One\n\n- [E] What is a? {#a}\n\n  The first letter.\n\n"
                            "- [H] What is c? {#c}\n\n- [H] What is d? {#d}\n";

static struct bank bank;
static char *revision;

static void set_up(void) {
    bank_start_markdown(&bank, before);
    revision = bank_revision(&bank);
    bank_replace(&bank, after);
    bank_await_change(&bank, revision);
}
static void tear_down(void) {
    free(revision);
    bank_stop(&bank);
}
TestSuite(http_changes, .init = set_up, .fini = tear_down, .timeout = 60);

static json_t *get_since(long status, const char *since, const char *more) {
    char target[256];
    snprintf(target, sizeof(target), "/v1/questions?updated_since=%s%s", since, more);
    return client_get_json(&bank.server, status, target);
}

static void expect_ids(json_t *json, const char *expected) {
    char ids[64] = "";
    json_t *item;
    size_t i;
    json_array_foreach(json_at(json, "items"), i, item) strcat(ids, json_text(item, "id"));
    cr_expect_str_eq(ids, expected);
}

Test(http_changes, are_told_with_what_was_removed) {
    json_t *json = get_since(200, revision, "");
    expect_ids(json, "ad");
    cr_expect_eq(json_number(json, "total"), 2);
    cr_expect_str_eq(json_text(json, "removed.0"), "b");
    cr_expect_eq(json_array_size(json_at(json, "removed")), 1);
    json_t *again = get_since(200, json_text(json, "revision"), "");
    expect_ids(again, "");
    cr_expect_eq(json_array_size(json_at(again, "removed")), 0);
    json_decref(again);
    json_decref(json);
}

Test(http_changes, go_with_filters_and_sorts) {
    json_t *json = get_since(200, revision, "&difficulty=hard");
    expect_ids(json, "d");
    json_decref(json);
    json = get_since(200, revision, "&sort=-difficulty&include=answer");
    expect_ids(json, "da");
    cr_expect_str_eq(json_text(json, "items.1.answer.text"), "The first letter.");
    json_decref(json);
    json = get_since(200, revision, "&facets=difficulty");
    cr_expect_eq(json_number(json, "facets.difficulty.easy"), 1);
    cr_expect_eq(json_number(json, "facets.difficulty.hard"), 1);
    json_decref(json);
}

/* The cursor is of this list; what was removed is told once. */
Test(http_changes, are_paged_through) {
    char more[128];
    json_t *json = get_since(200, revision, "&limit=1");
    expect_ids(json, "a");
    cr_expect_eq(json_array_size(json_at(json, "removed")), 1);
    snprintf(more, sizeof(more), "&limit=1&cursor=%s", json_text(json, "next_cursor"));
    json_t *next = get_since(200, revision, more);
    expect_ids(next, "d");
    cr_expect_null(json_at(next, "removed"));
    cr_expect_null(json_at(next, "next_cursor"));
    json_t *other = get_since(400, "2001-01-01T00:00:00Z", more);
    cr_expect_str_eq(json_text(other, "parameter"), "cursor");
    json_decref(other);
    json_decref(next);
    json_decref(json);
}

Test(http_changes, since_a_time) {
    json_t *json = get_since(200, "2001-01-01T00:00:00Z", "");
    expect_ids(json, "acd");
    cr_expect_str_eq(json_text(json, "removed.0"), "b");
    json_decref(json);
    json = get_since(200, "2999-12-31T23:59:59%2B01:00", "");
    expect_ids(json, "");
    json_decref(json);
}

Test(http_changes, since_a_revision_that_nobody_remembers) {
    json_t *json = get_since(410, "0123456789abcdef", "");
    cr_expect_str_eq(json_text(json, "type"), "/problems/unknown-past");
    cr_expect_str_eq(json_text(json, "parameter"), "updated_since");
    json_decref(json);
}

Test(http_changes, since_nonsense) {
    static const char *const wrong[] = {"",
                                        "yesterday",
                                        "0123456789ABCDEF",
                                        "2026-11-22",
                                        "2026-11-22T13:18:04+01:00",
                                        "0123456789abcdef0"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        json_t *json = get_since(400, wrong[i], "");
        cr_expect_str_eq(json_text(json, "type"), "/problems/invalid-parameter");
        cr_expect_str_eq(json_text(json, "parameter"), "updated_since");
        json_decref(json);
    }
}
