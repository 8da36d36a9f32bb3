#include "db/listing.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/catalog_internal.h"
#include "db/draw.h"
#include "db/id_order.h"
#include "tests/unit/db/fixture.h"

enum { COUNT = 260, SOURCES = 2, MOST = COUNT };

static struct bank bank;
static const struct question_filter everything;

/* The questions as they were imported, by their positions. */
static struct given given[COUNT];

static const char *id_of(uint32_t position) {
    return given[position].id;
}

/* Ids in no order of the bank; some of other lengths, some that differ late. */
static void make_id(unsigned i, char ret_id[32]) {
    static const char *const beginnings[] = {"q", "Z.", "a-long-common-beginning-", "0_"};
    snprintf(ret_id, 32, "%s%u", beginnings[i % 4], i * 7919 % 1009);
}

static void import_bank(void) {
    static char texts[COUNT][32], ids[COUNT][32];
    struct given_source sources[SOURCES];
    for (unsigned i = 0; i < COUNT; i++) {
        snprintf(texts[i], sizeof(texts[i]), "Question number %u?", i);
        make_id(i, ids[i]);
        given[i] = (struct given){.section = i >= COUNT / 2 ? "Second"
                                             : i % 50 < 20  ? "Top/Below"
                                                            : "Top/Beside",
                                  .text = texts[i],
                                  .answer = i % 3 == 0 ? "The answer." : NULL,
                                  .id = ids[i],
                                  .difficulty = (enum difficulty)(i * i % 7 % 3)};
    }
    for (unsigned i = 0; i < SOURCES; i++)
        sources[i] = (struct given_source){i == 0 ? "a.md" : "b.md", given + i * (COUNT / SOURCES),
                                           COUNT / SOURCES};
    bank_import_with(&bank, (struct import_options){0}, sources, SOURCES);
    bank_read(&bank);
}

