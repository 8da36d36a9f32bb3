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
    roaring_uint32_iterator_t iterator;
    roaring_init_iterator(selection.set, &iterator);
    for (; iterator.has_value; roaring_advance_uint32_iterator(&iterator))
        positions[strlen(positions)] = (char)('0' + iterator.current_value);
    cr_expect_str_eq(positions, expected, "%s, not %s", positions, expected);
    cr_expect_eq(selection_count(&selection), strlen(expected));
    selection_free(&selection);
}

#define LIST(...)                                                                                  \
    (const char *const[]) {                                                                        \
        __VA_ARGS__                                                                                \
    }

Test(selection, no_filter_borrows_the_whole_bank) {
    struct selection selection;
    size_t index;
    expect_positions((struct question_filter){0}, "012345");
    cr_assert_eq(selection_create(bank.catalog, &(struct question_filter){0}, &selection, &index),
                 STORE_OK);
    cr_expect_eq(selection.set, bank.catalog->all);
    cr_expect_null(selection.owned);
    selection_free(&selection);
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
