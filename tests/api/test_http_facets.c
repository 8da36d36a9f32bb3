/* GET /v1/questions?facets=… */
#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;

static void set_up(void) {
    bank_start(&bank);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_facets, .init = set_up, .fini = tear_down);

static json_t *get_facets(const char *query) {
    char target[256];
    snprintf(target, sizeof(target), "/v1/questions?%s", query);
    json_t *page = client_get_json(&bank.server, 200, target);
    json_t *facets = json_incref(json_at(page, "facets"));
    cr_assert_not_null(facets, "%s", query);
    json_decref(page);
    return facets;
}

static void expect_counts(json_t *counts, int easy, int medium, int hard) {
    cr_expect_eq(json_number(counts, "easy"), easy);
    cr_expect_eq(json_number(counts, "medium"), medium);
    cr_expect_eq(json_number(counts, "hard"), hard);
    cr_expect_eq(json_number(counts, "total"), easy + medium + hard);
}

Test(http_facets, difficulties_are_counted_under_the_filter) {
    json_t *facets = get_facets("facets=difficulty&limit=1");
    expect_counts(json_at(facets, "difficulty"), 2, 2, 2);
    cr_expect_eq(json_object_size(facets), 1);
    json_decref(facets);
    facets = get_facets("facets=difficulty&section=methods&difficulty=easy&difficulty=hard");
    expect_counts(json_at(facets, "difficulty"), 1, 0, 1);
    json_decref(facets);
}

Test(http_facets, sections_and_sources_have_id_title_and_counts) {
    json_t *facets = get_facets("facets=section,source&has_answer=true&limit=1");
    json_t *section = json_at(facets, "section.1"), *source = json_at(facets, "source.1");
    cr_expect_null(json_at(facets, "difficulty"));
    cr_expect_str_eq(json_text(section, "id"), "methods");
    cr_expect_str_eq(json_text(section, "title"), "Methods");
    expect_counts(json_at(section, "questions"), 1, 1, 0);
    cr_expect_str_eq(json_text(source, "path"), "further/beta.md");
    expect_counts(json_at(source, "questions"), 0, 1, 1);
    json_decref(facets);
}

Test(http_facets, they_are_those_of_a_search) {
    json_t *facets = get_facets("q=what&facets=difficulty&facets=section");
    expect_counts(json_at(facets, "difficulty"), 2, 1, 0);
    cr_expect_str_eq(json_text(facets, "section.0.id"), "alpha");
    json_decref(facets);
}

Test(http_facets, the_whole_bank_counts_as_its_sections_do) {
    json_t *facets = get_facets("facets=section");
    json_t *sections = client_get_json(&bank.server, 200, "/v1/sections");
    size_t i;
    json_t *section;
    json_array_foreach(json_at(sections, "items"), i, section) {
        json_t *facet = json_array_get(json_at(facets, "section"), i);
        cr_expect_str_eq(json_text(facet, "id"), json_text(section, "id"));
        cr_expect(json_equal(json_at(facet, "questions"), json_at(section, "questions")));
    }
    cr_expect_eq(json_array_size(json_at(facets, "section")), i);
    json_decref(sections);
    json_decref(facets);
}

Test(http_facets, unknown_ones_are_refused) {
    json_t *problem = client_get_json(&bank.server, 400, "/v1/questions?facets=difficulty,title");
    cr_expect_str_eq(json_text(problem, "parameter"), "facets");
    json_decref(problem);
}
