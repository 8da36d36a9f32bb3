/* Content codings (RFC 9110, sections 8.4 and 12.5.3). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"
#include "tests/lib/decode.h"

enum { QUESTIONS = 60, TURNS = 6 };

static struct bank bank;

static void set_up(void) {
    bank_start_generated(&bank, QUESTIONS, "mark");
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_coding, .init = set_up, .fini = tear_down);

static const char *const codings[] = {"gzip", "br", "zstd"};
static const char large[] = "/v1/questions?limit=60", small[] = "/v1/questions/q0";

static void ask(const char *method, const char *target, const char *accepted,
                const char *if_none_match, struct reply *ret_reply) {
    char coding[128], tag[128];
    snprintf(coding, sizeof(coding), "Accept-Encoding: %s", accepted);
    const char *fields[] = {coding, NULL, NULL};
    if (if_none_match != NULL) {
        snprintf(tag, sizeof(tag), "If-None-Match: %s", if_none_match);
        fields[1] = tag;
    }
    client_ask(&bank.server, method, target, fields, ret_reply);
}

static void expect_length(const struct reply *reply) {
    char length[32];
    snprintf(length, sizeof(length), "%zu", reply->body_size);
    cr_expect(reply_has(reply, "Content-Length", length), "%s", reply->headers);
    cr_expect(reply_has(reply, "Transfer-Encoding", NULL), "%s", reply->headers);
}

static void expect_coded(const struct reply *reply, const char *coding, const char *plain) {
    cr_assert_eq(reply->status, 200);
    cr_assert(reply_has(reply, "Content-Encoding", coding), "%s", reply->headers);
    cr_expect(reply_has(reply, "Content-Type", "application/json"), "%s", reply->headers);
    cr_expect_lt(reply->body_size, strlen(plain) / 2);
    expect_length(reply);
    char *decoded = decode(coding, reply->body, reply->body_size);
    cr_expect_str_eq(decoded, plain);
    free(decoded);
}

Test(http_coding, large_answers_come_in_the_coding_that_was_asked_for) {
    struct reply plain;
    client_get(&bank.server, large, &plain);
    cr_expect(reply_has(&plain, "Content-Encoding", NULL), "%s", plain.headers);
    expect_length(&plain);
    for (int i = 0; i < 3; i++) {
        for (int turn = 0; turn < TURNS; turn++) {
            struct reply reply;
            ask("GET", large, codings[i], NULL, &reply);
            expect_coded(&reply, codings[i], plain.body);
            reply_free(&reply);
        }
    }
    reply_free(&plain);
}

/* What is kept for one client must not be sent to another that cannot read it. */
Test(http_coding, kept_answers_of_different_codings_are_told_apart) {
    static const char *const accepted[] = {
        "gzip", "identity", "br", "zstd;q=0.5, gzip;q=0.1", "deflate", "gzip;q=0, *;q=0"};
    static const char *const expected[] = {"gzip", NULL, "br", "zstd", NULL, NULL};
    for (int turn = 0; turn < TURNS; turn++) {
        for (int i = 0; i < 6; i++) {
            struct reply reply;
            ask("GET", large, accepted[i], NULL, &reply);
            cr_expect(reply_has(&reply, "Content-Encoding", expected[i]), "%s: %s", accepted[i],
                      reply.headers);
            reply_free(&reply);
        }
    }
}

Test(http_coding, each_coding_has_a_tag_of_its_own_and_its_304) {
    char *tags[4] = {NULL};
    static const char *const accepted[] = {"gzip", "br", "zstd", "identity"};
    for (int i = 0; i < 4; i++) {
        struct reply reply;
        ask("GET", large, accepted[i], NULL, &reply);
        tags[i] = reply_header(&reply, "ETag");
        cr_assert_not_null(tags[i], "%s", reply.headers);
        for (int j = 0; j < i; j++) cr_expect_str_neq(tags[i], tags[j]);
        reply_free(&reply);
    }
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
            struct reply reply;
            ask("GET", large, accepted[i], tags[j], &reply);
            cr_expect_eq(reply.status, i == j ? 304 : 200, "%s, %s", accepted[i], accepted[j]);
            reply_free(&reply);
        }
    }
    for (int i = 0; i < 4; i++) free(tags[i]);
}

Test(http_coding, small_answers_come_as_they_are) {
    for (int i = 0; i < 3; i++) {
        struct reply reply, again;
        ask("GET", small, codings[i], NULL, &reply);
        ask("GET", small, codings[i], NULL, &again);
        cr_expect(reply_has(&reply, "Content-Encoding", NULL), "%s", reply.headers);
        cr_expect_str_eq(json_text(reply.json, "id"), "q0");
        cr_expect_str_eq(reply.body, again.body);
        reply_free(&again);
        reply_free(&reply);
    }
}

/* Small ones say so too: the next may be large. */
Test(http_coding, caches_are_told_that_answers_vary) {
    static const char *const targets[] = {large, small, "/none",
                                          "/v1/questions/random?count=50&seed=a"};
    for (int i = 0; i < 4; i++) {
        struct reply reply;
        client_get(&bank.server, targets[i], &reply);
        char *vary = reply_header(&reply, "Vary");
        cr_expect(vary != NULL && strstr(vary, "Accept-Encoding") != NULL, "%s", reply.headers);
        free(vary);
        reply_free(&reply);
    }
}

Test(http_coding, heads_are_those_of_get) {
    for (int i = 0; i < 3; i++) {
        struct reply get, head;
        ask("GET", large, codings[i], NULL, &get);
        ask("HEAD", large, codings[i], NULL, &head);
        char *length = reply_header(&get, "Content-Length"), *tag = reply_header(&get, "ETag");
        cr_expect(reply_has(&head, "Content-Length", length), "%s", head.headers);
        cr_expect(reply_has(&head, "Content-Encoding", codings[i]), "%s", head.headers);
        cr_expect(reply_has(&head, "ETag", tag), "%s", head.headers);
        free(tag);
        free(length);
        reply_free(&head);
        reply_free(&get);
    }
}

Test(http_coding, draws_are_coded_when_they_are_large) {
    for (int i = 0; i < 3; i++) {
        struct reply one, many;
        ask("GET", "/v1/questions/random", codings[i], NULL, &one);
        ask("GET", "/v1/questions/random?count=50", codings[i], NULL, &many);
        cr_expect(reply_has(&one, "Content-Encoding", NULL), "%s", one.headers);
        cr_assert(reply_has(&many, "Content-Encoding", codings[i]), "%s", many.headers);
        cr_expect(reply_has(&many, "ETag", NULL), "%s", many.headers);
        char *decoded = decode(codings[i], many.body, many.body_size);
        cr_expect_not_null(strstr(decoded, "\"returned\":50"), "%s", decoded);
        free(decoded);
        reply_free(&many);
        reply_free(&one);
    }
}
