#include "server/parameters.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/client.h"

/* The request of a query, freed with the target. */
static struct request with_query(const char *query) {
    struct request request = {0};
    char *raw;
    cr_assert(asprintf(&raw, "/?%s", query) > 0);
    cr_assert_eq(target_parse(raw, &request.target), TARGET_OK);
    free(raw);
    return request;
}

static enum problem read_number(const char *query, unsigned *ret_number,
                                struct response *response) {
    struct request request = with_query(query);
    enum problem problem = parameter_number(&request, response, "limit", 1, 100, 20, ret_number);
    target_free(&request.target);
    return problem;
}

Test(parameters, number_within_its_range) {
    struct response response = {0};
    unsigned number;
    cr_assert_eq(read_number("limit=1", &number, &response), PROBLEM_NONE);
    cr_assert_eq(number, 1);
    cr_assert_eq(read_number("limit=100", &number, &response), PROBLEM_NONE);
    cr_assert_eq(number, 100);
    cr_assert_eq(read_number("limit=007", &number, &response), PROBLEM_NONE);
    cr_assert_eq(number, 7);
    cr_assert_eq(read_number("other=3", &number, &response), PROBLEM_NONE);
    cr_assert_eq(number, 20);
}

Test(parameters, number_out_of_range_or_no_number_is_refused) {
    static const char *const wrong[] = {
        "limit=0",   "limit=101", "limit=",           "limit=-1",
        "limit=+5",  "limit=1.0", "limit=5x",         "limit=%205",
        "limit=0x5", "limit",     "limit=4294967297", "limit=99999999999999999999"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct response response = {0};
        unsigned number = 55;
        cr_expect_eq(read_number(wrong[i], &number, &response), PROBLEM_INVALID_PARAMETER, "%s",
                     wrong[i]);
        cr_expect_eq(number, 55);
        cr_expect_str_eq(response.parameter, "limit");
        cr_expect_not_null(strstr(response.detail, "from 1 to 100"), "%s", response.detail);
        response_free(&response);
    }
}

/* The refused value is repeated, but never in full length nor cut within a character. */
Test(parameters, refused_values_are_cut_between_characters) {
    for (size_t before = 0; before < 4; before++) {
        char query[300] = "limit=";
        for (size_t i = 0; i < before; i++) strcat(query, "x");
        for (size_t i = 0; i < 20; i++) strcat(query, "%F0%9F%98%80");
        struct response response = {0};
        unsigned number;
        cr_assert_eq(read_number(query, &number, &response), PROBLEM_INVALID_PARAMETER);
        response_render(&response, PROBLEM_INVALID_PARAMETER);
        cr_expect_not_null(response.body);
        cr_expect_lt(strlen(response.detail), 120);
        response_free(&response);
    }
}

static enum problem read_seed(const char *query, char *ret_seed, struct response *response) {
    struct request request = with_query(query);
    const char *seed;
    enum problem problem = parameter_seed(&request, response, &seed);
    if (problem == PROBLEM_NONE) strcpy(ret_seed, seed != NULL ? seed : "(none)");
    target_free(&request.target);
    return problem;
}

Test(parameters, seed) {
    static const char longest[] =
        "seed=0123456789012345678901234567890123456789012345678901234567890_-A";
    struct response response = {0};
    char seed[128];
    cr_assert_eq(strlen(longest), strlen("seed=") + PARAMETERS_SEED_MAX);
    cr_assert_eq(read_seed(longest, seed, &response), PROBLEM_NONE);
    cr_assert_str_eq(seed, longest + strlen("seed="));
    cr_assert_eq(read_seed("", seed, &response), PROBLEM_NONE);
    cr_assert_str_eq(seed, "(none)");
    char too_long[sizeof(longest) + 1];
    snprintf(too_long, sizeof(too_long), "%sb", longest);
    const char *const wrong[] = {"seed=",      "seed",        "seed=a.b",
                                 "seed=a%20b", "seed=%C3%A9", too_long};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        cr_expect_eq(read_seed(wrong[i], seed, &response), PROBLEM_INVALID_PARAMETER, "%s",
                     wrong[i]);
        cr_expect_str_eq(response.parameter, "seed");
        response_free(&response);
    }
}

