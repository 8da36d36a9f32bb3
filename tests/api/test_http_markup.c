/* markup and max_length: the form of every text. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static const char markdown[] = "---\ntitle: Notes on *bias*\n---\n\n"
                               "# The *bias* & $x_1$\n\n"
                               "1. Given **many** features\n"
                               "   1. [E] Why is $x^2 < 1$? {#why}\n"
                               "      - Because `a<b`.\n"
                               "      - See [this](javascript:alert(1)).\n"
                               "2. [M] What costs $5 and $6? {#costs}\n";

static struct bank bank;

static void set_up(void) {
    bank_start_markdown(&bank, markdown);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_markup, .init = set_up, .fini = tear_down);

static void expect_text(const char *target, const char *path, const char *expected) {
    json_t *json = client_get_json(&bank.server, 200, target);
    cr_expect_str_eq(json_text(json, path), expected, "%s: %s", target, json_text(json, path));
    json_decref(json);
}

Test(http_markup, every_text_of_a_question_is_in_the_markup) {
    static const struct {
        const char *markup, *question, *context, *title, *answer;
    } forms[] = {
        {"markdown", "Why is $x^2 < 1$?", "Given **many** features", "The *bias* & $x_1$",
         "- Because `a<b`.\n- See [this](javascript:alert(1))."},
        {"html", "<p>Why is <span class=\"math inline\">\\(x^2 &lt; 1\\)</span>?</p>",
         "<p>Given <strong>many</strong> features</p>",
         "The <em>bias</em> &amp; <span class=\"math inline\">\\(x_1\\)</span>",
         "<ul>\n<li>Because <code>a&lt;b</code>.</li>\n<li>See this.</li>\n</ul>"},
        {"text", "Why is x² < 1?", "Given many features", "The bias & x₁",
         "• Because a<b.\n• See this."},
        {"slack", "Why is x² &lt; 1?", "Given *many* features", "The _bias_ &amp; x₁",
         "• Because `a&lt;b`.\n• See this."},
        {"discord", "Why is x² \\< 1?", "Given **many** features", "The _bias_ & x₁",
         "- Because `a<b`.\n- See this."},
        {"telegram", "Why is x² < 1?", "Given *many* features", "The _bias_ & x₁",
         "• Because `a<b`\\.\n• See this\\."},
    };
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        char target[128];
        snprintf(target, sizeof(target), "/v1/questions/why?markup=%s&include=answer",
                 forms[i].markup);
        expect_text(target, "question", forms[i].question);
        expect_text(target, "context.0", forms[i].context);
        expect_text(target, "section.title", forms[i].title);
        expect_text(target, "answer.text", forms[i].answer);
        snprintf(target, sizeof(target), "/v1/questions/why/answer?markup=%s", forms[i].markup);
        expect_text(target, "answer", forms[i].answer);
    }
}

Test(http_markup, lists_draws_and_steps_have_it_too) {
    expect_text("/v1/questions?markup=telegram&limit=1", "items.0.question", "Why is x² < 1?");
    expect_text("/v1/questions?markup=html&fields=question", "items.1.question",
                "<p>What costs $5 and $6?</p>");
    expect_text("/v1/questions/random?markup=slack&difficulty=easy", "items.0.question",
                "Why is x² &lt; 1?");
    expect_text("/v1/questions/daily?markup=discord&difficulty=easy", "items.0.question",
                "Why is x² \\< 1?");
    expect_text("/v1/quiz?markup=html&easy=1", "items.0.context.0",
                "<p>Given <strong>many</strong> features</p>");
    expect_text("/v1/questions?markup=text&id=why", "items.0.question", "Why is x² < 1?");
    expect_text("/v1/questions/why/answer?markup=html&step=1", "answer",
                "<ul>\n<li>Because <code>a&lt;b</code>.</li>\n</ul>");
}

Test(http_markup, titles_are_in_the_markup_wherever_they_stand) {
    static const struct {
        const char *markup, *section, *source;
    } forms[] = {
        {"markdown", "The *bias* & $x_1$", "Notes on *bias*"},
        {"html", "The <em>bias</em> &amp; <span class=\"math inline\">\\(x_1\\)</span>",
         "Notes on <em>bias</em>"},
        {"text", "The bias & x₁", "Notes on bias"},
        {"slack", "The _bias_ &amp; x₁", "Notes on _bias_"},
        {"discord", "The _bias_ & x₁", "Notes on _bias_"},
        {"telegram", "The _bias_ & x₁", "Notes on _bias_"},
    };
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        char target[128];
        snprintf(target, sizeof(target), "/v1/sections?markup=%s", forms[i].markup);
        expect_text(target, "items.1.title", forms[i].section);
        snprintf(target, sizeof(target), "/v1/stats?markup=%s", forms[i].markup);
        expect_text(target, "sources.0.title", forms[i].source);
        snprintf(target, sizeof(target), "/v1/questions?facets=section,source&markup=%s",
                 forms[i].markup);
        expect_text(target, "facets.section.1.title", forms[i].section);
        expect_text(target, "facets.source.0.title", forms[i].source);
    }
}

/* What serves as a filter elsewhere is no text. */
Test(http_markup, names_stay_as_they_are) {
    expect_text("/v1/sections?markup=telegram", "items.1.id", "the-bias-x-1");
    expect_text("/v1/stats?markup=telegram", "sources.0.path", "bank.md");
    expect_text("/v1/questions?facets=section&markup=telegram", "facets.section.1.id",
                "the-bias-x-1");
}

