#include "db/listing.h"

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

static struct listing *open_search(const struct listing_request *request) {
    struct listing *listing;
    size_t index;
    cr_assert_eq(listing_open(bank.reader, request, &listing, &index), STORE_OK, "%s: %s",
                 request->search, store_error(bank.reader));
    return listing;
}

/* Expects these positions, written as digits, in this order. */
static void expect_list(const struct listing_request *request, const char *expected) {
    struct listing *listing = open_search(request);
    struct listing_page page;
    uint32_t hits[10];
    char positions[16] = "";
    cr_assert_eq(listing_read(listing, 10, hits, &page), STORE_OK);
    for (size_t i = 0; i < page.count; i++) positions[i] = (char)('0' + hits[i]);
    cr_expect_str_eq(positions, expected, "%s: %s, not %s", request->search, positions, expected);
    cr_expect_eq(listing_total(listing), strlen(expected));
    cr_expect(listing_is_complete(listing));
    listing_close(listing);
}

static void expect_hits(const char *text, unsigned places, struct question_filter filter,
                        const char *expected) {
    expect_list(&(struct listing_request){.search = text,
                                          .places = places,
                                          .filter = &filter,
                                          .sort = LISTING_BY_RELEVANCE,
                                          .seed = ""},
                expected);
}

static void expect_found(const char *text, const char *expected) {
    expect_hits(text, SEARCH_ALL_BUT_ANSWERS, (struct question_filter){0}, expected);
}

Test(search, every_part_of_a_question_is_searched_but_not_its_answer) {
    expect_found("hinge", "0");
    expect_found("losses", "012");
    expect_found("loss function", "12");
    expect_found("CONVÉX", "1");
    expect_found("nowhere", "");
}

Test(search, answers_are_searched_on_request_alone) {
    expect_hits("convex", SEARCH_ANSWER, (struct question_filter){0}, "0");
    expect_hits("loss* -convex", SEARCH_ANSWER, (struct question_filter){0}, "3");
    expect_hits("entropy", SEARCH_ANSWER, (struct question_filter){0}, "");
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
    expect_hits("loss", SEARCH_ALL_BUT_ANSWERS,
                (struct question_filter){.difficulties = 1u << DIFFICULTY_HARD}, "1");
    expect_hits(
        "entropy", SEARCH_ALL_BUT_ANSWERS,
        (struct question_filter){.exclude = (const char *const[]){"q4"}, .exclude_count = 1}, "3");
    expect_hits(
        "loss", SEARCH_ALL_BUT_ANSWERS,
        (struct question_filter){.sources = (const char *const[]){"b.md"}, .source_count = 1}, "");
}

Test(search, each_place_can_be_searched_alone) {
    const struct question_filter all = {0};
    expect_hits("loss", SEARCH_QUESTION, all, "01");
    expect_hits("loss", SEARCH_CONTEXT, all, "2");
    expect_hits("losses", SEARCH_SECTION, all, "012");
    expect_hits("losses", SEARCH_QUESTION | SEARCH_CONTEXT, all, "");
    expect_hits("loss -function", SEARCH_QUESTION, all, "0");
}

Test(search, questions_come_before_those_found_by_their_answers) {
    const struct question_filter all = {0};
    expect_hits("convex", SEARCH_EVERYWHERE, all, "10");
    expect_hits("loss", SEARCH_EVERYWHERE, all, "0123");
    expect_hits("entropy", SEARCH_EVERYWHERE, all, "34");
}

Test(search, words_may_stand_apart_in_question_and_answer) {
    const struct question_filter all = {0};
    expect_hits("hinge convex", SEARCH_ALL_BUT_ANSWERS, all, "");
    expect_hits("hinge convex", SEARCH_EVERYWHERE, all, "0");
    expect_hits("entropy kind models", SEARCH_EVERYWHERE, all, "3");
    expect_hits("entropy kind", SEARCH_QUESTION | SEARCH_ANSWER, all, "3");
    expect_hits("entropy kind models", SEARCH_QUESTION | SEARCH_ANSWER, all, "");
    expect_hits("models kind", SEARCH_SECTION | SEARCH_ANSWER, all, "3");
}