static void set_up(void) {
    bank_open(&bank);
    import_bank();
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(listing, .init = set_up, .fini = tear_down);

static struct listing *open_list(const struct listing_request *request) {
    struct listing *listing;
    size_t index;
    cr_assert_eq(listing_open(bank.reader, request, &listing, &index), STORE_OK, "%s",
                 store_error(bank.reader));
    return listing;
}

/* Walks all pages, each from a listing of its own; returns how many questions came. */
static size_t walk(struct listing_request request, size_t limit, uint32_t *ret_positions) {
    struct listing_page page;
    char cursor[CURSOR_MAX + 1];
    size_t seen = 0;
    do {
        struct listing *listing = open_list(&request);
        uint32_t positions[MOST];
        cr_assert_eq(listing_read(listing, limit, positions, &page), STORE_OK);
        cr_assert_leq(seen + page.count, MOST);
        memcpy(ret_positions + seen, positions, page.count * sizeof(positions[0]));
        seen += page.count;
        if (page.next_cursor[0] == '\0')
            cr_assert_eq(seen, listing_total(listing));
        else
            cr_assert_eq(page.count, limit);
        listing_close(listing);
        memcpy(cursor, page.next_cursor, sizeof(cursor));
        request.cursor = cursor;
    } while (page.next_cursor[0] != '\0');
    return seen;
}

/* ---- what a list has to be --------------------------------------------------------------------
 */

/* Whether the filter leaves the question, judged by what was imported. */
static bool is_left(const struct question_filter *filter, uint32_t position) {
    const struct given *question = &given[position];
    if (filter->difficulties != 0 && !(filter->difficulties >> question->difficulty & 1))
        return false;
    if (filter->answer != ANSWER_ANY &&
        (filter->answer == ANSWER_AVAILABLE) != (question->answer != NULL))
        return false;
    if (filter->section_count > 0 && strncmp(question->section, "Top/Below",
                                             strcmp(filter->sections[0], "top") == 0 ? 3 : 9) != 0)
        return false;
    if (filter->source_count > 0 &&
        (strcmp(filter->sources[0], "a.md") == 0) != (position < COUNT / SOURCES))
        return false;
    for (size_t i = 0; i < filter->exclude_count; i++)
        if (strcmp(filter->exclude[i], id_of(position)) == 0) return false;
    return true;
}

/* Whether `a` may stand before `b`. */
static bool is_in_order(const struct listing_request *request, uint32_t a, uint32_t b) {
    int difficulty = (int)given[a].difficulty - (int)given[b].difficulty;
    int sign = request->descending ? -1 : 1;
    switch (request->sort) {
    case LISTING_BY_POSITION:
        return request->descending ? a > b : a < b;
    case LISTING_BY_DIFFICULTY:
        return difficulty * sign < 0 || (difficulty == 0 && a < b);
    case LISTING_BY_ID:
        return strcmp(id_of(a), id_of(b)) * sign < 0;
    default:
        return true;
    }
}

static void expect_list(const struct listing_request *request, size_t limit) {
    uint32_t positions[MOST];
    bool seen[COUNT] = {false};
    size_t count = walk(*request, limit, positions);
    for (size_t i = 0; i < count; i++) {
        cr_assert_lt(positions[i], COUNT);
        cr_assert_not(seen[positions[i]], "a question comes twice");
        seen[positions[i]] = true;
        cr_assert(i == 0 || is_in_order(request, positions[i - 1], positions[i]),
                  "sort %d, descending %d: %u before %u", request->sort, request->descending,
                  positions[i - 1], positions[i]);
    }
    for (uint32_t position = 0; position < COUNT; position++)
        cr_assert_eq(seen[position], is_left(request->filter, position), "%u", position);
}

/* A filter by chance; its lists live in `lists`. */
struct lists {
    const char *section, *source, *exclude[30];
};
static struct question_filter any_filter(struct draw_generator *chance, struct lists *lists) {
    static const char *const sections[] = {"top", "below"}, *const sources[] = {"a.md", "b.md"};
    struct question_filter filter = {.difficulties = (unsigned)draw_below(chance, 8),
                                     .answer = (enum answer_filter)draw_below(chance, 3),
                                     .sections = &lists->section,
                                     .section_count = draw_below(chance, 2),
                                     .sources = &lists->source,
                                     .source_count = draw_below(chance, 3) == 0,
                                     .exclude = lists->exclude,
                                     .exclude_count = draw_below(chance, 30)};
    lists->section = sections[draw_below(chance, 2)];
    lists->source = sources[draw_below(chance, 2)];
    for (size_t i = 0; i < filter.exclude_count; i++)
        lists->exclude[i] = id_of((uint32_t)draw_below(chance, COUNT));
    return filter;
}

Test(listing, any_filter_in_any_order_gives_each_of_its_questions_once) {
    struct draw_generator chance = draw_generator_seeded("listings", 0);
    for (int turn = 0; turn < 300; turn++) {
        struct lists lists;
        char seed[8];
        snprintf(seed, sizeof(seed), "s%d", turn);
        const struct question_filter filter = any_filter(&chance, &lists);
        enum listing_sort sort = (enum listing_sort)draw_below(&chance, 4);
        bool random = sort == LISTING_RANDOM;
        const struct listing_request request = {.filter = &filter,
                                                .sort = sort,
                                                .descending = !random && draw_below(&chance, 2),
                                                .seed = random ? seed : ""};
        expect_list(&request, 1 + draw_below(&chance, 40));
    }
}

/* Both ways to the order of the ids. */
Test(listing, ids_are_sorted_or_walked_through) {
    const struct question_filter few = {
        .sections = (const char *const[]){"below"}, .section_count = 1, .difficulties = 1};
    struct listing_request request = {.filter = &few, .sort = LISTING_BY_ID, .seed = ""};
    struct listing *listing = open_list(&request);
    cr_assert(id_order_is_sorted_sooner((uint32_t)listing_total(listing), COUNT));
    cr_assert_not(id_order_is_sorted_sooner(COUNT, COUNT));
    listing_close(listing);
    for (int descending = 0; descending < 2; descending++) {
        request.descending = descending;
        request.filter = &few;
        expect_list(&request, 3);
        request.filter = &everything;
        expect_list(&request, 7);
        expect_list(&request, COUNT);
    }
}

Test(listing, a_shuffled_list_is_the_seeds_and_no_other) {
    uint32_t first[MOST], again[MOST], other[MOST];
    struct listing_request request = {
        .filter = &everything, .sort = LISTING_RANDOM, .seed = "first"};
    walk(request, 9, first);
    walk(request, 100, again);
    cr_expect_arr_eq(first, again, sizeof(first));
    request.seed = "other";
    walk(request, 9, other);
    cr_expect_arr_neq(first, other, sizeof(first));
}

/* ---- cursors ----------------------------------------------------------------------------------
 */

static enum store_status read_with(const struct listing_request *request, const char *cursor) {
    struct listing_request resumed = *request;
    struct listing *listing;
    uint32_t positions[MOST];
    struct listing_page page;
    size_t index;
    resumed.cursor = cursor;
    enum store_status status = listing_open(bank.reader, &resumed, &listing, &index);
    if (status != STORE_OK) return status;
    status = listing_read(listing, 5, positions, &page);
    listing_close(listing);
    return status;
}

static void first_cursor(const struct listing_request *request, char ret_cursor[CURSOR_MAX + 1]) {
    struct listing *listing = open_list(request);
    uint32_t positions[MOST];
    struct listing_page page;
    cr_assert_eq(listing_read(listing, 5, positions, &page), STORE_OK);
    memcpy(ret_cursor, page.next_cursor, CURSOR_MAX + 1);
    listing_close(listing);
}

Test(listing, a_cursor_belongs_to_one_list) {
    const struct question_filter easy = {.difficulties = 1};
    const struct listing_request lists[] = {
        {.filter = &everything, .seed = ""},
        {.filter = &everything, .seed = "", .descending = true},
        {.filter = &easy, .seed = ""},
        {.filter = &everything, .seed = "", .sort = LISTING_BY_DIFFICULTY},
        {.filter = &everything, .seed = "", .sort = LISTING_BY_ID},
        {.filter = &everything, .seed = "", .sort = LISTING_BY_ID, .descending = true},
        {.filter = &everything, .seed = "a", .sort = LISTING_RANDOM},
        {.filter = &everything, .seed = "b", .sort = LISTING_RANDOM}};
    enum { LISTS = sizeof(lists) / sizeof(lists[0]) };
    for (size_t i = 0; i < LISTS; i++) {
        char cursor[CURSOR_MAX + 1];
        first_cursor(&lists[i], cursor);
        for (size_t j = 0; j < LISTS; j++)
            cr_expect_eq(read_with(&lists[j], cursor), i == j ? STORE_OK : STORE_OTHER_LIST,
                         "%zu in %zu", i, j);
    }
}

/* The same questions in the same order are the same list, however they were asked for. */
Test(listing, a_cursor_knows_its_questions_not_their_filter) {
    const struct question_filter named = {
        .sections = (const char *const[]){"top", "second"}, .section_count = 2, .difficulties = 7};
    char cursor[CURSOR_MAX + 1];
    first_cursor(&(struct listing_request){.filter = &everything, .seed = ""}, cursor);
    cr_expect_eq(read_with(&(struct listing_request){.filter = &named, .seed = ""}, cursor),
                 STORE_OK);
}

Test(listing, cursors_of_other_revisions_are_stale_and_others_malformed) {
    const struct listing_request request = {.filter = &everything, .seed = ""};
    char cursor[CURSOR_MAX + 1], beyond[CURSOR_MAX + 1];
    first_cursor(&request, cursor);
    cr_expect_eq(read_with(&request, cursor), STORE_OK);
    cr_expect_eq(read_with(&request, ""), STORE_NO_ROW);
    cr_expect_eq(read_with(&request, "rubbish"), STORE_NO_ROW);
    cr_expect_eq(read_with(&request, "AAAAAAAAAAAAAAAAAAAAAAAA"), STORE_STALE);
    memcpy(beyond, cursor, sizeof(beyond));
    memcpy(beyond + CURSOR_LENGTH - 4, "____", 4);
    cr_expect_eq(read_with(&request, beyond), STORE_NO_ROW);
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "New?"}));
    cr_expect_eq(read_with(&request, cursor), STORE_OK, "the reader is still pinned");
    bank_read(&bank);
    cr_expect_eq(read_with(&request, cursor), STORE_STALE);
}

