/* Rate limits: --rate-limit and --trusted-proxy. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"
#include "tests/lib/decode.h"

static struct bank bank;

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_limit, .fini = tear_down);

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void expect_quota(const struct reply *reply, unsigned remaining) {
    char *left = reply_header(reply, "RateLimit"), expected[32];
    snprintf(expected, sizeof(expected), "\"default\";r=%u;t=", remaining);
    cr_expect(left != NULL && strncmp(left, expected, strlen(expected)) == 0, "%s: %s", expected,
              reply->headers);
    cr_expect(reply_has(reply, "RateLimit-Policy", "\"default\";q=3;w=3600"), "%s", reply->headers);
    free(left);
}

static void expect_refused(const struct reply *reply) {
    cr_assert_eq(reply->status, 429);
    cr_expect_str_eq(json_text(reply->json, "type"), "/problems/rate-limited");
    expect_quota(reply, 0);
    char *after = reply_header(reply, "Retry-After");
    cr_assert_not_null(after, "%s", reply->headers);
    cr_expect(atoi(after) > 1100 && atoi(after) <= 1200, "a third of an hour: %s", after);
    free(after);
}

/* Each request may come to another worker: they count together. */
Test(http_limit, requests_over_the_limit_are_refused_with_a_problem) {
    bank_start_with(&bank, ARGUMENTS("--rate-limit", "3/h"));
    struct reply reply;
    for (unsigned left = 3; left-- > 0;) {
        client_get(&bank.server, "/v1/questions", &reply);
        cr_expect_eq(reply.status, 200);
        expect_quota(&reply, left);
        cr_expect(reply_has(&reply, "Retry-After", NULL));
        reply_free(&reply);
    }
    for (int turn = 0; turn < 4; turn++) {
        client_get(&bank.server, "/v1/questions", &reply);
        expect_refused(&reply);
        reply_free(&reply);
    }
}

Test(http_limit, problems_and_304_count_as_well) {
    bank_start_with(&bank, ARGUMENTS("--rate-limit", "3/h"));
    struct reply reply;
    client_get(&bank.server, "/nothing", &reply);
    cr_expect_eq(reply.status, 404);
    expect_quota(&reply, 2);
    reply_free(&reply);
    client_ask(&bank.server, "GET", "/v1/stats", ARGUMENTS("If-None-Match: *"), &reply);
    cr_expect_eq(reply.status, 304);
    expect_quota(&reply, 1);
    reply_free(&reply);
    client_request(&bank.server, "OPTIONS", "/v1/stats", NULL, &reply);
    cr_expect_eq(reply.status, 204);
    expect_quota(&reply, 0);
    reply_free(&reply);
    client_request(&bank.server, "HEAD", "/v1/stats", NULL, &reply);
    cr_expect_eq(reply.status, 429);
    reply_free(&reply);
}

Test(http_limit, health_is_never_refused) {
    bank_start_with(&bank, ARGUMENTS("--rate-limit", "1/h"));
    for (int turn = 0; turn < 4; turn++) {
        struct reply reply;
        client_get(&bank.server, turn % 2 == 0 ? "/livez" : "/readyz?", &reply);
        cr_expect_eq(reply.status, 200);
        cr_expect(reply_has(&reply, "RateLimit", NULL), "%s", reply.headers);
        reply_free(&reply);
    }
}

/* Without the limit's own fields, the same bytes: kept, coded or new. */
Test(http_limit, answers_are_the_same_with_a_limit) {
    bank_start_with(&bank, ARGUMENTS("--rate-limit", "1000/s"));
    struct reply first, again;
    client_get(&bank.server, "/v1/questions", &first);
    for (int turn = 0; turn < 8; turn++) {
        client_ask(&bank.server, "GET", "/v1/questions", ARGUMENTS("Accept-Encoding: gzip"),
                   &again);
        cr_assert(reply_has(&again, "Content-Encoding", "gzip"), "%s", again.headers);
        char *decoded = decode("gzip", again.body, again.body_size);
        cr_expect_str_eq(decoded, first.body);
        free(decoded);
        reply_free(&again);
        client_get(&bank.server, "/v1/questions", &again);
        char *etag = reply_header(&first, "ETag");
        cr_expect_str_eq(again.body, first.body);
        cr_expect(reply_has(&again, "ETag", etag), "%s", again.headers);
        free(etag);
        reply_free(&again);
    }
    reply_free(&first);
}

Test(http_limit, without_the_flag_there_is_none) {
    bank_start_with(&bank, NULL);
    for (int turn = 0; turn < 4; turn++) {
        struct reply reply;
        client_get(&bank.server, "/v1/questions", &reply);
        cr_expect_eq(reply.status, 200);
        cr_expect(reply_has(&reply, "RateLimit", NULL), "%s", reply.headers);
        cr_expect(reply_has(&reply, "RateLimit-Policy", NULL), "%s", reply.headers);
        reply_free(&reply);
    }
}

static void expect_from(const char *field, long status) {
    struct reply reply;
    client_ask(&bank.server, "GET", "/v1/stats", ARGUMENTS(field), &reply);
    cr_expect_eq(reply.status, status, "%s: %ld", field, reply.status);
    reply_free(&reply);
}

Test(http_limit, whoever_makes_up_addresses_gains_nothing) {
    bank_start_with(&bank, ARGUMENTS("--rate-limit", "1/h"));
    expect_from("X-Forwarded-For: 198.51.100.1", 200);
    expect_from("X-Forwarded-For: 198.51.100.2", 429);
    expect_from("Forwarded: for=198.51.100.3", 429);
}

Test(http_limit, clients_behind_a_trusted_proxy_are_told_apart) {
    bank_start_with(
        &bank, ARGUMENTS("--rate-limit", "1/h", "--trusted-proxy", "127.0.0.0/8", "--access-log"));
    expect_from("X-Forwarded-For: 198.51.100.1", 200);
    expect_from("X-Forwarded-For: 198.51.100.1", 429);
    expect_from("X-Forwarded-For: 198.51.100.1, 198.51.100.2", 200);
    expect_from("Forwarded: for=198.51.100.2", 429);
    expect_from("Forwarded: for=\"[2001:db8::1]:80\"", 200);
    expect_from("Forwarded: for=\"[2001:db8::2]\"", 429);
    free(server_await_log(&bank.server, "Z 198.51.100.2 GET /v1/stats 200 "));
    free(server_await_log(&bank.server, "Z 2001:db8::2 GET /v1/stats 429 "));
}
