/* fields and include: what is seen of each question. */
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

TestSuite(http_shape, .init = set_up, .fini = tear_down);

/* The names of an object's members, each with a blank behind it. */
static void expect_members(json_t *object, const char *expected) {
    char actual[256] = "";
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value) strcat(strcat(actual, name), " ");
    cr_expect_str_eq(actual, expected, "%s", actual);
}

Test(http_shape, fields_are_the_only_ones_left_and_are_what_they_were) {
    json_t *whole = client_get_json(&bank.server, 200, "/v1/questions");
    json_t *page = client_get_json(&bank.server, 200,
                                   "/v1/questions?fields=question,context&fields=answer,section");
    size_t i;
    json_t *item;
    cr_assert_eq(json_array_size(json_at(page, "items")), 6);
    json_array_foreach(json_at(page, "items"), i, item) {
        json_t *full = json_array_get(json_at(whole, "items"), i), *value;
        const char *name;
        expect_members(item, "question context section answer ");
        json_object_foreach(item, name, value)
            cr_expect(json_equal(value, json_object_get(full, name)), "%s", name);
    }
    json_decref(page);
    json_decref(whole);
}

Test(http_shape, lists_draws_and_single_questions_are_trimmed_alike) {
    json_t *draw = client_get_json(&bank.server, 200, "/v1/questions/random?count=2&fields=id");
    expect_members(json_at(draw, "items.0"), "id ");
    expect_members(json_at(draw, "items.1"), "id ");
    json_decref(draw);
    json_t *question = client_get_json(&bank.server, 200, "/v1/questions/rank?fields=source");
    expect_members(question, "source ");
    cr_expect_eq(json_number(question, "source.line"), 4);
    json_decref(question);
}

Test(http_shape, all_fields_are_the_question) {
    json_t *whole = client_get_json(&bank.server, 200, "/v1/questions/rank");
    json_t *named = client_get_json(
        &bank.server, 200,
        "/v1/questions/rank?fields=id,difficulty,question,context,section,source,answer");
    cr_expect(json_equal(whole, named));
    json_decref(named);
    json_decref(whole);
}

Test(http_shape, unknown_fields_are_refused_with_those_there_are) {
    static const char *const targets[] = {"/v1/questions?fields=", "/v1/questions?fields=id,text",
                                          "/v1/questions/rank?fields=ID",
                                          "/v1/questions/random?fields=answer.url"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        json_t *problem = client_get_json(&bank.server, 400, targets[i]);
        cr_expect_str_eq(json_text(problem, "parameter"), "fields", "%s", targets[i]);
        cr_expect_not_null(strstr(json_text(problem, "detail"), "id, difficulty, question"));
        json_decref(problem);
    }
}

/* The item's answer, by its text as the reveal gives it. */
static void expect_answered(json_t *item) {
    json_t *url = json_at(item, "answer.url");
    if (url == NULL) {
        expect_members(json_at(item, "answer"), "available ");
        return;
    }
    json_t *reveal = client_get_json(&bank.server, 200, json_string_value(url));
    cr_expect_str_eq(json_text(item, "answer.text"), json_text(reveal, "answer"));
    cr_expect_eq(json_number(item, "answer.steps"), json_number(reveal, "steps_total"));
    json_decref(reveal);
}

Test(http_shape, answers_come_along_when_they_are_asked_for) {
    static const char *const targets[] = {"/v1/questions?include=answer",
                                          "/v1/questions/random?count=6&include=answer"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        json_t *page = client_get_json(&bank.server, 200, targets[i]), *item;
        size_t j;
        cr_assert_eq(json_array_size(json_at(page, "items")), 6);
        json_array_foreach(json_at(page, "items"), j, item) expect_answered(item);
        json_decref(page);
    }
    json_t *question = client_get_json(&bank.server, 200, "/v1/questions/rank?include=answer");
    cr_assert_not_null(json_at(question, "answer.text"));
    expect_answered(question);
    json_decref(question);
}

/* Whatever has been asked for before: the shapes are kept apart. */
Test(http_shape, what_had_answers_once_has_none_when_it_is_not_asked_to) {
    for (int turn = 0; turn < 4; turn++) {
        json_decref(client_get_json(&bank.server, 200, "/v1/questions?include=answer"));
        json_t *page = client_get_json(&bank.server, 200, "/v1/questions");
        cr_expect_null(json_at(page, "items.0.answer.text"));
        cr_expect_not_null(json_at(page, "items.0.answer.url"));
        json_decref(page);
    }
}

Test(http_shape, answers_that_fields_leave_out_are_refused) {
    json_t *problem =
        client_get_json(&bank.server, 400, "/v1/questions?include=answer&fields=id,question");
    cr_expect_str_eq(json_text(problem, "parameter"), "fields");
    json_decref(problem);
    problem = client_get_json(&bank.server, 400, "/v1/questions?include=section");
    cr_expect_str_eq(json_text(problem, "parameter"), "include");
    json_decref(problem);
    json_t *page =
        client_get_json(&bank.server, 200, "/v1/questions?include=answer&fields=answer&limit=1");
    expect_members(json_at(page, "items.0"), "answer ");
    expect_members(json_at(page, "items.0.answer"), "available steps url text ");
    json_decref(page);
}

static void expect_disabled(const struct server *server, const char *target) {
    json_t *problem = client_get_json(server, 403, target);
    cr_expect_str_eq(json_text(problem, "type"), "/problems/bulk-answers-disabled", "%s", target);
    cr_expect_str_eq(json_text(problem, "parameter"), "include");
    json_decref(problem);
}

Test(http_shape, whoever_serves_can_forbid_it) {
    struct server server;
    server_start(&server, bank.database, (const char *const[]){"--no-bulk-answers", NULL});
    expect_disabled(&server, "/v1/questions?include=answer");
    expect_disabled(&server, "/v1/questions/random?include=answer");
    expect_disabled(&server, "/v1/questions/rank?include=answer");
    json_decref(client_get_json(&server, 200, "/v1/questions/rank?fields=id"));
    json_decref(client_get_json(&server, 200, "/v1/questions/rank/answer"));
    cr_expect_eq(server_stop(&server), 0);
}

Test(http_shape, the_environment_can_forbid_it_too) {
    char database[128];
    snprintf(database, sizeof(database), "QBANK_DB=%s", bank.database);
    struct server server;
    server_launch(&server,
                  (const char *const[]){QBANK_PROGRAM, "serve", "--listen", "127.0.0.1:0", NULL},
                  (const char *const[]){database, "QBANK_NO_BULK_ANSWERS=1", NULL});
    expect_disabled(&server, "/v1/questions/rank?include=answer");
    cr_expect_eq(server_stop(&server), 0);
}
