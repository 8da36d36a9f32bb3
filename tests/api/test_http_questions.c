/* GET /v1/questions and GET /v1/questions/{id} */
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

TestSuite(http_questions, .init = set_up, .fini = tear_down);

/* The ids of a page, in order, each with a blank behind it. */
static void expect_ids(const char *target, const char *ids) {
    json_t *page = client_get_json(&bank.server, 200, target);
    char actual[512] = "";
    size_t i;
    json_t *item;
    json_array_foreach(json_at(page, "items"), i, item) {
        strcat(strcat(actual, json_text(item, "id")), " ");
    }
    cr_expect_str_eq(actual, ids, "%s: %s", target, actual);
    json_decref(page);
}

static void expect_refused(const char *target, const char *parameter) {
    json_t *problem = client_get_json(&bank.server, 400, target);
    cr_expect_str_eq(json_text(problem, "parameter"), parameter, "%s", target);
    cr_expect_gt(strlen(json_text(problem, "detail")), 10);
    cr_expect_eq(json_number(problem, "status"), 400);
    json_decref(problem);
}

Test(http_questions, question_has_its_public_shape) {
    json_t *question = client_get_json(&bank.server, 200, "/v1/questions/rank");
    json_t *expected = json_pack(
        "{s:s, s:s, s:s, s:[s], s:{s:s, s:s}, s:{s:s, s:i}, s:{s:b, s:i, s:s}}", "id", "rank",
        "difficulty", "medium", "question", "What is its rank?", "context", "Given a matrix $A$",
        "section", "id", "matrices", "title", "Matrices", "source", "path", "further/beta.md",
        "line", 4, "answer", "available", 1, "steps", 1, "url", "/v1/questions/rank/answer");
    cr_assert(json_equal(question, expected));
    json_decref(expected);
    json_decref(question);
}

Test(http_questions, question_without_answer_says_so) {
    json_t *question = client_get_json(&bank.server, 200, "/v1/questions/ascent");
    cr_assert(json_is_false(json_at(question, "answer.available")));
    cr_assert_null(json_at(question, "answer.url"));
    json_decref(question);
}

Test(http_questions, unknown_ids_are_not_found) {
    static const char *const targets[] = {"/v1/questions/nobody", "/v1/questions/a%20b",
                                          "/v1/questions/%C3%A9", "/v1/questions/alpha%2F",
                                          "/v1/questions/ALPHA"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        json_t *problem = client_get_json(&bank.server, 404, targets[i]);
        cr_expect_str_eq(json_text(problem, "type"), "/problems/no-such-question");
        json_decref(problem);
    }
}

Test(http_questions, list_is_in_bank_order) {
    expect_ids("/v1/questions", "alpha descent converge ascent rank inverse ");
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions");
    cr_assert_eq(json_number(page, "total"), 6);
    cr_assert_null(json_at(page, "next_cursor"));
    cr_assert_eq(strlen(json_text(page, "revision")), 16);
    json_decref(page);
}

Test(http_questions, list_item_is_the_question) {
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions?limit=1");
    json_t *question = client_get_json(&bank.server, 200, "/v1/questions/alpha");
    cr_assert(json_equal(json_at(page, "items.0"), question));
    json_decref(question);
    json_decref(page);
}

Test(http_questions, difficulty_filters_and_repeats_mean_or) {
    expect_ids("/v1/questions?difficulty=easy", "alpha descent ");
    expect_ids("/v1/questions?difficulty=E", "alpha descent ");
    expect_ids("/v1/questions?difficulty=Hard", "ascent inverse ");
    expect_ids("/v1/questions?difficulty=m&difficulty=hard", "converge ascent rank inverse ");
    expect_refused("/v1/questions?difficulty=simple", "difficulty");
    expect_refused("/v1/questions?difficulty=", "difficulty");
    expect_refused("/v1/questions?difficulty=easy&difficulty=1", "difficulty");
}

Test(http_questions, section_includes_what_lies_below_it) {
    expect_ids("/v1/questions?section=methods", "descent converge ascent ");
    expect_ids("/v1/questions?section=descent&section=matrices", "descent converge rank inverse ");
    expect_refused("/v1/questions?section=nowhere", "section");
    expect_refused("/v1/questions?section=descent&section=", "section");
}

Test(http_questions, source_filters) {
    expect_ids("/v1/questions?source=further/beta.md", "rank inverse ");
    expect_ids("/v1/questions?source=further%2Fbeta.md&source=alpha.md",
               "alpha descent converge ascent rank inverse ");
    expect_refused("/v1/questions?source=beta.md", "source");
}

Test(http_questions, has_answer_filters) {
    expect_ids("/v1/questions?has_answer=false", "ascent ");
    expect_ids("/v1/questions?has_answer=true", "alpha descent converge rank inverse ");
    expect_refused("/v1/questions?has_answer=1", "has_answer");
    expect_refused("/v1/questions?has_answer=true&has_answer=false", "has_answer");
}

Test(http_questions, different_filters_mean_and) {
    expect_ids("/v1/questions?difficulty=hard&section=methods&has_answer=false", "ascent ");
    expect_ids("/v1/questions?difficulty=easy&source=further/beta.md", "");
}

