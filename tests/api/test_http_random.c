/* GET /v1/questions/random */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "content/question.h"
#include "tests/lib/bank.h"
#include "tests/lib/client.h"

enum { COUNT = 60 };

static struct bank bank;

static void set_up(void) {
    bank_start_generated(&bank, COUNT, "x");
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_random, .init = set_up, .fini = tear_down);

static json_t *draw(const char *query) {
    char target[16384];
    snprintf(target, sizeof(target), "/v1/questions/random?%s", query);
    return client_get_json(&bank.server, 200, target);
}

static void expect_distinct(json_t *json) {
    bool seen[COUNT] = {false};
    json_t *item;
    size_t i;
    json_array_foreach(json_at(json, "items"), i, item) {
        size_t number = strtoul(json_text(item, "id") + 1, NULL, 10);
        cr_assert_lt(number, COUNT);
        cr_expect_not(seen[number], "q%zu was drawn twice", number);
        seen[number] = true;
    }
}

Test(http_random, one_question_is_the_default) {
    json_t *json = draw("");
    cr_assert_eq(json_array_size(json_at(json, "items")), 1);
    cr_assert_eq(json_number(json, "requested"), 1);
    cr_assert_eq(json_number(json, "returned"), 1);
    cr_assert_eq(json_number(json, "available"), COUNT);
    cr_assert_eq(strlen(json_text(json, "revision")), 16);
    cr_assert_gt(strlen(json_text(json, "seed")), 8);
    json_decref(json);
}

Test(http_random, draws_are_distinct) {
    for (int turn = 0; turn < 20; turn++) {
        json_t *json = draw("count=50");
        cr_assert_eq(json_number(json, "returned"), 50);
        cr_assert_eq(json_array_size(json_at(json, "items")), 50);
        expect_distinct(json);
        json_decref(json);
    }
}

Test(http_random, every_question_can_be_drawn) {
    bool seen[COUNT] = {false};
    for (int turn = 0; turn < 40; turn++) {
        json_t *json = draw("count=50"), *item;
        size_t i;
        json_array_foreach(json_at(json, "items"), i, item) {
            seen[strtoul(json_text(item, "id") + 1, NULL, 10)] = true;
        }
        json_decref(json);
    }
    for (size_t i = 0; i < COUNT; i++) cr_expect(seen[i], "q%zu", i);
}

Test(http_random, same_seed_same_draw) {
    json_t *first = draw("count=10&seed=Interview_1-a");
    json_t *second = draw("count=10&seed=Interview_1-a");
    json_t *other = draw("count=10&seed=Interview_1-b");
    cr_assert_str_eq(json_text(first, "seed"), "Interview_1-a");
    cr_assert(json_equal(first, second));
    cr_assert_not(json_equal(json_at(first, "items"), json_at(other, "items")));
    json_decref(other);
    json_decref(second);
    json_decref(first);
}

Test(http_random, seed_that_was_made_gives_the_draw_again) {
    json_t *first = draw("count=10");
    char query[128];
    snprintf(query, sizeof(query), "count=10&seed=%s", json_text(first, "seed"));
    json_t *again = draw(query);
    cr_assert(json_equal(first, again));
    json_decref(again);
    json_decref(first);
}

Test(http_random, draws_differ_without_a_seed) {
    json_t *first = draw("count=20"), *second = draw("count=20");
    cr_assert_str_neq(json_text(first, "seed"), json_text(second, "seed"));
    cr_assert_not(json_equal(json_at(first, "items"), json_at(second, "items")));
    json_decref(second);
    json_decref(first);
}

Test(http_random, unseeded_draws_are_not_stored) {
    struct reply reply;
    client_get(&bank.server, "/v1/questions/random", &reply);
    char *rule = reply_header(&reply, "Cache-Control");
    cr_assert_str_eq(rule, "no-store");
    cr_expect(reply_has(&reply, "Vary", NULL), "no cache has to know: %s", reply.headers);
    free(rule);
    reply_free(&reply);
    client_get(&bank.server, "/v1/questions/random?seed=a", &reply);
    cr_expect(reply_has(&reply, "Vary", "Accept, Accept-Encoding"), "%s", reply.headers);
    rule = reply_header(&reply, "Cache-Control");
    cr_assert_str_eq(rule, "no-cache");
    free(rule);
    reply_free(&reply);
}

