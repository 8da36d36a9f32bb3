/* GET /v1/questions?q=… */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;

static const char markdown[] =
    "# [E] What is the hinge loss? {#hinge}\n\nIt is convex: CANARY.\n\n"
    "# Losses\n\n"
    "1. [H] Why is a loss function that is not convex hard? {#hard}\n   1. Many valleys.\n"
    "2. Given the function of a loss\n   1. [M] Who needs it? {#who}\n\n      A CANARY.\n"
    "# Models\n\n"
    "- [M] Does <b>entropy</b> & \"Entropie\" grow? {#grow}\n\n  It is a loss of a kind.\n"
    "- [E] What is entropy? {#entropy}\n\n  Disorder.\n";

static void set_up(void) {
    bank_start_markdown(&bank, markdown);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_search, .init = set_up, .fini = tear_down);

/* The ids of a page, in order, each with a blank behind it, and that the total is theirs. */
static void expect_ids(const char *query, const char *expected) {
    char target[256], actual[256] = "";
    snprintf(target, sizeof(target), "/v1/questions?%s", query);
    json_t *page = client_get_json(&bank.server, 200, target), *item;
    size_t i;
    json_array_foreach(json_at(page, "items"), i, item) {
        strcat(strcat(actual, json_text(item, "id")), " ");
    }
    cr_expect_str_eq(actual, expected, "%s: %s", query, actual);
    cr_expect_eq((size_t)json_number(page, "total"), i);
    cr_expect(json_is_true(json_at(page, "total_is_exact")));
    json_decref(page);
}

Test(http_search, words_are_found_in_questions_contexts_and_sections) {
    expect_ids("q=hinge", "hinge ");
    expect_ids("q=LOSS", "hinge hard who ");
    expect_ids("q=losses", "hard who ");
    expect_ids("q=loss+function", "hard who ");
    expect_ids("q=%22loss%20function%22", "hard ");
    expect_ids("q=entr*", "grow entropy ");
    expect_ids("q=entropy%20-grow", "entropy ");
    expect_ids("q=nowhere", "");
}

Test(http_search, places_can_be_chosen) {
    expect_ids("q=losses&in=section", "hard who ");
    expect_ids("q=losses&in=question,context", "");
    expect_ids("q=function&in=context", "who ");
    expect_ids("q=function&in=question&in=context", "hard who ");
}

Test(http_search, answers_are_searched_on_request_alone) {
    expect_ids("q=valleys", "");
    expect_ids("q=valleys&in=answer", "hard ");
    expect_ids("q=convex&in=answer", "hard hinge ");
    expect_ids("q=loss&in=question&in=answer", "hinge hard grow ");
}

Test(http_search, questions_and_answers_are_searched_as_one) {
    expect_ids("q=hinge+convex", "");
    expect_ids("q=hinge+convex&in=answer", "hinge ");
    expect_ids("q=hard+losses+valleys&in=answer", "hard ");
    expect_ids("q=hard+losses+valleys&in=question,answer", "");
    expect_ids("q=loss+-convex&in=answer", "who grow ");
    expect_ids("q=%22many+valleys%22&in=answer", "hard ");
    expect_ids("q=%22valleys+many%22&in=answer", "");
}

/* Which answers have a word is something about many answers at once. */
Test(http_search, answers_are_not_searched_where_they_leave_one_by_one) {
    server_stop(&bank.server);
    server_start(&bank.server, bank.database, (const char *const[]){"--no-bulk-answers", NULL});
    static const char *const refused[] = {"q=convex&in=answer", "q=convex&in=question,answer"};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        char target[64];
        snprintf(target, sizeof(target), "/v1/questions?%s", refused[i]);
        json_t *problem = client_get_json(&bank.server, 403, target);
        cr_expect_str_eq(json_text(problem, "type"), "/problems/bulk-answers-disabled");
        cr_expect_str_eq(json_text(problem, "parameter"), "in");
        json_decref(problem);
    }
    expect_ids("q=convex", "hard ");
    expect_ids("q=convex&in=question", "hard ");
}

Test(http_search, filters_and_orders_go_with_it) {
    expect_ids("q=loss&difficulty=hard&difficulty=easy", "hinge hard ");
    expect_ids("q=entropy&sort=relevance", "entropy grow ");
    expect_ids("q=entropy&sort=position", "grow entropy ");
    expect_ids("q=loss&sort=-difficulty", "hard who hinge ");
    expect_ids("q=loss&sort=-id", "who hinge hard ");
    expect_ids("q=loss&section=models", "");
}

/* One walk for each order, a hit at a time; each comes once, in the order of the whole. */
Test(http_search, pages_follow_each_other_in_every_order) {
    static const char *const sorts[] = {"relevance", "position", "-id", "difficulty",
                                        "random&seed=7"};
    for (size_t i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++) {
        char list[128], target[256];
        snprintf(list, sizeof(list), "/v1/questions?q=loss&sort=%s", sorts[i]);
        json_t *whole = client_get_json(&bank.server, 200, list);
        snprintf(target, sizeof(target), "%s&limit=1", list);
        for (size_t hit = 0; hit < 3; hit++) {
            json_t *page = client_get_json(&bank.server, 200, target);
            cr_expect(
                json_equal(json_at(page, "items.0"), json_array_get(json_at(whole, "items"), hit)));
            cr_assert_eq(json_at(page, "next_cursor") == NULL, hit == 2);
            if (hit < 2)
                snprintf(target, sizeof(target), "%s&limit=1&cursor=%s", list,
                         json_text(page, "next_cursor"));
            json_decref(page);
        }
        json_decref(whole);
    }
}

