/* Answers that the server keeps: the same bytes as the first time, and only where that is right. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"
#include "tests/lib/temporary.h"

static const char *const targets[] = {
    "/",
    "/v1/questions",
    "/v1/questions?limit=2",
    "/v1/questions/alpha",
    "/v1/questions/alpha/answer",
    "/v1/questions/alpha/answer?step=1",
    "/v1/questions/random?seed=a&count=3",
    "/v1/sections",
    "/v1/stats",
    "/problems",
};
enum { TARGETS = sizeof(targets) / sizeof(targets[0]), TURNS = 8 };

/* Turns enough for each of the two workers to be asked again. */
static void expect_same_each_time(const struct server *server, const char *target) {
    struct reply first, again;
    client_get(server, target, &first);
    cr_assert_eq(first.status, 200, "%s", target);
    char *link = reply_header(&first, "Link");
    for (int turn = 0; turn < TURNS; turn++) {
        client_get(server, target, &again);
        cr_expect_eq(again.status, 200, "%s", target);
        cr_expect_str_eq(again.body, first.body, "%s", target);
        char *type = reply_header(&again, "Content-Type"), *next = reply_header(&again, "Link");
        cr_expect_str_eq(type, "application/json");
        cr_expect_str_eq(next != NULL ? next : "", link != NULL ? link : "");
        free(next);
        free(type);
        reply_free(&again);
    }
    free(link);
    reply_free(&first);
}

static void expect_same_with(const char *const *arguments) {
    struct bank bank = {.directory = temporary_create()};
    bank.database = temporary_path(bank.directory, "bank.db");
    server_import(bank.database, "tests/data/bank");
    server_start(&bank.server, bank.database, arguments);
    for (size_t i = 0; i < TARGETS; i++) expect_same_each_time(&bank.server, targets[i]);
    bank_stop(&bank);
}

Test(http_cache, kept_answers_are_the_same) {
    expect_same_with(NULL);
}

Test(http_cache, answers_are_the_same_where_nothing_is_kept) {
    expect_same_with((const char *const[]){"--cache-size", "0", NULL});
}

Test(http_cache, answers_are_the_same_where_next_to_nothing_is_kept) {
    expect_same_with((const char *const[]){"--cache-size", "64K", NULL});
}

static struct bank bank;

static void set_up(void) {
    bank_start(&bank);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_cache_rules, .init = set_up, .fini = tear_down);

static void expect_status(const char *method, const char *target, long status) {
    for (int turn = 0; turn < TURNS; turn++) {
        struct reply reply;
        client_request(&bank.server, method, target, NULL, &reply);
        cr_expect_eq(reply.status, status, "%s %s: %ld", method, target, reply.status);
        reply_free(&reply);
    }
}

/* Other methods on a target that is kept. */
Test(http_cache_rules, what_is_kept_is_kept_for_get_and_head) {
    expect_status("HEAD", "/v1/questions", 200);
    expect_status("GET", "/v1/questions", 200);
    expect_status("HEAD", "/v1/questions", 200);
    expect_status("POST", "/v1/questions", 405);
    expect_status("OPTIONS", "/v1/questions", 204);
    expect_status("GET", "/v1/questions", 200);
}

/* One spelling may be kept; another that means something else must not be found under it. */
Test(http_cache_rules, targets_are_told_apart_as_they_stand) {
    expect_status("GET", "/v1/questions/alpha", 200);
    expect_status("GET", "/v1/questions/alpha?x=1", 400);
    expect_status("GET", "/v1/questions/alph", 404);
    expect_status("GET", "/v1/questions/alpha/", 404);
    expect_status("GET", "/v1/questions/%61lpha", 200);
}

Test(http_cache_rules, health_is_never_kept) {
    static const char *const health[] = {"/livez", "/readyz"};
    for (size_t i = 0; i < 2; i++) {
        struct reply reply;
        client_get(&bank.server, health[i], &reply);
        char *rule = reply_header(&reply, "Cache-Control");
        cr_expect_str_eq(rule, "no-store");
        free(rule);
        reply_free(&reply);
    }
}