Test(http_random, excluded_questions_are_never_drawn) {
    char query[1024] = "count=50";
    for (int i = 0; i < 57; i++) {
        size_t used = strlen(query);
        snprintf(query + used, sizeof(query) - used, "&exclude=q%d", i);
    }
    json_t *json = draw(query);
    cr_assert_eq(json_number(json, "requested"), 50);
    cr_assert_eq(json_number(json, "returned"), 3);
    cr_assert_eq(json_number(json, "available"), 3);
    expect_distinct(json);
    json_t *item;
    size_t i;
    json_array_foreach(json_at(json, "items"), i, item) {
        cr_expect_geq(strtoul(json_text(item, "id") + 1, NULL, 10), 57);
    }
    json_decref(json);
}

Test(http_random, ids_that_are_unknown_exclude_nothing) {
    json_t *json = draw("exclude=long-gone");
    cr_assert_eq(json_number(json, "available"), COUNT);
    json_decref(json);
}

Test(http_random, filter_that_leaves_nothing_draws_nothing) {
    json_t *json = draw("difficulty=hard&count=5");
    cr_assert_eq(json_number(json, "requested"), 5);
    cr_assert_eq(json_number(json, "returned"), 0);
    cr_assert_eq(json_number(json, "available"), 0);
    cr_assert_eq(json_array_size(json_at(json, "items")), 0);
    json_decref(json);
}

/* GETs the target with `count` exclusions of ids that are `length` long. */
static void exclude(int count, int length, struct reply *ret_reply) {
    char *target = NULL;
    size_t size;
    FILE *out = open_memstream(&target, &size);
    fputs("/v1/questions/random?count=50&seed=s", out);
    for (int i = 0; i < count; i++) fprintf(out, "&exclude=%0*d", length, i);
    fclose(out);
    client_get(&bank.server, target, ret_reply);
    free(target);
}

/* What the contract promises must fit into a connection's memory. */
Test(http_random, as_many_exclusions_as_allowed) {
    struct reply reply;
    exclude(250, QUESTION_ID_DERIVED, &reply);
    cr_assert_eq(reply.status, 200);
    reply_free(&reply);
    exclude(251, QUESTION_ID_DERIVED, &reply);
    cr_assert_eq(reply.status, 400);
    cr_assert_str_eq(json_text(reply.json, "parameter"), "exclude");
    reply_free(&reply);
}

/* The headers of a browser come on top: 40 bytes each, twice as many as browsers send. */
Test(http_random, as_many_exclusions_as_allowed_from_a_browser) {
    int connection = client_connect(&bank.server);
    client_send(connection, "GET /v1/questions/random?seed=s");
    for (int i = 0; i < 250; i++) client_send(connection, "&exclude=0123456789");
    client_send(connection, " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    for (int i = 0; i < 30; i++) {
        client_send(connection, "Sec-Header-Of-It: 0123456789abcdefghij\r\n");
    }
    client_send(connection, "\r\n");
    char *reply = client_receive(connection, NULL);
    cr_assert_eq(strncmp(reply, "HTTP/1.1 200 ", 13), 0, "%.200s", reply);
    free(reply);
    close(connection);
}

/* Ids that authors gave may be longer than a request may be long: the client is told. */
Test(http_random, exclusions_that_do_not_fit_are_refused) {
    struct reply reply;
    exclude(100, QUESTION_ID_MAX, &reply);
    cr_assert_eq(reply.status, 200);
    reply_free(&reply);
    exclude(250, QUESTION_ID_MAX, &reply);
    cr_assert_eq(reply.status, 414);
    reply_free(&reply);
}

