#include "db/selection.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void tear_down(void) {
    bank_close(&bank);
}

/* Positions: 0 and 1 in a.md, 2 to 5 in b.md; hard are 1, 3, 5; medium is 2. */
static void set_up(void) {
    bank_open(&bank);
    BANK_IMPORT(
        &bank,
        SOURCE(
            "a.md", {.section = "Basics", .text = "0?", .answer = "A", .id = "q0"},
            {.section = "Basics/Deeper", .text = "1?", .difficulty = DIFFICULTY_HARD, .id = "q1"}),
        SOURCE("b.md",
               {.section = "Models",
                .text = "2?",
                .answer = "A",
                .difficulty = DIFFICULTY_MEDIUM,
                .id = "q2"},
               {.section = "Models/Trees", .text = "3?", .difficulty = DIFFICULTY_HARD, .id = "q3"},
               {.section = "Models/Trees/Forests", .text = "4?", .answer = "A", .id = "q4"},
               {.section = "Models",
                .text = "5?",
                .answer = "A",
                .difficulty = DIFFICULTY_HARD,
                .id = "q5"}));
    bank_read(&bank);
}
TestSuite(selection, .init = set_up, .fini = tear_down);

/* Expects the filter to leave these positions, written as digits. */
static void expect_positions(struct question_filter filter, const char *expected) {
    struct selection selection;
    size_t index;
    char positions[16] = "";
    cr_assert_eq(selection_create(bank.catalog, &filter, &selection, &index), STORE_OK);
    for (uint32_t rank = 0; rank < selection_count(&selection); rank++) {
        uint32_t position = selection_select(&selection, rank);
        positions[rank] = (char)('0' + position);
        cr_expect_eq(selection_rank(&selection, position), rank);
        cr_expect_eq(selection_rank(&selection, position + 1), rank + 1);
    }
    for (uint32_t position = 0; position < 6; position++)
        cr_expect_eq(selection_contains(&selection, position),
                     strchr(expected, (int)('0' + position)) != NULL);
    cr_expect_eq(selection_rank(&selection, UINT32_MAX), strlen(expected));
    cr_expect_str_eq(positions, expected, "%s, not %s", positions, expected);
    cr_expect_eq(selection_count(&selection), strlen(expected));
    selection_free(&selection);
}

#define LIST(...)                                                                                  \
    (const char *const[]) {                                                                        \
        __VA_ARGS__                                                                                \
    }

Test(selection, no_filter_selects_the_whole_bank) {
    expect_positions((struct question_filter){0}, "012345");
}

Test(selection, difficulties) {
    expect_positions((struct question_filter){.difficulties = 1u << DIFFICULTY_EASY}, "04");
    expect_positions((struct question_filter){.difficulties = 1u << DIFFICULTY_MEDIUM}, "2");
    expect_positions((struct question_filter){.difficulties = 1u << DIFFICULTY_HARD}, "135");
    expect_positions(
        (struct question_filter){.difficulties = 1u << DIFFICULTY_EASY | 1u << DIFFICULTY_HARD},
        "01345");
    expect_positions((struct question_filter){.difficulties = 7}, "012345");
}

Test(selection, a_section_includes_what_is_below_it) {
    expect_positions((struct question_filter){.sections = LIST("models"), .section_count = 1},
                     "2345");
    expect_positions((struct question_filter){.sections = LIST("trees"), .section_count = 1}, "34");
    expect_positions((struct question_filter){.sections = LIST("forests"), .section_count = 1},
                     "4");
    expect_positions(
        (struct question_filter){.sections = LIST("forests", "basics"), .section_count = 2}, "014");
}

Test(selection, sources) {
    expect_positions((struct question_filter){.sources = LIST("a.md"), .source_count = 1}, "01");
    expect_positions((struct question_filter){.sources = LIST("b.md"), .source_count = 1}, "2345");
    expect_positions((struct question_filter){.sources = LIST("a.md", "b.md"), .source_count = 2},
                     "012345");
}