Test(parameters, filter_collects_what_is_repeated) {
    struct request request = with_query("difficulty=easy&section=a&difficulty=H&source=x%2Fy.md&"
                                        "section=b&exclude=q1&exclude=q2&exclude=q3&limit=9");
    struct response response = {0};
    struct question_filter filter;
    cr_assert_eq(parameters_filter(&request, &response, &filter), PROBLEM_NONE);
    cr_assert_eq(filter.difficulties, 1u << DIFFICULTY_EASY | 1u << DIFFICULTY_HARD);
    cr_assert_eq(filter.section_count, 2);
    cr_assert_str_eq(filter.sections[0], "a");
    cr_assert_str_eq(filter.sections[1], "b");
    cr_assert_eq(filter.source_count, 1);
    cr_assert_str_eq(filter.sources[0], "x/y.md");
    cr_assert_eq(filter.exclude_count, 3);
    cr_assert_str_eq(filter.exclude[2], "q3");
    cr_assert_eq(filter.answer, ANSWER_ANY);
    parameters_filter_free(&filter);
    target_free(&request.target);
}

Test(parameters, empty_filter_restricts_nothing) {
    struct request request = with_query("");
    struct response response = {0};
    struct question_filter filter;
    cr_assert_eq(parameters_filter(&request, &response, &filter), PROBLEM_NONE);
    cr_assert_eq(filter.difficulties, 0);
    cr_assert_eq(filter.section_count + filter.source_count + filter.exclude_count, 0);
    parameters_filter_free(&filter);
    target_free(&request.target);
}

static enum problem read_filter(const char *query, struct response *response,
                                enum answer_filter *ret_answer) {
    struct request request = with_query(query);
    struct question_filter filter = {0};
    enum problem problem = parameters_filter(&request, response, &filter);
    if (problem == PROBLEM_NONE) *ret_answer = filter.answer;
    parameters_filter_free(&filter);
    target_free(&request.target);
    return problem;
}

Test(parameters, has_answer_is_true_or_false) {
    struct response response = {0};
    enum answer_filter answer = ANSWER_ANY;
    cr_assert_eq(read_filter("has_answer=true", &response, &answer), PROBLEM_NONE);
    cr_assert_eq(answer, ANSWER_AVAILABLE);
    cr_assert_eq(read_filter("has_answer=false", &response, &answer), PROBLEM_NONE);
    cr_assert_eq(answer, ANSWER_MISSING);
}

Test(parameters, refused_filters_name_their_parameter) {
    static const struct {
        const char *query, *parameter, *allowed;
    } cases[] = {
        {"difficulty=trivial", "difficulty", "easy, medium or hard"},
        {"difficulty=easy,hard", "difficulty", "easy, medium or hard"},
        {"difficulty=", "difficulty", "easy, medium or hard"},
        {"has_answer=yes", "has_answer", "true or false"},
        {"exclude=a,b", "exclude", "repeat the parameter"},
        {"exclude=", "exclude", "the id of one question"},
        {"exclude=random", "exclude", "the id of one question"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct response response = {0};
        enum answer_filter answer;
        cr_expect_eq(read_filter(cases[i].query, &response, &answer), PROBLEM_INVALID_PARAMETER,
                     "%s", cases[i].query);
        cr_expect_str_eq(response.parameter, cases[i].parameter);
        cr_expect_not_null(strstr(response.detail, cases[i].allowed), "%s", response.detail);
        response_free(&response);
    }
}

Test(parameters, exclude_has_a_limit) {
    char *query = NULL;
    size_t size;
    FILE *out = open_memstream(&query, &size);
    for (int i = 0; i < PARAMETERS_EXCLUDE_MAX; i++) fprintf(out, "exclude=q%d&", i);
    fflush(out);
    struct response response = {0};
    enum answer_filter answer;
    cr_assert_eq(read_filter(query, &response, &answer), PROBLEM_NONE);
    fputs("exclude=more", out);
    fclose(out);
    cr_assert_eq(read_filter(query, &response, &answer), PROBLEM_INVALID_PARAMETER);
    cr_assert_str_eq(response.parameter, "exclude");
    response_free(&response);
    free(query);
}

Test(parameters, unknown_names_say_where_the_known_ones_are) {
    const char *const sections[] = {"a", "b"};
    const char *const sources[] = {"c.md"};
    struct question_filter filter = {
        .sections = sections, .section_count = 2, .sources = sources, .source_count = 1};
    struct response response = {0};
    cr_assert_eq(parameters_filter_problem(&filter, &response, STORE_UNKNOWN_SECTION, 1),
                 PROBLEM_INVALID_PARAMETER);
    cr_assert_str_eq(response.parameter, "section");
    cr_assert_not_null(strstr(response.detail, "'b'"));
    cr_assert_not_null(strstr(response.detail, "/v1/sections"));
    response_free(&response);
    cr_assert_eq(parameters_filter_problem(&filter, &response, STORE_UNKNOWN_SOURCE, 0),
                 PROBLEM_INVALID_PARAMETER);
    cr_assert_str_eq(response.parameter, "source");
    cr_assert_not_null(strstr(response.detail, "/v1/stats"));
    response_free(&response);
}
