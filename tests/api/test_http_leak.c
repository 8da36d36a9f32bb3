/* The text of an answer appears at the reveal and nowhere else, but where include=answer or an
 * export's answers=true asks for it (tests/api/test_http_shape.c, test_http_export.c). Every answer
 * of this bank holds a word that nothing else does; the walk asks for everything, rightly and
 * wrongly, and looks for that word in all that comes back and in all that is logged. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/router.h"
#include "tests/lib/bank.h"
#include "tests/lib/client.h"
#include "tests/lib/decode.h"
#include "tests/lib/temporary.h"

/* Every shape in which an answer may stand behind its question. */
static const char markdown[] = "---\ntitle: Leaks\n---\n\n"
                               "# [E] A heading? {#heading}\n\nCANARY0\n\n- CANARY1\n- CANARY2\n\n"
                               "# Section\n\n"
                               "1. [M] A nested list? {#nested}\n   - CANARY3\n   - CANARY4\n"
                               "2. [H] A paragraph? {#paragraph}\n\n   CANARY5\n\n"
                               "3. [E] The next line?\n   CANARY6\n"
                               "4. [E] Not indented?\n\nAns. CANARY7\n\n```\nCANARY8\n```\n\n"
                               "# Group\n\n"
                               "1. Given a matrix\n   1. [M] Of which rank?\n\n      CANARY9\n"
                               "   2. [H] Of which shape?\n      - CANARYA\n\n"
                               "## [H] Deeper? {#deeper}\n\nCANARYB\n\n"
                               "| a | b |\n| - | - |\n| CANARYC | $CANARYD$ |\n";

static struct bank bank;

static void set_up(void) {
    bank.directory = temporary_create();
    bank.database = temporary_path(bank.directory, "bank.db");
    char *source = temporary_write(bank.directory, "bank.md", markdown);
    server_import(bank.database, source);
    free(source);
    server_start(&bank.server, bank.database, (const char *const[]){"--access-log", NULL});
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_leak, .init = set_up, .fini = tear_down, .timeout = 120);

static void expect_silence(const char *text, const char *where) {
    cr_expect_null(strstr(text, "CANARY"), "%s: %s", where, text);
}

static void ask(const char *method, const char *target) {
    struct reply reply;
    client_request(&bank.server, method, target, NULL, &reply);
    expect_silence(reply.headers, target);
    expect_silence(reply.body, target);
    reply_free(&reply);
}

static bool is_reveal(const char *path) {
    return strstr(path, "/answer") != NULL;
}

/* Not in any markup either, nor on any page. */
static void ask_in_every_form(const char *path) {
    static const char *const markups[] = {"markdown", "html",    "text",
                                          "slack",    "discord", "telegram"};
    static const char *const accepts[] = {"Accept: text/plain", "Accept: text/markdown",
                                          "Accept: text/html"};
    char target[256];
    for (size_t i = 0; i < sizeof(markups) / sizeof(markups[0]); i++) {
        snprintf(target, sizeof(target), "%s?markup=%s", path, markups[i]);
        ask("GET", target);
        snprintf(target, sizeof(target), "%s?markup=%s&max_length=9", path, markups[i]);
        ask("GET", target);
    }
    for (size_t i = 0; i < sizeof(accepts) / sizeof(accepts[0]); i++) {
        struct reply reply;
        client_ask(&bank.server, "GET", path, (const char *const[]){accepts[i], NULL}, &reply);
        expect_silence(reply.headers, path);
        expect_silence(reply.body, path);
        reply_free(&reply);
    }
}

/* What a parameter is given, rightly and wrongly. */
static const char *const values[] = {
    "",       "0",      "1",         "2",       "99",     "-1",         "easy",      "hard",
    "true",   "false",  "section",   "bank.md", "seed",   "heading",    "paragraph", "nobody",
    "%C3%A9", "%00",    "%",         "%22%5C",  "a%20b",  "*",          "%25s%25n",  "deeper",
    "group",  "answer", "answer,id", "-id",     "random", "-difficulty"};

static void ask_with_parameters(const struct route *route, const char *path) {
    char target[256];
    for (const struct route_parameter *known = route->parameters; known->name != NULL; known++) {
        for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
            snprintf(target, sizeof(target), "%s?%s=%s", path, known->name, values[i]);
            if (strstr(target, "?include=answer") != NULL && strchr(target, ',') == NULL) continue;
            if (strstr(target, "?answers=true") != NULL) continue;
            ask("GET", target);
        }
    }
}

