/* GET /v1/questions in other orders than that of the bank. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
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

TestSuite(http_sort, .init = set_up, .fini = tear_down);

/* Appends the ids of a page, each with a blank behind it. */
static void append_ids(json_t *page, char *ids) {
    size_t i;
    json_t *item;
    json_array_foreach(json_at(page, "items"), i, item) {
        strcat(strcat(ids, json_text(item, "id")), " ");
    }
}

/* The ids of a list, walked through by its Link headers: nothing but what they say is sent. */
static void walk(const char *target, char ret_ids[512]) {
    char *next = strdup(target);
    ret_ids[0] = '\0';
    while (next != NULL) {
        struct reply reply;
        client_get(&bank.server, next, &reply);
        cr_assert_eq(reply.status, 200, "%s: %s", next, reply.body);
        append_ids(reply.json, ret_ids);
        free(next);
        char *link = reply_header(&reply, "Link");
        next = link != NULL ? strndup(link + 1, strcspn(link, ">") - 1) : NULL;
        free(link);
        reply_free(&reply);
    }
}

static void expect_ids(const char *target, const char *expected) {
    char ids[512];
    walk(target, ids);
    cr_expect_str_eq(ids, expected, "%s: %s", target, ids);
}

Test(http_sort, orders_and_their_reverse) {
    expect_ids("/v1/questions?sort=position&limit=4",
               "alpha descent converge ascent rank inverse ");
    expect_ids("/v1/questions?sort=-position&limit=4",
               "inverse rank ascent converge descent alpha ");
    expect_ids("/v1/questions?sort=id&limit=4", "alpha ascent converge descent inverse rank ");
    expect_ids("/v1/questions?sort=-id&limit=1", "rank inverse descent converge ascent alpha ");
    expect_ids("/v1/questions?sort=difficulty&limit=3",
               "alpha descent converge rank ascent inverse ");
    expect_ids("/v1/questions?sort=-difficulty&limit=5",
               "ascent inverse converge rank alpha descent ");
}

Test(http_sort, orders_go_with_filters) {
    expect_ids("/v1/questions?sort=-difficulty&difficulty=easy&difficulty=hard&limit=1",
               "ascent inverse alpha descent ");
    expect_ids("/v1/questions?sort=-id&section=methods&limit=2", "descent converge ascent ");
    expect_ids("/v1/questions?sort=-position&has_answer=false", "ascent ");
}

Test(http_sort, a_seed_is_a_deck_that_everyone_shares) {
    char ids[512], again[512], other[512] = "";
    walk("/v1/questions?sort=random&seed=7&limit=1", ids);
    walk("/v1/questions?sort=random&seed=7&limit=4", again);
    cr_expect_str_eq(ids, again);
    cr_expect_eq(strlen(ids), strlen("alpha descent converge ascent rank inverse "));
    for (int seed = 0; seed < 5 && strcmp(ids, other) != 0; seed++) {
        char target[64];
        snprintf(target, sizeof(target), "/v1/questions?sort=random&seed=other%d", seed);
        walk(target, other);
        if (strcmp(ids, other) != 0) return;
    }
    cr_assert_fail("every seed gives the same order");
}

Test(http_sort, a_deck_without_a_seed_gets_one_that_its_cursor_carries) {
    struct reply reply;
    char target[256], ids[512] = "", whole[512];
    client_get(&bank.server, "/v1/questions?sort=random&limit=4", &reply);
    char *cache = reply_header(&reply, "Cache-Control");
    cr_expect_str_eq(cache, "no-store");
    append_ids(reply.json, ids);
    const char *seed = json_text(reply.json, "seed");
    snprintf(target, sizeof(target), "/v1/questions?sort=random&limit=4&cursor=%s",
             json_text(reply.json, "next_cursor"));
    json_t *page = client_get_json(&bank.server, 200, target);
    cr_expect_str_eq(json_text(page, "seed"), seed);
    append_ids(page, ids);
    json_decref(page);
    snprintf(target, sizeof(target), "/v1/questions?sort=random&seed=%s", seed);
    walk(target, whole);
    cr_expect_str_eq(ids, whole);
    free(cache);
    reply_free(&reply);
}

Test(http_sort, decks_without_a_seed_differ) {
    json_t *first = client_get_json(&bank.server, 200, "/v1/questions?sort=random");
    json_t *second = client_get_json(&bank.server, 200, "/v1/questions?sort=random");
    cr_expect_str_neq(json_text(first, "seed"), json_text(second, "seed"));
    json_decref(second);
    json_decref(first);
}

Test(http_sort, a_seeded_deck_may_be_kept) {
    struct reply reply;
    client_get(&bank.server, "/v1/questions?sort=random&seed=7", &reply);
    char *tag = reply_header(&reply, "ETag");
    cr_expect_not_null(tag);
    free(tag);
    reply_free(&reply);
}

static void expect_refused(const char *target, const char *parameter) {
    json_t *problem = client_get_json(&bank.server, 400, target);
    cr_expect_str_eq(json_text(problem, "parameter"), parameter, "%s", target);
    json_decref(problem);
}

Test(http_sort, what_is_no_order_is_refused) {
    static const char *const wrong[] = {"",           "-",           "Position", "--id",
                                        "+id",        "id,position", "-random",  "relevance",
                                        "-relevance", "question"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        char target[64];
        snprintf(target, sizeof(target), "/v1/questions?sort=%s", wrong[i]);
        expect_refused(target, "sort");
    }
    expect_refused("/v1/questions?sort=id&sort=id", "sort");
    expect_refused("/v1/questions?sort=random&seed=", "seed");
    expect_refused("/v1/questions?sort=id&seed=7", "seed");
    expect_refused("/v1/questions?seed=7", "seed");
}

Test(http_sort, the_cursor_of_another_list_is_refused) {
    static const char *const others[] = {"",
                                         "sort=-id&",
                                         "sort=random&",
                                         "sort=random&seed=7&",
                                         "sort=id&difficulty=hard&",
                                         "sort=id&section=methods&"};
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions?sort=id&limit=1");
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        char target[256];
        snprintf(target, sizeof(target), "/v1/questions?%scursor=%s", others[i],
                 json_text(page, "next_cursor"));
        expect_refused(target, "cursor");
    }
    json_decref(page);
}

/* An import in the middle of a walk ends it with a word: nothing is repeated or passed over. */
Test(http_sort, walks_end_when_the_bank_changes) {
    static const char *const sorts[] = {"position", "-difficulty", "id", "-id", "random"};
    enum { SORTS = sizeof(sorts) / sizeof(sorts[0]) };
    char targets[SORTS][256], *revision = bank_revision(&bank);
    for (size_t i = 0; i < SORTS; i++) {
        char target[64];
        snprintf(target, sizeof(target), "/v1/questions?sort=%s&limit=2", sorts[i]);
        json_t *page = client_get_json(&bank.server, 200, target);
        snprintf(targets[i], sizeof(targets[i]), "%s&cursor=%s", target,
                 json_text(page, "next_cursor"));
        json_decref(page);
    }
    bank_replace(&bank, "# [E] Is it new? {#new}\n\nYes.\n\n# [E] Is it all? {#all}\n\nYes.\n");
    bank_await_change(&bank, revision);
    for (size_t i = 0; i < SORTS; i++) {
        json_t *problem = client_get_json(&bank.server, 409, targets[i]);
        cr_expect_str_eq(json_text(problem, "type"), "/problems/stale-cursor");
        cr_expect_not_null(strstr(json_text(problem, "detail"), "without a cursor"));
        json_decref(problem);
    }
    free(revision);
}