Test(selection, answers) {
    expect_positions((struct question_filter){.answer = ANSWER_AVAILABLE}, "0245");
    expect_positions((struct question_filter){.answer = ANSWER_MISSING}, "13");
}

Test(selection, different_filters_mean_and) {
    expect_positions((struct question_filter){.difficulties = 1u << DIFFICULTY_HARD,
                                              .sections = LIST("models"),
                                              .section_count = 1,
                                              .answer = ANSWER_AVAILABLE},
                     "5");
    expect_positions((struct question_filter){.sections = LIST("models"),
                                              .section_count = 1,
                                              .sources = LIST("a.md"),
                                              .source_count = 1},
                     "");
    expect_positions((struct question_filter){.sections = LIST("models", "deeper"),
                                              .section_count = 2,
                                              .sources = LIST("a.md", "b.md"),
                                              .source_count = 2,
                                              .difficulties = 6},
                     "1235");
}

Test(selection, excluded_ids_are_taken_off_and_unknown_ones_ignored) {
    expect_positions(
        (struct question_filter){.exclude = LIST("q0", "nobody", "q5"), .exclude_count = 3},
        "1234");
    expect_positions((struct question_filter){.difficulties = 1u << DIFFICULTY_HARD,
                                              .exclude = LIST("q3", "q3"),
                                              .exclude_count = 2},
                     "15");
    expect_positions((struct question_filter){.exclude = LIST("q0", "q1", "q2", "q3", "q4", "q5"),
                                              .exclude_count = 6},
                     "");
}

Test(selection, an_alias_excludes_its_question) {
    bank_execute(&bank, "INSERT INTO aliases SELECT 'before', key FROM questions WHERE id = 'q2'");
    bank_read(&bank);
    expect_positions((struct question_filter){.exclude = LIST("before"), .exclude_count = 1},
                     "01345");
}

Test(selection, unknown_names_are_told_with_their_place) {
    struct selection selection;
    size_t index = 99;
    cr_expect_eq(selection_create(bank.catalog,
                                  &(struct question_filter){.sections = LIST("models", "model"),
                                                            .section_count = 2},
                                  &selection, &index),
                 STORE_UNKNOWN_SECTION);
    cr_expect_eq(index, 1);
    cr_expect_eq(
        selection_create(bank.catalog,
                         &(struct question_filter){.sources = LIST("A.md"), .source_count = 1},
                         &selection, &index),
        STORE_UNKNOWN_SOURCE);
    cr_expect_eq(index, 0);
}

Test(selection, a_section_in_pieces_is_selected_whole) {
    bank_execute(&bank, "UPDATE questions SET section = (SELECT key FROM sections WHERE id ="
                        " 'forests') WHERE id IN ('q2', 'q5')");
    bank_read(&bank);
    expect_positions((struct question_filter){.sections = LIST("forests"), .section_count = 1},
                     "245");
    expect_positions((struct question_filter){.sections = LIST("forests"),
                                              .section_count = 1,
                                              .difficulties = 1u << DIFFICULTY_HARD,
                                              .exclude = LIST("q3", "q4"),
                                              .exclude_count = 2},
                     "5");
}

Test(selection, overlapping_sections_and_sources_are_joined_once) {
    expect_positions((struct question_filter){.sections = LIST("trees", "models", "basics"),
                                              .section_count = 3,
                                              .sources = LIST("b.md", "a.md", "b.md"),
                                              .source_count = 3},
                     "012345");
}

Test(selection, rows_are_found_by_key_in_any_order) {
    uint32_t position;
    bank_execute(&bank, "UPDATE questions SET key = 40 WHERE id = 'q3'");
    bank_execute(&bank, "UPDATE questions SET key = 30 WHERE id = 'q4'");
    bank_read(&bank);
    cr_assert(catalog_find_key(bank.catalog, 40, &position));
    cr_expect_eq(position, 3);
    cr_assert(catalog_find_key(bank.catalog, 30, &position));
    cr_expect_eq(position, 4);
    cr_expect_not(catalog_find_key(bank.catalog, 35, &position));
}