/* In question or answer, whichever has the words that are wanted. */
Test(search, what_is_excluded_stands_nowhere_that_is_searched) {
    const struct question_filter all = {0};
    expect_hits("hinge -convex", SEARCH_ALL_BUT_ANSWERS, all, "0");
    expect_hits("hinge -convex", SEARCH_EVERYWHERE, all, "");
    expect_hits("loss -hinge -who", SEARCH_EVERYWHERE, all, "13");
    expect_hits("loss -models -who", SEARCH_EVERYWHERE, all, "01");
    expect_hits("loss -models", SEARCH_QUESTION | SEARCH_ANSWER, all, "013");
    expect_hits("kind -entropy", SEARCH_ANSWER, all, "3");
}

Test(search, phrases_hold_in_answers) {
    const struct question_filter all = {0};
    expect_hits("\"loss function\"", SEARCH_EVERYWHERE, all, "13");
    expect_hits("\"function loss\"", SEARCH_EVERYWHERE, all, "");
    expect_hits("\"loss func\"*", SEARCH_ANSWER, all, "3");
    expect_hits("\"grow it\"", SEARCH_EVERYWHERE, all, "");
    expect_hits("loss -\"function of\"", SEARCH_EVERYWHERE, all, "01");
    expect_hits("loss -\"of function\" -who", SEARCH_EVERYWHERE, all, "013");
}

/* Only so much of the answers is read: who is not told of all is told so. */
Test(search, long_answers_are_read_within_a_bound) {
    enum { COUNT = 6, SIZE = 1 << 20 };
    static const char phrase[] = "a quadratic programme ";
    static char answer[SIZE];
    struct given given[COUNT] = {0};
    const struct question_filter all = {0};
    memset(answer, 'x', SIZE - 1);
    memcpy(answer, phrase, sizeof(phrase) - 1);
    for (int i = 0; i < COUNT; i++)
        given[i] = (struct given){.section = "Long", .text = "Why?", .answer = answer};
    const struct given_source source = {"long.md", given, COUNT};
    bank_import_with(&bank, (struct import_options){0}, &source, 1);
    bank_read(&bank);
    struct listing *listing =
        open_search(&(struct listing_request){.search = "\"quadratic programme\"",
                                              .places = SEARCH_EVERYWHERE,
                                              .filter = &all,
                                              .seed = ""});
    cr_expect_eq(listing_total(listing), 4, "%zu", listing_total(listing)); /* of 1 MiB each */
    cr_expect_not(listing_is_complete(listing));
    listing_close(listing);
}

Test(search, hits_come_in_any_order) {
    const struct question_filter all = {0};
    struct listing_request request = {
        .search = "loss", .places = SEARCH_ALL_BUT_ANSWERS, .filter = &all, .seed = ""};
    expect_list(&request, "012");
    request.descending = true;
    expect_list(&request, "210");
    request.sort = LISTING_BY_DIFFICULTY;
    expect_list(&request, "102");
    request.descending = false;
    expect_list(&request, "021");
    request.search = "entropy";
    request.sort = LISTING_BY_ID;
    char *derived = bank_id_of(&bank, "Does entropy grow?");
    expect_list(&request, strcmp(derived, "q4") > 0 ? "43" : "34");
    free(derived);
}

static enum store_status search_status(const char *text, unsigned places, const char *section) {
    struct listing *listing;
    size_t index = 99;
    const struct question_filter filter = {.sections = &section, .section_count = section != NULL};
    const struct listing_request request = {
        .search = text, .places = places, .filter = &filter, .seed = ""};
    enum store_status status = listing_open(bank.reader, &request, &listing, &index);
    if (status == STORE_OK) listing_close(listing);
    return status;
}

