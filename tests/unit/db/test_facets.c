#include "db/facets.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "db/catalog_internal.h"
#include "db/draw.h"
#include "db/listing.h"
#include "tests/unit/db/fixture.h"

enum { COUNT = 120, ALL = FACETS_DIFFICULTY | FACETS_SECTION | FACETS_SOURCE };

static struct bank bank;

/* Questions in a tree of sections, some with the word "even". */
static void set_up(void) {
    static const char *const sections[] = {"Top", "Top/Below", "Top/Below/Deep", "Other"};
    static struct given given[COUNT];
    static char texts[COUNT][32], ids[COUNT][8];
    for (unsigned i = 0; i < COUNT; i++) {
        snprintf(texts[i], sizeof(texts[i]), "Number %u%s?", i, i % 2 == 0 ? " even" : "");
        snprintf(ids[i], sizeof(ids[i]), "q%u", i);
        given[i] = (struct given){.section = sections[i / 10 % 4],
                                  .text = texts[i],
                                  .id = ids[i],
                                  .answer = i % 5 == 0 ? "Yes." : NULL,
                                  .difficulty = (enum difficulty)(i % 7 % 3)};
    }
    bank_open(&bank);
    BANK_IMPORT(&bank, {"a.md", given, 35}, {"b.md", given + 35, COUNT - 35});
    bank_read(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(facets, .init = set_up, .fini = tear_down);

static struct listing *open_list(const struct question_filter *filter, const char *search) {
    struct listing *listing;
    size_t index;
    const struct listing_request request = {
        .filter = filter, .search = search, .places = SEARCH_ALL_BUT_ANSWERS, .seed = ""};
    cr_assert_eq(listing_open(bank.reader, &request, &listing, &index), STORE_OK);
    return listing;
}

/* How many the filter leaves with something narrowed further. */
static size_t count_list(struct question_filter filter, const char *search, const char *section,
                         const char *source, unsigned difficulty) {
    if (section != NULL) filter.sections = &section, filter.section_count = 1;
    if (source != NULL) filter.sources = &source, filter.source_count = 1;
    if (filter.difficulties != 0 && !(filter.difficulties >> difficulty & 1)) return 0;
    filter.difficulties = 1u << difficulty;
    struct listing *listing = open_list(&filter, search);
    size_t total = listing_total(listing);
    listing_close(listing);
    return total;
}

static void expect_facets(const struct question_filter *filter, const char *search) {
    struct listing *listing = open_list(filter, search);
    struct facets facets;
    size_t in_sections = 0, sections = 0;
    cr_assert_eq(listing_facets(listing, ALL, &facets), STORE_OK);
    cr_expect_eq(difficulty_counts_total(&facets.difficulties), listing_total(listing));
    for (unsigned d = 0; d < DIFFICULTY_COUNT; d++) {
        cr_expect_eq(facets.difficulties.by_difficulty[d],
                     count_list(*filter, search, NULL, NULL, d));
        for (size_t i = 0; i < facets.section_count; i++)
            cr_assert_eq(facets.sections[i].counts.by_difficulty[d],
                         count_list(*filter, search, facets.sections[i].name, NULL, d), "%s",
                         facets.sections[i].name);
        for (size_t i = 0; i < facets.source_count; i++)
            cr_assert_eq(facets.sources[i].counts.by_difficulty[d],
                         count_list(*filter, search, NULL, facets.sources[i].name, d));
        for (size_t i = 0; i < bank.catalog->sections.count; i++)
            in_sections += count_list(*filter, search, bank.catalog->sections.items[i].id, NULL, d);
    }
    for (size_t i = 0; i < facets.section_count; i++)
        sections += difficulty_counts_total(&facets.sections[i].counts);
    cr_expect_eq(sections, in_sections, "a section is missing");
    facets_free(&facets);
    listing_close(listing);
}

Test(facets, counts_are_those_of_the_narrower_lists) {
    struct draw_generator chance = draw_generator_seeded("facets", 0);
    static const char *const excluded[] = {"q3", "q30", "q40", "q41"};
    for (int turn = 0; turn < 40; turn++) {
        const struct question_filter filter = {.difficulties = (unsigned)draw_below(&chance, 8),
                                               .answer = (enum answer_filter)draw_below(&chance, 3),
                                               .exclude = excluded,
                                               .exclude_count = draw_below(&chance, 5)};
        expect_facets(&filter, draw_below(&chance, 2) == 0 ? "even" : NULL);
    }
}

Test(facets, what_has_no_question_in_the_list_is_left_out) {
    const char *section = "deep", *source = "a.md";
    const struct question_filter filter = {
        .sections = &section, .section_count = 1, .sources = &source, .source_count = 1};
    struct listing *listing = open_list(&filter, NULL);
    struct facets facets;
    cr_assert_eq(listing_facets(listing, ALL, &facets), STORE_OK);
    cr_assert_eq(facets.section_count, 3);
    cr_expect_str_eq(facets.sections[0].name, "top");
    cr_expect_str_eq(facets.sections[2].title, "Deep");
    cr_assert_eq(facets.source_count, 1);
    cr_expect_str_eq(facets.sources[0].name, "a.md");
    cr_expect_eq(difficulty_counts_total(&facets.sources[0].counts), listing_total(listing));
    facets_free(&facets);
    listing_close(listing);
}

Test(facets, only_what_is_wanted_is_listed) {
    const struct question_filter all = {0};
    struct listing *listing = open_list(&all, NULL);
    struct facets facets;
    cr_assert_eq(listing_facets(listing, FACETS_DIFFICULTY, &facets), STORE_OK);
    cr_expect_eq(difficulty_counts_total(&facets.difficulties), COUNT);
    cr_expect_eq(facets.section_count, 0);
    cr_expect_eq(facets.source_count, 0);
    facets_free(&facets);
    listing_close(listing);
}