static void expect_refused(const char *query, const char *parameter) {
    char target[1024];
    snprintf(target, sizeof(target), "/v1/questions?%s", query);
    json_t *problem = client_get_json(&bank.server, 400, target);
    cr_expect_str_eq(json_text(problem, "parameter"), parameter, "%s", query);
    json_decref(problem);
}

Test(http_search, what_cannot_be_searched_is_refused) {
    expect_refused("q=", "q");
    expect_refused("q=%20", "q");
    expect_refused("q=%3F", "q");
    expect_refused("q=-loss", "q");
    expect_refused("q=a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a", "q");
    expect_refused("q=los*&in=answer", "q");
    expect_refused("q=a&q=b", "q");
    expect_refused("q=loss&in=", "in");
    expect_refused("q=loss&in=title", "in");
    expect_refused("in=answer", "in");
    expect_refused("sort=relevance", "sort");
    expect_refused("q=loss&sort=-relevance", "sort");
}

/* No text is a mistake of the engine's, nor quietly nothing. */
Test(http_search, the_engines_language_is_text) {
    static const char *const texts[] = {"hinge)", "(hinge",     "hinge%22", "%22hinge", "{hinge}",
                                        "^hinge", "hinge%3B--", "'hinge'",  "hinge%5C", "hinge:"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        char query[64];
        snprintf(query, sizeof(query), "q=%s", texts[i]);
        expect_ids(query, "hinge ");
    }
    expect_ids("q=hinge+AND+loss", "");
    expect_ids("q=question:hinge", "");
}

Test(http_search, the_cursor_of_another_search_is_refused) {
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions?q=loss&limit=1");
    static const char *const others[] = {"", "q=entropy&", "q=loss&in=answer&",
                                         "q=loss&sort=position&"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        char query[256];
        snprintf(query, sizeof(query), "%scursor=%s", others[i], json_text(page, "next_cursor"));
        expect_refused(query, "cursor");
    }
    json_decref(page);
}

/* ---- highlights -------------------------------------------------------------------------------
 */

static void expect_highlight(const char *query, const char *expected) {
    char target[256];
    snprintf(target, sizeof(target), "/v1/questions?limit=1&%s", query);
    json_t *page = client_get_json(&bank.server, 200, target);
    json_t *highlight = json_at(page, "items.0.highlight");
    char *text =
        highlight != NULL ? json_dumps(highlight, JSON_COMPACT | JSON_ENCODE_ANY) : strdup("none");
    cr_expect_str_eq(text, expected, "%s: %s", query, text);
    free(text);
    json_decref(page);
}

Test(http_search, hits_show_where_the_words_stand) {
    expect_highlight("q=hinge", "[{\"text\":\"What is the \",\"match\":false},"
                                "{\"text\":\"hinge\",\"match\":true},"
                                "{\"text\":\" loss?\",\"match\":false}]");
    expect_highlight("q=entropie", "[{\"text\":\"Does <b>entropy</b> & \\\"\",\"match\":false},"
                                   "{\"text\":\"Entropie\",\"match\":true},"
                                   "{\"text\":\"\\\" grow?\",\"match\":false}]");
}

Test(http_search, what_was_found_elsewhere_has_no_highlight) {
    expect_highlight("q=losses", "none");
    expect_highlight("q=valleys&in=answer", "none");
    expect_highlight("q=function&in=context", "none");
}

/* Every text in the markup asked for, and none is broken by a mark. */
Test(http_search, highlights_come_in_the_markup) {
    expect_highlight("q=entropie&markup=html",
                     "\"<p>Does &lt;b&gt;entropy&lt;/b&gt; &amp; &quot;<mark>Entropie</mark>&quot; "
                     "grow?</p>\"");
    expect_highlight("q=hinge&markup=text", "[{\"text\":\"What is the \",\"match\":false},"
                                            "{\"text\":\"hinge\",\"match\":true},"
                                            "{\"text\":\" loss?\",\"match\":false}]");
    expect_highlight("q=%22loss+function%22&markup=slack",
                     "\"Why is a *loss function* that is not convex hard?\"");
    expect_highlight("q=loss&markup=discord&max_length=16&sort=id", "\"…a **loss**…\"");
    expect_highlight("q=entropy&markup=telegram&sort=position",
                     "\"Does <b\\\\>*entropy*</b\\\\> & \\\"Entropie\\\" grow?\"");
    expect_highlight("q=losses&markup=html", "none");
    expect_highlight("q=hinge&markup=slack&max_length=3", "none");
}

Test(http_search, fields_may_leave_the_highlight_out_or_alone) {
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions?q=hinge&fields=id,question");
    cr_expect_null(json_at(page, "items.0.highlight"));
    json_decref(page);
    page = client_get_json(&bank.server, 200, "/v1/questions?q=hinge&fields=highlight");
    cr_expect_eq(json_object_size(json_at(page, "items.0")), 1);
    cr_expect_not_null(json_at(page, "items.0.highlight"));
    json_decref(page);
}

/* The word that was found in the answer is nowhere in the hit. */
Test(http_search, hits_in_answers_do_not_show_them) {
    struct reply reply;
    client_get(&bank.server, "/v1/questions?q=canary&in=answer", &reply);
    cr_expect_eq(json_number(reply.json, "total"), 2);
    cr_expect_null(strstr(reply.body, "CANARY"));
    cr_expect_null(strcasestr(reply.body, "canary"));
    reply_free(&reply);
}