Test(http_random, values_that_are_not_allowed) {
    static const struct {
        const char *query, *parameter;
    } cases[] = {
        {"count=0", "count"},
        {"count=51", "count"},
        {"count=", "count"},
        {"count=1&count=2", "count"},
        {"seed=", "seed"},
        {"seed=a.b", "seed"},
        {"seed=a&seed=b", "seed"},
        {"exclude=q1,q2", "exclude"},
        {"exclude=", "exclude"},
        {"section=none", "section"},
        {"source=none", "source"},
        {"difficulty=x", "difficulty"},
        {"has_answer=x", "has_answer"},
        {"limit=1", "limit"},
        {"cursor=x", "cursor"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char target[128];
        snprintf(target, sizeof(target), "/v1/questions/random?%s", cases[i].query);
        json_t *problem = client_get_json(&bank.server, 400, target);
        cr_expect_str_eq(json_text(problem, "parameter"), cases[i].parameter, "%s", target);
        json_decref(problem);
    }
}

/* Reads a whole draw of ten, and adds its seed, which no other has. */
static void expect_draw(int connection, json_t *seeds) {
    char *reply = client_receive(connection, NULL), *body = strstr(reply, "\r\n\r\n");
    cr_assert_not_null(body, "%s", reply);
    json_t *json = json_loads(body, 0, NULL);
    cr_assert_not_null(json, "%s", reply);
    cr_expect_eq(reply[strlen(reply) - 1], '\n');
    cr_expect_eq(json_array_size(json_at(json, "items")), 10);
    expect_distinct(json);
    cr_expect_null(json_object_get(seeds, json_text(json, "seed")));
    json_object_set_new(seeds, json_text(json, "seed"), json_true());
    json_decref(json);
    free(reply);
}

/* Some hang up, some want no body, some are asked for by a page or to go on: each of the others
 * gets a draw of its own. */
Test(http_random, draws_on_many_connections_are_whole) {
    enum { CONNECTIONS = 60, TURNS = 5 };
    static const char draw_of_ten[] = "GET /v1/questions/random?count=10 HTTP/1.1\r\nHost: x\r\n";
    static const char *const ends[] = {
        "Connection: close\r\n\r\n", "\r\n", "Origin: http://a\r\nConnection: close\r\n\r\n",
        "Connection: close\r\n\r\n", "Accept-Encoding: gzip\r\n\r\n"};
    json_t *seeds = json_object();
    for (int turn = 0; turn < TURNS; turn++) {
        int connections[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            connections[i] = client_connect(&bank.server);
            cr_assert_geq(connections[i], 0);
            client_send(connections[i], draw_of_ten);
            client_send(connections[i], ends[i % 5]);
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            if (strstr(ends[i % 5], "close") != NULL) expect_draw(connections[i], seeds);
            close(connections[i]);
        }
    }
    cr_expect_eq(json_object_size(seeds), CONNECTIONS * TURNS * 3 / 5);
    json_decref(seeds);
}

static void expect_draw_fields(const char *method, const char *target, const char *field,
                               const char *allowed_origin) {
    struct reply reply;
    client_ask(&bank.server, method, target, (const char *const[]){field, NULL}, &reply);
    cr_expect_eq(reply.status, 200);
    cr_expect(reply_has(&reply, "Content-Type", "application/json"), "%s", reply.headers);
    cr_expect(reply_has(&reply, "Cache-Control", "no-store"), "%s", reply.headers);
    cr_expect(reply_has(&reply, "X-Content-Type-Options", "nosniff"), "%s", reply.headers);
    cr_expect(reply_has(&reply, "ETag", NULL), "%s", reply.headers);
    cr_expect(reply_has(&reply, "Access-Control-Allow-Origin", allowed_origin), "%s",
              reply.headers);
    reply_free(&reply);
}

/* Whatever one asks for in its head changes nothing for who comes next. */
Test(http_random, draws_have_the_fields_of_their_own_request) {
    static const char target[] = "/v1/questions/random?count=10";
    for (int turn = 0; turn < 5; turn++) {
        expect_draw_fields("GET", target, NULL, NULL);
        expect_draw_fields("GET", target, "Origin: http://a", "*");
        expect_draw_fields("HEAD", target, NULL, NULL);
        expect_draw_fields("GET", target, "Accept-Encoding: gzip", NULL);
    }
}