Test(search, what_cannot_be_searched_is_told) {
    cr_expect_eq(search_status("?", SEARCH_ALL_BUT_ANSWERS, NULL), STORE_NO_WORDS);
    cr_expect_eq(search_status("", SEARCH_ALL_BUT_ANSWERS, NULL), STORE_NO_WORDS);
    cr_expect_eq(search_status("los*", SEARCH_ALL_BUT_ANSWERS, NULL), STORE_OK);
    cr_expect_eq(search_status("los*", SEARCH_ALL_BUT_ANSWERS | SEARCH_ANSWER, NULL),
                 STORE_SHORT_PREFIX);
    cr_expect_eq(search_status("loss", SEARCH_ALL_BUT_ANSWERS, "nobody"), STORE_UNKNOWN_SECTION);
}

Test(search, the_words_found_are_marked) {
    const struct question_filter all = {0};
    struct listing *listing = open_search(&(struct listing_request){
        .search = "loss", .places = SEARCH_ALL_BUT_ANSWERS, .filter = &all, .seed = ""});
    struct span *marks;
    size_t count;
    cr_assert_eq(listing_mark(listing, "A LOSS, lossy", &marks, &count), STORE_OK);
    cr_assert_eq(count, 1);
    cr_expect_eq(marks[0].start, 2);
    cr_expect_eq(marks[0].end, 6);
    free(marks);
    listing_close(listing);
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

static struct listing *find(const struct question_filter *filter) {
    return open_search(&(struct listing_request){.search = "everywhere",
                                                 .places = SEARCH_ALL_BUT_ANSWERS,
                                                 .filter = filter,
                                                 .sort = LISTING_BY_RELEVANCE,
                                                 .seed = ""});
}

Test(search, a_total_that_is_a_lower_bound_says_so) {
    import_many();
    struct listing *listing = find(&(struct question_filter){0});
    struct listing_page page;
    static uint32_t hits[MANY];
    cr_expect_eq(listing_total(listing), SEARCH_CANDIDATES);
    cr_expect_not(listing_is_complete(listing));
    cr_assert_eq(listing_read(listing, MANY, hits, &page), STORE_OK);
    cr_expect_eq(page.count, SEARCH_CANDIDATES);
    cr_expect_str_empty(page.next_cursor);
    listing_close(listing);
}

/* All hits of the filter stand behind more than are read in a row. */
Test(search, a_filter_finds_its_hits_behind_many_others) {
    import_many();
    struct listing *listing = find(
        &(struct question_filter){.sections = (const char *const[]){"few"}, .section_count = 1});
    struct listing_page page;
    uint32_t hits[5];
    cr_assert_eq(listing_read(listing, 5, hits, &page), STORE_OK);
    cr_assert_eq(page.count, 3);
    cr_expect_eq(hits[0], MANY - 3);
    cr_expect(listing_is_complete(listing));
    listing_close(listing);
}

enum { PARTS = 12, PART = 600 };

/* A bank that has grown file by file, so that its index lies in many pieces; the first question of
 * each file is hard. */
static void import_parts(void) {
    static char texts[PART][32], path[8];
    static struct given given[PART];
    for (unsigned part = 0; part < PARTS; part++) {
        snprintf(path, sizeof(path), "p%u.md", part);
        for (unsigned i = 0; i < PART; i++) {
            snprintf(texts[i], sizeof(texts[i]), "Part %u, number %u?", part, i);
            given[i] = (struct given){.text = texts[i],
                                      .answer = "Every answer says gamut and beta.",
                                      .difficulty = i == 0 ? DIFFICULTY_HARD : DIFFICULTY_EASY};
        }
        BANK_ADD(&bank, {path, given, PART});
    }
    bank_read(&bank);
}

/* To ask for the next hit of the filter joins the lists of all words that begin so once more. */
Test(search, a_filter_finds_prefixes_far_apart) {
    import_parts();
    struct listing *listing = open_search(&(struct listing_request){
        .search = "gamu* beta*",
        .places = SEARCH_EVERYWHERE,
        .filter = &(struct question_filter){.difficulties = 1u << DIFFICULTY_HARD},
        .sort = LISTING_BY_RELEVANCE,
        .seed = ""});
    cr_expect_eq(listing_total(listing), PARTS, "%zu", listing_total(listing));
    cr_expect(listing_is_complete(listing));
    listing_close(listing);
}
