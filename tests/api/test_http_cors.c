/* Pages of other origins (the Fetch standard). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_cors, .fini = tear_down);

static const char allow[] = "Access-Control-Allow-Origin";
static const char *const targets[] = {"/v1/questions",
                                      "/v1/questions/alpha/answer",
                                      "/v1/questions/random",
                                      "/v1/questions?limit=0",
                                      "/nothing",
                                      "/livez"};
enum { TARGETS = sizeof(targets) / sizeof(targets[0]), TURNS = 4 };

static void ask(const char *method, const char *target, const char *origin,
                struct reply *ret_reply) {
    char field[128] = "Origin: ";
    const char *const fields[] = {strcat(field, origin), "Access-Control-Request-Method: GET",
                                  NULL};
    client_ask(&bank.server, method, target, fields, ret_reply);
}

static void expect_origin(const char *origin, const char *allowed) {
    for (size_t i = 0; i < TARGETS; i++) {
        struct reply reply;
        ask("GET", targets[i], origin, &reply);
        cr_expect(reply_has(&reply, allow, allowed), "%s from %s: %s", targets[i], origin,
                  reply.headers);
        cr_expect(reply_has(&reply, "Access-Control-Allow-Credentials", NULL));
        reply_free(&reply);
    }
}

static bool varies_by_origin(const struct reply *reply) {
    char *vary = reply_header(reply, "Vary");
    bool varies = vary != NULL && strstr(vary, "Origin") != NULL;
    free(vary);
    return varies;
}

Test(http_cors, every_page_may_read_everything_unless_told_otherwise) {
    bank_start_with(&bank, NULL);
    for (int turn = 0; turn < TURNS; turn++) expect_origin("https://anyone.example", "*");
    struct reply reply;
    client_get(&bank.server, "/v1/questions", &reply);
    cr_expect(reply_has(&reply, allow, "*"), "caches need it without an Origin too");
    cr_expect_not(varies_by_origin(&reply), "%s", reply.headers);
    reply_free(&reply);
}

Test(http_cors, pages_may_read_the_header_fields_they_need) {
    bank_start_with(&bank, NULL);
    struct reply reply;
    client_get(&bank.server, "/v1/questions?limit=2", &reply);
    char *exposed = reply_header(&reply, "Access-Control-Expose-Headers");
    cr_assert_not_null(exposed);
    static const char *const needed[] = {"ETag", "Link", "Location", "Retry-After", "RateLimit"};
    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
        cr_expect_not_null(strstr(exposed, needed[i]), "%s", needed[i]);
    free(exposed);
    reply_free(&reply);
}

Test(http_cors, a_304_may_be_read_too) {
    bank_start_with(&bank, NULL);
    struct reply reply;
    client_ask(&bank.server, "GET", "/v1/stats",
               (const char *const[]){"Origin: https://a.example", "If-None-Match: *", NULL},
               &reply);
    cr_expect_eq(reply.status, 304);
    cr_expect(reply_has(&reply, allow, "*"), "%s", reply.headers);
    reply_free(&reply);
}

static void expect_preflight(const char *origin, const char *allowed) {
    struct reply reply;
    ask("OPTIONS", "/v1/questions/alpha", origin, &reply);
    cr_expect_eq(reply.status, 204);
    cr_expect_eq(reply.body_size, 0);
    cr_expect(reply_has(&reply, allow, allowed), "%s", reply.headers);
    bool any = allowed != NULL;
    cr_expect(reply_has(&reply, "Access-Control-Allow-Methods", any ? "GET, HEAD, OPTIONS" : NULL),
              "%s", reply.headers);
    cr_expect(reply_has(&reply, "Access-Control-Allow-Headers", any ? "*" : NULL));
    cr_expect(reply_has(&reply, "Access-Control-Max-Age", any ? "86400" : NULL));
    reply_free(&reply);
}

Test(http_cors, browsers_may_ask_first) {
    bank_start_with(&bank, NULL);
    expect_preflight("https://anyone.example", "*");
    struct reply reply;
    ask("OPTIONS", "/nothing", "https://anyone.example", &reply);
    cr_expect_eq(reply.status, 404);
    cr_expect(reply_has(&reply, allow, "*"), "%s", reply.headers);
    reply_free(&reply);
}

/* Again and again: what is kept for one origin must not be sent to another. */
Test(http_cors, a_list_lets_in_those_on_it) {
    static const char one[] = "https://quiz.example", other[] = "http://localhost:3000";
    bank_start_with(&bank,
                    (const char *const[]){"--cors-origin", one, "--cors-origin", other, NULL});
    for (int turn = 0; turn < TURNS; turn++) {
        expect_origin(one, one);
        expect_origin("https://evil.example", NULL);
        expect_origin(other, other);
        expect_origin("null", NULL);
    }
    expect_preflight(other, other);
    expect_preflight("https://evil.example", NULL);
    struct reply reply;
    client_get(&bank.server, "/v1/questions", &reply);
    cr_expect(reply_has(&reply, allow, NULL), "%s", reply.headers);
    cr_expect(varies_by_origin(&reply), "%s", reply.headers);
    reply_free(&reply);
}

Test(http_cors, it_can_be_switched_off) {
    bank_start_with(&bank, (const char *const[]){"--cors-origin", "none", NULL});
    expect_origin("https://anyone.example", NULL);
    expect_preflight("https://anyone.example", NULL);
    struct reply reply;
    client_get(&bank.server, "/v1/questions", &reply);
    cr_expect_not(varies_by_origin(&reply), "%s", reply.headers);
    reply_free(&reply);
}

/* The answer with the longest head that there is: a link, an origin and a quota, to a request whose
 * own head leaves it as little room as can be. */
static void expect_answer(const char *origin, int cookie) {
    char request[16384], *end = stpcpy(request, "GET /v1/questions?limit=1");
    for (int i = 0; i < 59; i++) end = stpcpy(end, "&difficulty=easy");
    end +=
        sprintf(end, " HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nConnection: close\r\nCookie: ", origin);
    memset(end, 'c', (size_t)cookie);
    strcpy(end + cookie, "\r\n\r\n");
    int connection = client_connect(&bank.server);
    client_send(connection, request);
    char *reply = client_receive(connection, NULL);
    close(connection);
    bool whole = strncmp(reply, "HTTP/1.1 200 ", 13) == 0 &&
                 strstr(reply, "rel=\"next\"") != NULL && strstr(reply, origin) != NULL &&
                 strstr(reply, "RateLimit: ") != NULL;
    bool refused = strstr(reply, "/problems/head-too-large") != NULL;
    cr_expect(whole || refused, "%d bytes of cookie: %s", cookie, reply);
    cr_expect(whole || cookie > 5000, "%d bytes of cookie: %s", cookie, reply);
    free(reply);
}

Test(http_cors, the_longest_head_fits) {
    char origin[256] = "https://";
    memset(origin + strlen(origin), 'a', sizeof(origin) - 1 - strlen("https://"));
    bank_start_with(
        &bank, (const char *const[]){"--cors-origin", origin, "--rate-limit", "1000000/s", NULL});
    for (int cookie = 1; cookie <= 6401; cookie += 100) expect_answer(origin, cookie);
}