/* The route's path with `id` in the place of its variable. */
static void fill_in(const struct route *route, const char *id, char *ret_path, size_t size) {
    const char *open = strchr(route->path, '{');
    if (open == NULL) {
        snprintf(ret_path, size, "%s", route->path);
    } else {
        snprintf(ret_path, size, "%.*s%s%s", (int)(open - route->path), route->path, id,
                 strchr(open, '}') + 1);
    }
}

static void walk_route(const struct route *route, const char *id) {
    char path[128], target[256];
    fill_in(route, id, path, sizeof(path));
    static const char *const methods[] = {"HEAD", "OPTIONS", "POST", "DELETE"};
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) ask(methods[i], path);
    snprintf(target, sizeof(target), "%s?unknown=1", path);
    ask("GET", target);
    snprintf(target, sizeof(target), "%s/more", path);
    ask("GET", target);
    if (is_reveal(path)) return;
    ask("GET", path);
    ask_in_every_form(path);
    ask_with_parameters(route, path);
}

static void expect_silent_log(void) {
    char *log = server_await_log(&bank.server, " GET ");
    expect_silence(log, "the log");
    free(log);
}

/* Answers can be searched: what comes back is the question alone. The search is in small letters,
 * so that what the server repeats of it is no canary. */
Test(http_leak, searching_answers_shows_nothing_of_them) {
    static const char *const queries[] = {"q=canary0",
                                          "q=canary*",
                                          "q=%22canary3%20canary4%22",
                                          "q=canary1%20canary2",
                                          "q=canary*&limit=2",
                                          "q=canary*&fields=highlight,answer",
                                          "q=canary*&sort=id",
                                          "q=canary*&in=section",
                                          "q=paragraph+canary5+-canary6",
                                          "q=canary*&markup=html",
                                          "q=canary*&markup=slack&max_length=20",
                                          "q=rank+canary*&in=question&markup=text"};
    for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
        char target[128];
        snprintf(target, sizeof(target), "/v1/questions?in=answer&%s", queries[i]);
        ask("GET", target);
    }
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions?in=answer&q=canary*");
    cr_expect_eq(json_number(page, "total"), 8);
    json_decref(page);
    expect_silent_log();
}

/* Where it is forbidden, asking for it shows nothing either. */
Test(http_leak, answers_in_bulk_can_be_forbidden) {
    server_stop(&bank.server);
    server_start(&bank.server, bank.database,
                 (const char *const[]){"--access-log", "--no-bulk-answers", NULL});
    ask("GET", "/v1/questions?include=answer");
    ask("GET", "/v1/questions/random?count=8&include=answer");
    ask("GET", "/v1/questions/heading?include=answer");
    ask("GET", "/v1/export?answers=true");
    ask("GET", "/v1/questions/daily?include=answer");
    ask("GET", "/v1/quiz?easy=1&include=answer");
    ask("GET", "/v1/questions?id=heading&include=answer");
    ask("GET", "/v1/questions?q=canary&in=answer");
}

static json_t *all_questions(void) {
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions?limit=100");
    cr_assert_eq(json_number(page, "total"), 8);
    return page;
}

Test(http_leak, exports_withhold_what_they_are_not_asked_for) {
    static const char *const formats[] = {
        "ndjson", "csv", "csv&markup=text&max_length=20", "json", "markdown", "anki", "gift"};
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        char target[64];
        snprintf(target, sizeof(target), "/v1/export?format=%s", formats[i]);
        ask("GET", target);
    }
    expect_silent_log();
}

Test(http_leak, nothing_but_the_reveal_shows_an_answer) {
    json_t *page = all_questions(), *item;
    for (const struct route *route = routes; route < routes + route_count; route++) {
        size_t i;
        json_array_foreach(json_at(page, "items"), i, item) {
            walk_route(route, json_text(item, "id"));
            if (strchr(route->path, '{') == NULL) break;
        }
        walk_route(route, "nobody");
    }
    json_decref(page);
    expect_silent_log();
}

Test(http_leak, draws_of_every_size_and_seed) {
    for (int count = 1; count <= 50; count++) {
        char target[128];
        snprintf(target, sizeof(target), "/v1/questions/random?count=%d&seed=s%d", count, count);
        ask("GET", target);
        ask("GET", "/v1/questions/random?count=50");
    }
    expect_silent_log();
}

