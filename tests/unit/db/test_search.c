#include "db/search.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void tear_down(void) {
    bank_close(&bank);
}

static void set_up(void) {
    bank_open(&bank);
    BANK_IMPORT(
        &bank,
        SOURCE("a.md",
               {.section = "Losses", .text = "What is the hinge loss?", .answer = "Convex."},
               {.section = "Losses",
                .text = "Why is a loss function that is not convex hard, and what can be done?",
                .difficulty = DIFFICULTY_HARD},
               {.section = "Losses", .text = "Who needs it?", .context = "The function of a loss"}),
        SOURCE("b.md",
               {.section = "Models",
                .text = "Does entropy grow?",
                .answer = "It is a loss function of a kind."},
               {.section = "Models", .text = "What is entropy?", .id = "q4"}));
    bank_read(&bank);
}
TestSuite(search, .init = set_up, .fini = tear_down);

/* Expects these positions, written as digits, in this order. */
static void expect_hits(const char *text, enum search_scope scope, struct question_filter filter,
                        const char *expected) {
    struct search_result result;
    size_t index;
    char positions[16] = "";
    cr_assert_eq(store_search(bank.reader,
                              &(struct search_query){
                                  .text = text, .scope = scope, .filter = &filter, .limit = 10},
                              &result, &index),
                 STORE_OK, "%s: %s", text, store_error(bank.reader));
    for (size_t i = 0; i < result.count; i++) positions[i] = (char)('0' + result.positions[i]);
    cr_expect_str_eq(positions, expected, "%s: %s, not %s", text, positions, expected);
    cr_expect_eq(result.total, strlen(expected));
    cr_expect(result.total_is_exact);
    search_result_free(&result);
}

static void expect_found(const char *text, const char *expected) {
    expect_hits(text, SEARCH_QUESTIONS, (struct question_filter){0}, expected);
}

Test(search, every_part_of_a_question_is_searched_but_not_its_answer) {
    expect_found("hinge", "0");
    expect_found("losses", "012");
    expect_found("loss function", "12");
    expect_found("CONVÉX", "1");
    expect_found("nowhere", "");
}

Test(search, answers_are_searched_on_request_alone) {
    expect_hits("convex", SEARCH_ANSWERS, (struct question_filter){0}, "0");
    expect_hits("\"function loss\"", SEARCH_ANSWERS, (struct question_filter){0}, "3");
    expect_hits("loss* -convex", SEARCH_ANSWERS, (struct question_filter){0}, "3");
    expect_hits("entropy", SEARCH_ANSWERS, (struct question_filter){0}, "");
}

Test(search, phrases_prefixes_and_exclusions) {
    expect_found("\"loss function\"", "1");
    expect_found("\"function loss\"", "");
    expect_found("entr*", "34");
    expect_found("e*", "34");
    expect_found("entropy -grow", "4");
}

Test(search, the_question_counts_more_than_its_context_and_a_short_one_more_than_a_long_one) {
    expect_found("loss", "012");
    expect_found("entropy", "34");
    expect_found("what is", "401");
}

Test(search, the_filter_holds) {
    expect_hits("loss", SEARCH_QUESTIONS,
                (struct question_filter){.difficulties = 1u << DIFFICULTY_HARD}, "1");
    expect_hits(
        "entropy", SEARCH_QUESTIONS,
        (struct question_filter){.exclude = (const char *const[]){"q4"}, .exclude_count = 1}, "3");
    expect_hits(
        "loss", SEARCH_QUESTIONS,
        (struct question_filter){.sources = (const char *const[]){"b.md"}, .source_count = 1}, "");
}

Test(search, a_search_for_nothing_and_an_unknown_section_are_told) {
    struct search_result result;
    size_t index = 99;
    struct question_filter filter = {0};
    struct search_query query = {.text = "?", .filter = &filter, .limit = 10};
    cr_expect_eq(store_search(bank.reader, &query, &result, &index), STORE_NO_WORDS);
    filter =
        (struct question_filter){.sections = (const char *const[]){"nobody"}, .section_count = 1};
    query.text = "loss";
    cr_expect_eq(store_search(bank.reader, &query, &result, &index), STORE_UNKNOWN_SECTION);
    cr_expect_eq(index, 0);
}

/* ---- more hits than are ranked ----------------------------------------------------------------
 */

enum { MANY = 2 * SEARCH_CANDIDATES };

static void import_many(void) {
    static char texts[MANY][32];
    static struct given given[MANY];
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(texts[i], sizeof(texts[i]), "Everywhere %u?", i);
        given[i] = (struct given){.section = i < MANY - 3 ? "Many" : "Few", .text = texts[i]};
    }
    BANK_IMPORT(&bank, {"a.md", given, MANY});
    bank_read(&bank);
}

static struct search_result find(struct question_filter filter, size_t offset) {
    struct search_result result = {0};
    size_t index;
    cr_assert_eq(
        store_search(bank.reader,
                     &(struct search_query){
                         .text = "everywhere", .filter = &filter, .offset = offset, .limit = 5},
                     &result, &index),
        STORE_OK);
    return result;
}

Test(search, a_total_that_is_a_lower_bound_says_so) {
    import_many();
    struct search_result result = find((struct question_filter){0}, 0);
    cr_expect_eq(result.count, 5);
    cr_expect_eq(result.total, SEARCH_CANDIDATES);
    cr_expect_not(result.total_is_exact);
    search_result_free(&result);
    result = find((struct question_filter){0}, SEARCH_CANDIDATES - 2);
    cr_expect_eq(result.count, 2);
    search_result_free(&result);
    result = find((struct question_filter){0}, SIZE_MAX);
    cr_expect_eq(result.count, 0);
    search_result_free(&result);
}

/* All hits of the filter stand behind more than are read in a row. */
Test(search, a_filter_finds_its_hits_behind_many_others) {
    import_many();
    struct search_result result = find(
        (struct question_filter){.sections = (const char *const[]){"few"}, .section_count = 1}, 0);
    cr_assert_eq(result.count, 3);
    cr_expect_eq(result.positions[0], MANY - 3);
    cr_expect(result.total_is_exact);
    search_result_free(&result);
}
