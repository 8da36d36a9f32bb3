/* Pages instead of JSON, for who asks for them with Accept. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static const char markdown[] = "# Bias & more\n\n"
                               "1. Given **many** features\n"
                               "   1. [E] Why is $x^2 < 1$? {#why}\n"
                               "      - Because `a<b`.\n"
                               "      - Of <script>c</script>.\n"
                               "2. [M] What then? {#then}\n";

static struct bank bank;

static void set_up(void) {
    bank_start_markdown(&bank, markdown);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_pages, .init = set_up, .fini = tear_down);

static void get(const char *accept, const char *host, const char *target, struct reply *reply) {
    char accept_line[128], host_line[128];
    snprintf(accept_line, sizeof(accept_line), "Accept: %s", accept);
    snprintf(host_line, sizeof(host_line), "Host: %s", host);
    client_ask(&bank.server, "GET", target, (const char *const[]){accept_line, host_line, NULL},
               reply);
}

static void expect_page(const char *accept, const char *target, const char *type,
                        const char *expected) {
    struct reply reply;
    get(accept, "example.org:8080", target, &reply);
    cr_expect_eq(reply.status, 200, "%s", target);
    cr_expect(reply_has(&reply, "Content-Type", type), "%s: %s", target, reply.headers);
    bool kept = !reply_has(&reply, "Cache-Control", "no-store");
    cr_expect(reply_has(&reply, "Vary", kept ? "Accept, Accept-Encoding" : NULL), "%s",
              reply.headers);
    cr_expect_str_eq(reply.body, expected, "%s: %s", target, reply.body);
    reply_free(&reply);
}

#define TEXT "text/plain; charset=utf-8"

Test(http_pages, text_is_for_a_terminal) {
    static const char why[] =
        "easy · Bias & more\n\nGiven many features\n\nWhy is x² < 1?\n\n"
        "curl -H 'Accept: text/plain' example.org:8080/v1/questions/why/answer\n";
    expect_page("text/plain", "/v1/questions/why", TEXT, why);
    expect_page("text/plain", "/v1/questions/random?difficulty=easy", TEXT, why);
    expect_page("text/plain", "/v1/questions/why/answer", TEXT,
                "• Because a<b.\n• Of <script>c</script>.\n");
    expect_page("text/plain", "/v1/questions/why/answer?step=1", TEXT,
                "• Because a<b.\n\ncurl -H 'Accept: text/plain' "
                "'example.org:8080/v1/questions/why/answer?step=2'\n");
    expect_page("text/plain", "/v1/questions/then", TEXT,
                "medium · Bias & more\n\nWhat then?\n\nThere is no answer.\n");
    expect_page("text/plain", "/v1/questions?difficulty=hard", TEXT, "No question is like that.\n");
    expect_page("text/plain", "/v1/questions/why?include=answer&fields=answer", TEXT,
                "• Because a<b.\n• Of <script>c</script>.\n");
}

Test(http_pages, days_and_quizzes_have_pages_too) {
    expect_page("text/plain", "/v1/questions/daily?date=2026-03-01&difficulty=medium&tz=UTC", TEXT,
                "2026-03-01\n\nmedium · Bias & more\n\nWhat then?\n\nThere is no answer.\n");
    expect_page("text/plain", "/v1/quiz?medium=1", TEXT,
                "medium · Bias & more\n\nWhat then?\n\nThere is no answer.\n");
}

Test(http_pages, lists_lead_to_their_next_page) {
    static const struct {
        const char *accept, *words;
    } kinds[] = {
        {"text/plain", "curl -H 'Accept: text/plain' 'example.org:8080/v1/questions?limit"},
        {"text/markdown", "[More questions](/v1/questions?limit=1&cursor="},
        {"text/html", "<a href=\"/v1/questions?limit=1&amp;cursor="}};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct reply reply;
        get(kinds[i].accept, "example.org:8080", "/v1/questions?limit=1", &reply);
        cr_expect_not_null(strstr(reply.body, kinds[i].words), "%s", reply.body);
        char *link = reply_header(&reply, "Link");
        cr_expect_not_null(link);
        free(link);
        reply_free(&reply);
        get(kinds[i].accept, "example.org:8080", "/v1/questions", &reply);
        cr_expect_null(strstr(reply.body, "ore questions"), "%s", reply.body);
        reply_free(&reply);
    }
}

Test(http_pages, markdown_has_links) {
    expect_page("text/markdown", "/v1/questions/why", "text/markdown; charset=utf-8",
                "# Question\n\n## easy · Bias & more\n\nGiven **many** features\n\n"
                "Why is $x^2 < 1$?\n\n[Answer](/v1/questions/why/answer)\n");
    expect_page("text/markdown", "/v1/questions/why/answer?step=1", "text/markdown; charset=utf-8",
                "# Answer\n\n- Because `a<b`.\n\n[Next step](/v1/questions/why/answer?step=2)\n\n"
                "[Question](/v1/questions/why)\n");
}

#define HTML "text/html; charset=utf-8"
#define POLICY "default-src 'none'; img-src *; base-uri 'none'; form-action 'none'"
#define HEAD(title)                                                                                \
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"                      \
    "<meta name=\"viewport\" content=\"width=device-width\">\n"                                    \
    "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY "\">\n"                       \
    "<title>" title " · qbank</title>\n</head>\n<body>\n<main>\n<h1>" title "</h1>\n"
#define TAIL "</main>\n</body>\n</html>\n"

Test(http_pages, html_is_complete) {
    expect_page("text/html", "/v1/questions/why", HTML,
                HEAD("Question") "<article>\n<h2>easy · Bias &amp; more</h2>\n"
                                 "<p>Given <strong>many</strong> features</p>\n"
                                 "<p>Why is <span class=\"math inline\">x² &lt; 1</span>?"
                                 "</p>\n<p><a href=\"/v1/questions/why/answer\">Answer</a></p>\n"
                                 "</article>\n" TAIL);
    expect_page("text/html", "/v1/questions/why/answer", HTML,
                HEAD("Answer") "<ul>\n<li>Because <code>a&lt;b</code>.</li>\n"
                               "<li>Of &lt;script&gt;c&lt;/script&gt;.</li>\n</ul>\n"
                               "<p><a href=\"/v1/questions/why\">Question</a></p>\n" TAIL);
    expect_page("text/html", "/v1/questions?difficulty=hard", HTML,
                HEAD("Questions") "<p>No question is like that.</p>\n" TAIL);
}

/* A part of the policy counts in the header only. */
Test(http_pages, html_may_load_images_and_nothing_else) {
    static const struct {
        const char *accept, *target, *policy;
    } cases[] = {{"text/html", "/v1/questions", POLICY "; frame-ancestors 'none'"},
                 {"text/html", "/v1/questions/why/answer", POLICY "; frame-ancestors 'none'"},
                 {"text/html", "/v1/questions/nobody", NULL},
                 {"text/plain", "/v1/questions", NULL},
                 {"*/*", "/v1/questions", NULL}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct reply reply;
        get(cases[i].accept, "a", cases[i].target, &reply);
        cr_expect(reply_has(&reply, "Content-Security-Policy", cases[i].policy), "%s %s: %s",
                  cases[i].accept, cases[i].target, reply.headers);
        reply_free(&reply);
    }
}