Test(http_leak, days_and_quizzes) {
    ask("GET", "/v1/questions/daily");
    ask("GET", "/v1/questions/daily?date=2026-11-22&days=31");
    ask("GET", "/v1/quiz?easy=50&medium=30&hard=20");
    ask("GET", "/v1/quiz?easy=50&medium=30&hard=20&per_section=2&seed=s");
    expect_silent_log();
}

/* Whatever a client would rather have, and in whichever coding it comes. */
static void ask_in(const char *coding, const char *target) {
    char field[64];
    snprintf(field, sizeof(field), "Accept-Encoding: %s", coding);
    const char *const fields[] = {field, "Origin: https://page.example", "If-Match: *", NULL};
    struct reply reply;
    client_ask(&bank.server, "GET", target, fields, &reply);
    expect_silence(reply.headers, target);
    if (reply_has(&reply, "Content-Encoding", coding)) {
        char *decoded = decode(coding, reply.body, reply.body_size);
        expect_silence(decoded, target);
        free(decoded);
    } else {
        expect_silence(reply.body, target);
    }
    reply_free(&reply);
}

Test(http_leak, no_coding_shows_an_answer) {
    static const char *const codings[] = {"gzip", "br", "zstd"};
    static const char *const targets[] = {"/v1/questions",
                                          "/v1/questions?limit=100",
                                          "/v1/questions/random?count=50",
                                          "/v1/questions/heading",
                                          "/v1/sections",
                                          "/v1/questions/random?count=50&seed=s",
                                          "/v1/stats",
                                          "/v1/questions/nobody",
                                          "/v1/questions?revision=0123456789abcdef"};
    for (size_t i = 0; i < sizeof(codings) / sizeof(codings[0]); i++) {
        for (size_t j = 0; j < sizeof(targets) / sizeof(targets[0]); j++) {
            for (int turn = 0; turn < 4; turn++) ask_in(codings[i], targets[j]);
        }
    }
    expect_silent_log();
}

Test(http_leak, conditions_that_fail_show_nothing) {
    static const char *const fields[] = {"If-Match: \"other\"", "If-None-Match: *"};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        struct reply reply;
        client_ask(&bank.server, "GET", "/v1/questions/heading/answer",
                   (const char *const[]){fields[i], NULL}, &reply);
        expect_silence(reply.headers, fields[i]);
        expect_silence(reply.body, fields[i]);
        reply_free(&reply);
    }
    expect_silent_log();
}

Test(http_leak, refused_reveals_show_nothing) {
    static const char *const steps[] = {"0", "-1", "99", "x", "", "1&step=2", "%", "1&x=1"};
    json_t *page = all_questions(), *item;
    size_t i;
    json_array_foreach(json_at(page, "items"), i, item) {
        for (size_t j = 0; j < sizeof(steps) / sizeof(steps[0]); j++) {
            char target[128];
            snprintf(target, sizeof(target), "/v1/questions/%s/answer?step=%s",
                     json_text(item, "id"), steps[j]);
            ask("GET", target);
        }
    }
    json_decref(page);
    expect_silent_log();
}

/* The walk would find nothing either if the bank had no canaries to show. */
Test(http_leak, every_answer_is_revealed_and_no_further_than_asked) {
    char revealed[8192] = "";
    json_t *page = all_questions(), *item;
    size_t i;
    json_array_foreach(json_at(page, "items"), i, item) {
        json_t *json = client_get_json(&bank.server, 200, json_text(item, "answer.url"));
        strcat(revealed, json_text(json, "answer"));
        json_decref(json);
    }
    for (const char *number = "0123456789ABCD"; *number != '\0'; number++) {
        char canary[] = {'C', 'A', 'N', 'A', 'R', 'Y', *number, '\0'};
        cr_expect_not_null(strstr(revealed, canary), "%s", canary);
    }
    json_t *json = client_get_json(&bank.server, 200, "/v1/questions/nested/answer?step=1");
    cr_expect_not_null(strstr(json_text(json, "answer"), "CANARY3"));
    cr_expect_null(strstr(json_text(json, "answer"), "CANARY4"));
    json_decref(json);
    json_decref(page);
    expect_silent_log();
}

/* They are sent in the same responses. */
Test(http_leak, draws_hold_nothing_of_those_before_them) {
    for (int turn = 0; turn < 40; turn++) {
        struct reply reply;
        client_get(&bank.server, "/v1/questions/random?count=5&include=answer", &reply);
        cr_assert_not_null(strstr(reply.body, "CANARY"), "%s", reply.body);
        reply_free(&reply);
        ask("GET", "/v1/questions/random?count=5");
        ask("GET", "/v1/questions/random?count=9");
    }
}