/* Ready questions are kept in the form that they were asked for. */
Test(http_markup, forms_are_kept_apart) {
    for (int turn = 0; turn < 4; turn++) {
        expect_text("/v1/questions?markup=text&difficulty=easy", "items.0.question",
                    "Why is x² < 1?");
        expect_text("/v1/questions?difficulty=easy", "items.0.question", "Why is $x^2 < 1$?");
        expect_text("/v1/questions/random?markup=text&max_length=5&difficulty=easy",
                    "items.0.question", "Why…");
        expect_text("/v1/questions/random?markup=text&max_length=9&difficulty=easy",
                    "items.0.question", "Why is…");
    }
}

Test(http_markup, what_is_cut_says_so) {
    json_t *page = client_get_json(&bank.server, 200,
                                   "/v1/questions?markup=text&max_length=19&include=answer");
    cr_expect_str_eq(json_text(page, "items.0.question"), "Why is x² < 1?");
    cr_expect_str_eq(json_text(page, "items.0.context.0"), "Given many features");
    cr_expect_null(json_at(page, "items.0.truncated"));
    cr_expect_str_eq(json_text(page, "items.0.answer.text"), "• Because a<b.\n…");
    cr_expect(json_is_true(json_at(page, "items.0.answer.truncated")));
    cr_expect_str_eq(json_text(page, "items.1.question"), "What costs $5 and…");
    cr_expect(json_is_true(json_at(page, "items.1.truncated")));
    json_decref(page);
    json_t *answer =
        client_get_json(&bank.server, 200, "/v1/questions/why/answer?markup=slack&max_length=21");
    cr_expect_str_eq(json_text(answer, "answer"), "• Because `a&lt;b`.\n…");
    cr_expect(json_is_true(json_at(answer, "truncated")));
    json_decref(answer);
}

Test(http_markup, the_cut_is_told_only_beside_what_is_cut) {
    json_t *page = client_get_json(
        &bank.server, 200, "/v1/questions?markup=text&max_length=5&fields=id,question&limit=2");
    cr_expect(json_is_true(json_at(page, "items.0.truncated")));
    cr_expect_str_eq(json_text(page, "items.1.id"), "costs");
    json_decref(page);
    page = client_get_json(&bank.server, 200,
                           "/v1/questions?markup=text&max_length=5&fields=id,answer&limit=2");
    cr_expect_null(json_at(page, "items.0.truncated"));
    cr_expect_str_eq(json_text(page, "items.1.id"), "costs");
    json_decref(page);
}

static void expect_refused(const char *target, const char *parameter, const char *words) {
    json_t *problem = client_get_json(&bank.server, 400, target);
    cr_expect_str_eq(json_text(problem, "parameter"), parameter, "%s", target);
    cr_expect_not_null(strstr(json_text(problem, "detail"), words), "%s: %s", target,
                       json_text(problem, "detail"));
    json_decref(problem);
}

Test(http_markup, what_makes_no_sense_is_refused) {
    expect_refused("/v1/questions?markup=HTML", "markup", "markdown, html, text, slack");
    expect_refused("/v1/questions/why?markup=", "markup", "markdown, html, text, slack");
    expect_refused("/v1/questions/why/answer?markup=rtf", "markup", "telegram");
    expect_refused("/v1/sections?markup=rtf", "markup", "telegram");
    expect_refused("/v1/stats?markup=page", "markup", "telegram");
    expect_refused("/v1/sections?markup=text&max_length=10", "max_length", "revision, markup");
    expect_refused("/v1/questions?max_length=10", "max_length", "markup=text");
    expect_refused("/v1/questions/random?markup=html&max_length=10", "max_length", "markup=text");
    expect_refused("/v1/questions?markup=text&max_length=0", "max_length", "from 1 to 1000000");
    expect_refused("/v1/questions?markup=slack&max_length=40001", "max_length", "from 1 to 40000");
    expect_refused("/v1/questions?markup=discord&max_length=2001", "max_length", "from 1 to 2000");
    expect_refused("/v1/questions?markup=telegram&max_length=x", "max_length", "from 1 to 4096");
}
