/* Conditional requests (RFC 9110, section 13). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"
#include "tests/lib/temporary.h"

static struct bank bank;

static void set_up(void) {
    bank_start(&bank);
}
static void tear_down(void) {
    bank_stop(&bank);
}
TestSuite(http_etag, .init = set_up, .fini = tear_down);

static char *etag_of(const char *target) {
    struct reply reply;
    client_get(&bank.server, target, &reply);
    char *etag = reply_header(&reply, "ETag");
    reply_free(&reply);
    return etag;
}

/* The whole answer to a GET with an If-None-Match header. */
static char *ask(const char *method, const char *target, const char *if_none_match) {
    char request[512];
    snprintf(request, sizeof(request),
             "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIf-None-Match: %s\r\n\r\n",
             method, target, if_none_match);
    int connection = client_connect(&bank.server);
    cr_assert_geq(connection, 0);
    client_send(connection, request);
    char *answer = client_receive(connection, NULL);
    close(connection);
    return answer;
}

static void expect_not_modified(const char *method, const char *target, const char *if_none_match,
                                const char *etag) {
    char *answer = ask(method, target, if_none_match);
    cr_expect_eq(strncmp(answer, "HTTP/1.1 304 ", 13), 0, "%s", answer);
    cr_expect_not_null(strstr(answer, etag), "%s", answer);
    cr_expect_not_null(strstr(answer, "Cache-Control: no-cache"), "%s", answer);
    cr_expect_null(strstr(answer, "Content-Length: 0"), "%s", answer); /* RFC 9110, section 8.6 */
    const char *body = strstr(answer, "\r\n\r\n");
    cr_assert_not_null(body);
    cr_expect_str_eq(body + 4, "", "%s", answer);
    free(answer);
}

Test(http_etag, whoever_names_the_tag_gets_no_body) {
    static const char *const targets[] = {
        "/v1/questions?limit=2", "/v1/questions/alpha", "/v1/questions/alpha/answer",
        "/v1/sections",          "/v1/stats",           "/v1/questions/random?seed=a"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        char *etag = etag_of(targets[i]), list[64];
        cr_assert_not_null(etag, "%s", targets[i]);
        snprintf(list, sizeof(list), "\"other\", W/%s", etag);
        for (int turn = 0; turn < 4; turn++) { /* each worker, asked for the first time or again */
            expect_not_modified("GET", targets[i], etag, etag);
            expect_not_modified("HEAD", targets[i], list, etag);
            expect_not_modified("GET", targets[i], "*", etag);
        }
        free(etag);
    }
}

/* RFC 9110, section 5.3: several lines of a list are one list. */
Test(http_etag, tags_may_stand_in_several_lines) {
    char *etag = etag_of("/v1/questions/alpha"), lines[128];
    snprintf(lines, sizeof(lines), "\"a\"\r\nIf-None-Match: \"b\"\r\nif-none-match: %s", etag);
    expect_not_modified("GET", "/v1/questions/alpha", lines, etag);
    free(etag);
}

/* RFC 9110, section 15.4.5: what a cache has to know, and nothing about the body that is not there.
 */
Test(http_etag, a_304_updates_what_is_kept) {
    for (int turn = 0; turn < 4; turn++) {
        char *answer = ask("GET", "/v1/questions?limit=2", "*");
        static const char *const there[] = {"Date: ", "ETag: ", "Cache-Control: ", "Vary: "};
        for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++)
            cr_expect_not_null(strstr(answer, there[i]), "%s", answer);
        static const char *const gone[] = {"Content-Type: ", "Content-Encoding: ", "Link: "};
        for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++)
            cr_expect_null(strstr(answer, gone[i]), "%s", answer);
        free(answer);
    }
}

static void expect_with(const char *target, const char *field, long status) {
    for (int turn = 0; turn < 4; turn++) {
        struct reply reply;
        client_ask(&bank.server, "GET", target, (const char *const[]){field, NULL}, &reply);
        cr_expect_eq(reply.status, status, "%s: %s %ld", target, field, reply.status);
        if (status == 412) {
            cr_expect_str_eq(json_text(reply.json, "type"), "/problems/precondition-failed");
        }
        reply_free(&reply);
    }
}

Test(http_etag, if_match_is_honoured) {
    char *etag = etag_of("/v1/stats"), field[64];
    snprintf(field, sizeof(field), "If-Match: %s", etag);
    expect_with("/v1/stats", field, 200);
    expect_with("/v1/stats", "If-Match: *", 200);
    expect_with("/v1/stats", "If-Match: \"other\"", 412);
    expect_with("/v1/questions/random", "If-Match: \"other\"", 412);
    snprintf(field, sizeof(field), "If-Match: W/%s", etag);
    expect_with("/v1/stats", field, 412);
    free(etag);
}

/* Section 13.2.1: where there would be no success there is nothing to compare. */
Test(http_etag, conditions_do_not_hide_problems) {
    expect_with("/v1/questions/nobody", "If-Match: \"other\"", 404);
    expect_with("/v1/questions/nobody", "If-None-Match: *", 404);
}

/* Section 13.1.3: they are passed over where there is no date to compare with. */
Test(http_etag, dates_mean_nothing) {
    expect_with("/v1/stats", "If-Modified-Since: Sat, 01 Jan 2050 00:00:00 GMT", 200);
    expect_with("/v1/stats", "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT", 200);
}

Test(http_etag, whoever_names_another_tag_gets_the_answer) {
    char *answer = ask("GET", "/v1/questions/alpha", "\"0123456789abcdef\"");
    cr_expect_eq(strncmp(answer, "HTTP/1.1 200 ", 13), 0, "%s", answer);
    cr_expect_not_null(strstr(answer, "\"id\":\"alpha\""), "%s", answer);
    free(answer);
}

Test(http_etag, different_answers_have_different_tags) {
    char *question = etag_of("/v1/questions/alpha"),
         *answer = etag_of("/v1/questions/alpha/answer");
    cr_expect_str_neq(question, answer);
    free(answer);
    free(question);
}

Test(http_etag, what_must_not_be_kept_has_no_tag) {
    static const char *const targets[] = {"/v1/questions/random", "/v1/questions?limit=0", "/none"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
        cr_expect_null(etag_of(targets[i]), "%s", targets[i]);
}
