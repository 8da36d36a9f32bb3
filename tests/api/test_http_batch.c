/* GET /v1/questions?id=… */
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

TestSuite(http_batch, .init = set_up, .fini = tear_down);

/* The ids of the items and the missing ones, each with a blank behind it. */
static void expect_batch(const char *query, const char *found, const char *missing) {
    char target[256], actual[256] = "", lacking[256] = "";
    snprintf(target, sizeof(target), "/v1/questions?%s", query);
    json_t *page = client_get_json(&bank.server, 200, target), *item;
    size_t i;
    json_array_foreach(json_at(page, "items"), i, item) {
        strcat(strcat(actual, json_text(item, "id")), " ");
    }
    cr_expect_eq((size_t)json_number(page, "total"), i);
    json_array_foreach(json_at(page, "missing"), i, item) {
        strcat(strcat(lacking, json_string_value(item)), " ");
    }
    cr_expect_str_eq(actual, found, "%s: %s", query, actual);
    cr_expect_str_eq(lacking, missing, "%s: %s", query, lacking);
    cr_expect_eq(strlen(json_text(page, "revision")), 16);
    json_decref(page);
}

Test(http_batch, questions_come_in_the_order_asked_for) {
    expect_batch("id=rank", "rank ", "");
    expect_batch("id=rank&id=alpha&id=inverse", "rank alpha inverse ", "");
}

Test(http_batch, each_question_comes_once) {
    expect_batch("id=rank&id=alpha&id=rank&id=alpha", "rank alpha ", "");
}

Test(http_batch, what_is_not_there_is_said) {
    expect_batch("id=nobody&id=rank&id=Alpha", "rank ", "nobody Alpha ");
    expect_batch("id=nobody", "", "nobody ");
    expect_batch("id=nobody&id=rank&id=nobody", "rank ", "nobody ");
}

Test(http_batch, shapes_go_with_it) {
    json_t *page =
        client_get_json(&bank.server, 200, "/v1/questions?id=rank&fields=id,answer&include=answer");
    cr_expect_eq(json_object_size(json_at(page, "items.0")), 2);
    cr_expect_str_eq(json_text(page, "items.0.answer.text"), "The dimension of its image.");
    json_decref(page);
    char *revision = bank_revision(&bank), query[64];
    snprintf(query, sizeof(query), "id=rank&revision=%s", revision);
    expect_batch(query, "rank ", "");
    free(revision);
}

static void expect_refused(const char *query, const char *parameter) {
    char target[4096];
    snprintf(target, sizeof(target), "/v1/questions?%s", query);
    json_t *problem = client_get_json(&bank.server, 400, target);
    cr_expect_str_eq(json_text(problem, "parameter"), parameter, "%s", query);
    json_decref(problem);
}

Test(http_batch, what_makes_no_sense_with_it_is_refused) {
    expect_refused("id=rank&difficulty=hard", "difficulty");
    expect_refused("limit=5&id=rank", "limit");
    expect_refused("id=rank&sort=id", "sort");
    expect_refused("id=rank&q=rank", "q");
    expect_refused("id=rank&cursor=x", "cursor");
    expect_refused("id=", "id");
    expect_refused("id=rank,alpha", "id");
    expect_refused("id=rank&fields=x", "fields");
}

Test(http_batch, a_hundred_are_the_most) {
    char query[4096] = "", *end = query;
    for (int i = 0; i < 100; i++) end += sprintf(end, "&id=nobody%d", i);
    char target[4200];
    snprintf(target, sizeof(target), "/v1/questions?%s", query + 1);
    json_t *page = client_get_json(&bank.server, 200, target);
    cr_expect_eq(json_array_size(json_at(page, "missing")), 100);
    json_decref(page);
    strcat(query, "&id=rank");
    expect_refused(query + 1, "id");
}

Test(http_batch, removed_questions_are_missing) {
    char *revision = bank_revision(&bank);
    bank_replace(&bank, "# [E] Is it new? {#new}\n\nYes.\n");
    bank_await_change(&bank, revision);
    expect_batch("id=rank&id=new", "new ", "rank ");
    free(revision);
}

/* An object has a member once (RFC 8259, section 4). */
static void expect_moved_once(const char *id) {
    char target[128], member[32];
    struct reply reply;
    snprintf(target, sizeof(target), "/v1/questions?id=%s&id=%s", id, id);
    snprintf(member, sizeof(member), "\"%s\":", id);
    client_get(&bank.server, target, &reply);
    const char *first = strstr(reply.body, member);
    cr_assert_not_null(first, "%s", reply.body);
    cr_expect_null(strstr(first + 1, member), "%s", reply.body);
    reply_free(&reply);
}

/* Words that are edited give an unpinned question another id; the old one leads to it. */
Test(http_batch, renamed_questions_come_under_their_new_id) {
    char *revision = bank_revision(&bank), target[128], path[64];
    bank_replace(&bank, "# [E] What is the meaning of it all in the end?\n\nForty\n\ntwo\n");
    bank_await_change(&bank, revision);
    json_t *before = client_get_json(&bank.server, 200, "/v1/questions");
    bank_replace(&bank, "# [E] What is the meaning of it all, in the end?\n\nForty\n\ntwo\n");
    bank_await_change(&bank, json_text(before, "revision"));
    json_t *after = client_get_json(&bank.server, 200, "/v1/questions");
    const char *old_id = json_text(before, "items.0.id"), *new_id = json_text(after, "items.0.id");
    snprintf(target, sizeof(target), "/v1/questions?id=%s&id=%s", old_id, new_id);
    json_t *page = client_get_json(&bank.server, 200, target);
    cr_expect_eq(json_number(page, "total"), 1);
    cr_expect_str_eq(json_text(page, "items.0.id"), new_id);
    snprintf(path, sizeof(path), "moved.%s", old_id);
    cr_expect_str_eq(json_text(page, path), new_id);
    cr_expect_eq(json_array_size(json_at(page, "missing")), 0);
    json_decref(page);
    expect_moved_once(old_id);
    json_decref(after);
    json_decref(before);
    free(revision);
}