/* What could move the cursor, or worse. */
Test(http_pages, no_control_character_reaches_a_terminal) {
    static const char *const accepts[] = {"text/plain", "text/markdown", "text/html"};
    static const char *const targets[] = {"/v1/questions?include=answer", "/v1/questions/esc",
                                          "/v1/questions/esc/answer"};
    char *revision = bank_revision(&bank);
    bank_replace(&bank, "# A \x1b[31m\n\n- Given \x1b]0;x\x07\n  - [E] Is it\x7f\xc2\x9b"
                        "31m? {#esc}\n\n"
                        "    `\x1b[2J`\tyes\x1b[0m\n");
    bank_await_change(&bank, revision);
    for (size_t i = 0; i < 9; i++) {
        struct reply reply;
        get(accepts[i / 3], "a", targets[i % 3], &reply);
        cr_expect_eq(reply.status, 200);
        cr_expect_eq(strcspn(reply.body, "\x1b\x07\x7f\x9b"), reply.body_size, "%s %s: %s",
                     accepts[i / 3], targets[i % 3], reply.body);
        reply_free(&reply);
    }
    free(revision);
}

Test(http_pages, who_would_rather_have_json_gets_it) {
    static const char *const accepts[] = {"*/*",
                                          "application/json",
                                          "image/png",
                                          "",
                                          "text/plain;q=0.5, application/json",
                                          "text/html;q=0, */*"};
    for (size_t i = 0; i < sizeof(accepts) / sizeof(accepts[0]); i++) {
        struct reply reply;
        get(accepts[i], "a", "/v1/questions/why", &reply);
        cr_expect(reply_has(&reply, "Content-Type", "application/json"), "%s", accepts[i]);
        reply_free(&reply);
    }
}

/* Kept answers are kept for each media type. */
Test(http_pages, kinds_are_kept_apart) {
    for (int turn = 0; turn < 3; turn++) {
        struct reply reply;
        get("text/html", "a", "/v1/questions/why", &reply);
        cr_expect_not_null(strstr(reply.body, "<article>"));
        reply_free(&reply);
        get("*/*", "a", "/v1/questions/why", &reply);
        cr_expect_str_eq(json_text(reply.json, "question"), "Why is $x^2 < 1$?");
        reply_free(&reply);
    }
}

/* The Host is the client's word: it is repeated to nobody else, and only where it is harmless. */
Test(http_pages, commands_name_the_host_of_who_asks) {
    static const struct {
        const char *host, *command;
    } cases[] = {{"one.example", "text/plain' one.example/v1/questions/why/answer"},
                 {"two.example:81", "text/plain' two.example:81/v1/questions/why/answer"},
                 {"a;reboot", "\nGET /v1/questions/why/answer"},
                 {"$(reboot)", "\nGET /v1/questions/why/answer"},
                 {"-o", "\nGET /v1/questions/why/answer"},
                 {"one.example", "text/plain' one.example/v1/questions/why/answer"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct reply reply;
        get("text/plain", cases[i].host, "/v1/questions/why", &reply);
        cr_expect_not_null(strstr(reply.body, cases[i].command), "%s: %s", cases[i].host,
                           reply.body);
        reply_free(&reply);
    }
}

Test(http_pages, problems_stay_json) {
    static const char *const targets[] = {"/v1/questions/nobody", "/v1/questions?x=1",
                                          "/v1/questions/then/answer", "/nothing"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        struct reply reply;
        get("text/html", "a", targets[i], &reply);
        cr_expect(reply_has(&reply, "Content-Type", "application/problem+json"), "%s", targets[i]);
        reply_free(&reply);
    }
}

Test(http_pages, a_page_has_the_markup_of_its_type) {
    static const char *const targets[] = {"/v1/questions?markup=slack",
                                          "/v1/questions/why/answer?markup=text",
                                          "/v1/questions/random?max_length=9"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        struct reply reply;
        get("text/plain", "a", targets[i], &reply);
        cr_expect_eq(reply.status, 400, "%s", targets[i]);
        cr_expect_not_null(strstr(json_text(reply.json, "detail"), "a page is in the markup"));
        reply_free(&reply);
    }
}