/* What the cursor was made with need not be there any more. */
Test(listing, an_old_cursor_is_told_to_be_old_whatever_is_gone) {
    const struct question_filter filter = {.sections = (const char *const[]){"below"},
                                           .section_count = 1};
    const struct listing_request request = {.filter = &filter, .seed = ""};
    char cursor[CURSOR_MAX + 1];
    first_cursor(&request, cursor);
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "New?"}));
    bank_read(&bank);
    cr_expect_eq(read_with(&request, cursor), STORE_STALE);
    cr_expect_eq(read_with(&request, NULL), STORE_UNKNOWN_SECTION);
}

Test(listing, places_that_are_made_up_do_no_harm) {
    struct draw_generator chance = draw_generator_seeded("places", 0);
    const struct listing_request request = {
        .filter = &everything, .seed = "", .sort = LISTING_BY_ID};
    char text[CURSOR_MAX + 1];
    first_cursor(&request, text);
    for (int turn = 0; turn < 1000; turn++) {
        struct cursor cursor;
        cr_assert(cursor_decode(text, &cursor));
        cursor.place = (uint32_t)draw_below(&chance, turn < 500 ? 2 * COUNT : UINT32_MAX);
        char forged[CURSOR_MAX + 1];
        cursor.seed = "";
        cursor_encode(&cursor, forged);
        cr_expect_eq(read_with(&request, forged), cursor.place <= COUNT ? STORE_OK : STORE_NO_ROW,
                     "%u", cursor.place);
    }
}