Test(http_questions, limit_is_1_to_100) {
    expect_ids("/v1/questions?limit=1", "alpha ");
    expect_ids("/v1/questions?limit=100", "alpha descent converge ascent rank inverse ");
    static const char *const wrong[] = {"/v1/questions?limit=0",   "/v1/questions?limit=101",
                                        "/v1/questions?limit=",    "/v1/questions?limit=-1",
                                        "/v1/questions?limit=two", "/v1/questions?limit=1&limit=1"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) expect_refused(wrong[i], "limit");
}

Test(http_questions, unknown_parameters_are_refused) {
    expect_refused("/v1/questions?Limit=1", "Limit");
    expect_refused("/v1/questions?count=1", "count");
    expect_refused("/v1/questions?%3Cscript%3E", "<script>");
    expect_refused("/v1/questions/alpha?answer=true", "answer");
}

Test(http_questions, malformed_cursors_are_refused) {
    static const char *const wrong[] = {"/v1/questions?cursor=",
                                        "/v1/questions?cursor=1",
                                        "/v1/questions?cursor=%2F%2F%2F%2F",
                                        "/v1/questions?cursor=AAAAAAAAAAAAAAAAAAAAAAA",
                                        "/v1/questions?cursor=AAAAAAAAAAAAAAAAAAAAAAAA.AAA",
                                        "/v1/questions?cursor=%C3%A9"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        expect_refused(wrong[i], "cursor");
    }
}

Test(http_questions, next_link_keeps_the_other_parameters) {
    struct reply reply;
    client_get(&bank.server,
               "/v1/questions?difficulty=M&difficulty=H&limit=2&source=further/beta.md"
               "&source=alpha.md",
               &reply);
    const char *cursor = json_text(reply.json, "next_cursor");
    char expected[256];
    snprintf(expected, sizeof(expected),
             "</v1/questions?difficulty=M&difficulty=H&limit=2&source=further%%2Fbeta.md&"
             "source=alpha.md&cursor=%s>; rel=\"next\"",
             cursor);
    char *link = reply_header(&reply, "Link");
    cr_assert_str_eq(link, expected);

    char *target = strndup(link + 1, strcspn(link, ">") - 1);
    reply_free(&reply);
    client_get(&bank.server, target, &reply);
    cr_assert_eq(json_number(reply.json, "total"), 4);
    cr_assert_str_eq(json_text(reply.json, "items.0.id"), "rank");
    cr_assert_null(json_at(reply.json, "next_cursor"));
    cr_assert_null(reply_header(&reply, "Link"));
    reply_free(&reply);
    free(target);
    free(link);
}

Test(http_questions, cursor_of_an_older_bank_is_stale) {
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions?limit=1");
    char target[256];
    snprintf(target, sizeof(target), "/v1/questions?cursor=%s", json_text(page, "next_cursor"));
    bank_replace(&bank, "# [E] Is it new? {#new}\n\nYes.\n\n# [E] Is it all? {#all}\n\nYes.\n");
    bank_await_change(&bank, json_text(page, "revision"));
    json_t *problem = client_get_json(&bank.server, 409, target);
    cr_assert_str_eq(json_text(problem, "type"), "/problems/stale-cursor");
    cr_assert_str_eq(json_text(problem, "parameter"), "cursor");
    json_decref(problem);
    json_decref(page);
}

Test(http_questions, removed_questions_are_gone) {
    char *revision = bank_revision(&bank);
    bank_replace(&bank, "# [E] Is it new? {#new}\n\nYes.\n");
    bank_await_change(&bank, revision);
    json_t *problem = client_get_json(&bank.server, 410, "/v1/questions/rank");
    cr_assert_str_eq(json_text(problem, "type"), "/problems/question-gone");
    json_decref(problem);
    json_decref(client_get_json(&bank.server, 410, "/v1/questions/rank/answer"));
    free(revision);
}

/* Words that are edited give an unpinned question another id; the old one leads to it. */
Test(http_questions, renamed_questions_are_redirected) {
    char *revision = bank_revision(&bank);
    bank_replace(&bank, "# [E] What is the meaning of it all in the end?\n\nForty\n\ntwo\n");
    bank_await_change(&bank, revision);
    json_t *before = client_get_json(&bank.server, 200, "/v1/questions");
    bank_replace(&bank, "# [E] What is the meaning of it all, in the end?\n\nForty\n\ntwo\n");
    bank_await_change(&bank, json_text(before, "revision"));
    json_t *after = client_get_json(&bank.server, 200, "/v1/questions");

    char target[128], location[128];
    snprintf(target, sizeof(target), "/v1/questions/%s/answer?step=1",
             json_text(before, "items.0.id"));
    snprintf(location, sizeof(location), "/v1/questions/%s/answer?step=1",
             json_text(after, "items.0.id"));
    cr_assert_str_neq(target, location);
    struct reply reply;
    client_get(&bank.server, target, &reply);
    cr_assert_eq(reply.status, 308);
    cr_assert_str_eq(json_text(reply.json, "type"), "/problems/question-moved");
    char *header = reply_header(&reply, "Location");
    cr_assert_str_eq(header, location);
    json_decref(client_get_json(&bank.server, 200, header));
    free(header);
    reply_free(&reply);
    json_decref(after);
    json_decref(before);
    free(revision);
}
