/* Answers that are pinned to a revision of the bank. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;
static char *revision;

static void set_up(void) {
    bank_start(&bank);
    revision = bank_revision(&bank);
}

static void tear_down(void) {
    free(revision);
    bank_stop(&bank);
}

TestSuite(http_revision, .init = set_up, .fini = tear_down);

static const char *const targets[] = {"/v1/questions?limit=2&", "/v1/questions/random?seed=s&",
                                      "/v1/questions/alpha?",   "/v1/questions/alpha/answer?",
                                      "/v1/sections?",          "/v1/stats?"};
enum { TARGETS = sizeof(targets) / sizeof(targets[0]) };

static void get_pinned(const char *target, const char *to, struct reply *ret_reply) {
    char pinned[256];
    snprintf(pinned, sizeof(pinned), "%srevision=%s", target, to);
    client_get(&bank.server, pinned, ret_reply);
}

static void expect_mismatch(const char *target, const char *to, const char *detail) {
    struct reply reply;
    get_pinned(target, to, &reply);
    cr_assert_eq(reply.status, 409, "%s: %s", target, reply.body);
    cr_expect_str_eq(json_text(reply.json, "type"), "/problems/revision-mismatch");
    cr_expect_str_eq(json_text(reply.json, "parameter"), "revision");
    cr_expect_not_null(strstr(json_text(reply.json, "detail"), detail), "%s", reply.body);
    cr_expect(reply_has(&reply, "Cache-Control", "no-cache"), "%s", reply.headers);
    reply_free(&reply);
}

static void expect_pinned(const char *target, const char *cache_control) {
    struct reply reply;
    get_pinned(target, revision, &reply);
    cr_expect_eq(reply.status, 200, "%s: %s", target, reply.body);
    cr_expect(reply_has(&reply, "Cache-Control", cache_control), "%s: %s", target, reply.headers);
    reply_free(&reply);
}

Test(http_revision, what_it_stands_for_is_answered_for_ever) {
    static const char *const lasting[] = {"/v1/questions?",
                                          "/v1/questions?fields=id&facets=section&",
                                          "/v1/questions/random?seed=s&",
                                          "/v1/questions/alpha?",
                                          "/v1/questions?id=alpha&",
                                          "/v1/questions/alpha/answer?",
                                          "/v1/sections?"};
    for (size_t i = 0; i < sizeof(lasting) / sizeof(lasting[0]); i++)
        expect_pinned(lasting[i], "max-age=31536000, immutable");
}

/* Where questions lie in which file, and what was there before. */
Test(http_revision, what_it_does_not_stand_for_is_asked_for_again) {
    static const char *const passing[] = {
        "/v1/questions?fields=id&source=alpha.md&", "/v1/questions?fields=id&facets=source&",
        "/v1/questions?fields=id&updated_since=2020-01-01T00:00:00Z&",
        "/v1/questions?id=alpha&id=unknown&fields=id&", "/v1/stats?"};
    for (size_t i = 0; i < sizeof(passing) / sizeof(passing[0]); i++)
        expect_pinned(passing[i], "no-cache");
}

/* A search that looks at some of its hits only sees those first that came in first. */
Test(http_revision, it_does_not_stand_for_some_hits_of_many) {
    char *markdown = bank_generate(3100, "many");
    bank_replace(&bank, markdown);
    bank_await_change(&bank, revision);
    free(revision);
    revision = bank_revision(&bank);
    expect_pinned("/v1/questions?q=many&fields=id&", "no-cache");
    expect_pinned("/v1/questions?q=77&fields=id&", "max-age=31536000, immutable");
    free(markdown);
}

/* The same questions, one of them in another line. */
Test(http_revision, a_line_moves_without_it) {
    bank_replace(&bank, "# [E] Why? {#why}\n");
    bank_await_change(&bank, revision);
    free(revision);
    revision = bank_revision(&bank);
    char *before = NULL;
    struct reply reply;
    get_pinned("/v1/questions/why?", revision, &reply);
    cr_expect_eq(json_number(reply.json, "source.line"), 1);
    before = reply_header(&reply, "ETag");
    reply_free(&reply);
    bank_replace(&bank, "\n\n# [E] Why? {#why}\n");
    for (long long line = 1; line == 1;) {
        get_pinned("/v1/questions/why?", revision, &reply);
        cr_assert_eq(reply.status, 200, "%s", reply.body);
        line = json_number(reply.json, "source.line");
        cr_expect_eq(reply_has(&reply, "ETag", before), line == 1);
        reply_free(&reply);
        usleep(10000);
    }
    free(before);
}

Test(http_revision, another_one_is_a_conflict_that_names_the_current) {
    for (size_t i = 0; i < TARGETS; i++) expect_mismatch(targets[i], "0123456789abcdef", revision);
}

Test(http_revision, what_is_no_revision_is_refused) {
    static const char *const wrong[] = {
        "", "1", "0123456789ABCDEF", "0123456789abcdeg", "*", "0123456789abcdef0"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct reply reply;
        get_pinned("/v1/stats?", wrong[i], &reply);
        cr_expect_eq(reply.status, 400, "%s: %s", wrong[i], reply.body);
        cr_expect_str_eq(json_text(reply.json, "parameter"), "revision");
        reply_free(&reply);
    }
}

Test(http_revision, a_draw_without_a_seed_stays_a_new_one_each_time) {
    struct reply reply;
    get_pinned("/v1/questions/random?", revision, &reply);
    cr_expect_eq(reply.status, 200);
    cr_expect(reply_has(&reply, "Cache-Control", "no-store"), "%s", reply.headers);
    reply_free(&reply);
}

Test(http_revision, links_lead_on_in_the_same_revision) {
    struct reply reply;
    get_pinned("/v1/questions?limit=2&", revision, &reply);
    char *link = reply_header(&reply, "Link");
    cr_expect(link != NULL && strstr(link, revision) != NULL, "%s", reply.headers);
    free(link);
    reply_free(&reply);
}

Test(http_revision, problems_are_not_for_ever) {
    struct reply reply;
    get_pinned("/v1/questions/nobody?", revision, &reply);
    cr_expect_eq(reply.status, 404);
    cr_expect(reply_has(&reply, "Cache-Control", "no-cache"), "%s", reply.headers);
    reply_free(&reply);
}

/* What was kept for the old one must not be served for it any more. */
Test(http_revision, an_import_makes_the_old_one_a_conflict) {
    struct reply reply;
    for (int turn = 0; turn < 4; turn++) {
        get_pinned("/v1/stats?", revision, &reply);
        cr_assert_eq(reply.status, 200);
        reply_free(&reply);
    }
    bank_replace(&bank, "# [E] Why? {#why}\n\nBecause.\n");
    bank_await_change(&bank, revision);
    char *current = bank_revision(&bank);
    for (int turn = 0; turn < 4; turn++) expect_mismatch("/v1/stats?", revision, current);
    free(current);
}