/* ---- the rest ---------------------------------------------------------------------------------
 */

Test(listing, a_list_of_nothing_is_one_empty_page) {
    const struct question_filter none = {.sections = (const char *const[]){"below"},
                                         .section_count = 1,
                                         .exclude = (const char *const[]){"nobody"},
                                         .exclude_count = 1,
                                         .answer = ANSWER_AVAILABLE};
    struct question_filter empty = none;
    BANK_IMPORT(&bank, SOURCE("a.md", {.section = "Below", .text = "Unanswered?"}));
    bank_read(&bank);
    for (enum listing_sort sort = LISTING_BY_POSITION; sort <= LISTING_RANDOM; sort++) {
        struct listing *listing =
            open_list(&(struct listing_request){.filter = &empty, .sort = sort, .seed = "s"});
        struct listing_page page;
        cr_expect_eq(listing_total(listing), 0);
        cr_assert_eq(listing_read(listing, 5, NULL, &page), STORE_OK);
        cr_expect_eq(page.count, 0);
        cr_expect_str_empty(page.next_cursor);
        listing_close(listing);
    }
}

Test(listing, unknown_names_reach_the_caller) {
    struct listing *listing;
    size_t index = 99;
    struct question_filter filter = {.sections = (const char *const[]){"top", "nowhere"},
                                     .section_count = 2};
    for (enum listing_sort sort = LISTING_BY_POSITION; sort <= LISTING_RANDOM; sort++) {
        const struct listing_request request = {.filter = &filter, .sort = sort, .seed = ""};
        cr_expect_eq(listing_open(bank.reader, &request, &listing, &index), STORE_UNKNOWN_SECTION);
        cr_expect_eq(index, 1);
    }
}
