#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

/* Section B is gone back to after its subsection: it has two runs of questions. */
static const struct given questions[] = {
    {.section = "A", .text = "Easy 0?"},
    {.section = "A", .text = "Easy 1?"},
    {.section = "A", .text = "Hard 2?", .difficulty = DIFFICULTY_HARD},
    {.section = "B", .text = "Easy 3?"},
    {.section = "B/C", .text = "Easy 4?"},
    {.section = "B/C", .text = "Medium 5?", .difficulty = DIFFICULTY_MEDIUM, .id = "medium"},
    {.section = "D", .text = "Easy 6?", .answer = "Yes."},
    {.section = "D", .text = "Hard 7?", .difficulty = DIFFICULTY_HARD},
};

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
    const struct given_source source = {"a.md", questions,
                                        sizeof(questions) / sizeof(questions[0])};
    bank_import_with(&bank, (struct import_options){0}, &source, 1);
    bank_read(&bank);
}

static void tear_down(void) {
    bank_close(&bank);
}

TestSuite(quiz, .init = set_up, .fini = tear_down);

struct drawn {
    uint32_t positions[QUIZ_MAX];
    struct question_quiz quiz;
    size_t count;
};

static struct drawn draw(struct question_filter filter, struct quiz_blueprint blueprint,
                         const char *seed) {
    struct drawn drawn = {0};
    size_t index;
    cr_assert_eq(store_question_quiz(bank.reader, &filter, &blueprint, seed, drawn.positions,
                                     &drawn.quiz, &index),
                 STORE_OK);
    drawn.count = difficulty_counts_total(&drawn.quiz.returned);
    return drawn;
}

static void expect_distinct(const struct drawn *drawn) {
    bool seen[8] = {false};
    for (size_t i = 0; i < drawn->count; i++) {
        cr_assert_lt(drawn->positions[i], 8);
        cr_expect_not(seen[drawn->positions[i]]);
        seen[drawn->positions[i]] = true;
    }
}

Test(quiz, comes_easy_first_and_without_repeats) {
    struct drawn drawn =
        draw((struct question_filter){0}, (struct quiz_blueprint){.by_difficulty = {2, 1, 2}}, "s");
    cr_assert_eq(drawn.count, 5);
    expect_distinct(&drawn);
    static const enum difficulty expected[] = {DIFFICULTY_EASY, DIFFICULTY_EASY, DIFFICULTY_MEDIUM,
                                               DIFFICULTY_HARD, DIFFICULTY_HARD};
    for (size_t i = 0; i < 5; i++)
        cr_expect_eq(questions[drawn.positions[i]].difficulty, expected[i]);
}

Test(quiz, says_what_there_is_where_it_cannot_be_filled) {
    struct drawn drawn =
        draw((struct question_filter){0}, (struct quiz_blueprint){.by_difficulty = {9, 1, 3}}, "s");
    static const size_t expected[] = {5, 1, 2};
    for (size_t i = 0; i < DIFFICULTY_COUNT; i++) {
        cr_expect_eq(drawn.quiz.returned.by_difficulty[i], expected[i]);
        cr_expect_eq(drawn.quiz.available.by_difficulty[i], expected[i]);
    }
    expect_distinct(&drawn);
}

static size_t count_section(const struct drawn *drawn, const char *section) {
    size_t count = 0;
    for (size_t i = 0; i < drawn->count; i++)
        count += strcmp(questions[drawn->positions[i]].section, section) == 0;
    return count;
}

/* Four sections give four questions, and the medium one's is not left to an easy one. */
Test(quiz, takes_no_more_than_its_share_from_a_section) {
    for (char seed[] = "a"; seed[0] <= 'z'; seed[0]++) {
        struct drawn drawn =
            draw((struct question_filter){0},
                 (struct quiz_blueprint){.by_difficulty = {2, 1, 2}, .per_section = 1}, seed);
        cr_assert_eq(drawn.count, 4);
        cr_expect_eq(drawn.quiz.returned.by_difficulty[DIFFICULTY_EASY], 2);
        cr_expect_eq(drawn.quiz.returned.by_difficulty[DIFFICULTY_MEDIUM], 1);
        static const char *const sections[] = {"A", "B", "B/C", "D"};
        for (size_t i = 0; i < 4; i++) cr_expect_eq(count_section(&drawn, sections[i]), 1);
    }
}

Test(quiz, the_seed_makes_the_quiz) {
    struct quiz_blueprint blueprint = {.by_difficulty = {3, 0, 1}};
    struct drawn one = draw((struct question_filter){0}, blueprint, "s");
    struct drawn same = draw((struct question_filter){0}, blueprint, "s");
    cr_expect_arr_eq(one.positions, same.positions, one.count * sizeof(one.positions[0]));
    bool differs = false;
    for (char seed[] = "a"; seed[0] <= 'z' && !differs; seed[0]++) {
        struct drawn other = draw((struct question_filter){0}, blueprint, seed);
        differs = memcmp(other.positions, one.positions, 4 * sizeof(one.positions[0])) != 0;
    }
    cr_expect(differs);
}

Test(quiz, the_filter_restricts_it) {
    struct question_filter filter = {.sections = (const char *const[]){"b", "d"},
                                     .section_count = 2,
                                     .exclude = (const char *const[]){"medium"},
                                     .exclude_count = 1,
                                     .difficulties = 1u << DIFFICULTY_HARD};
    struct drawn drawn = draw(filter, (struct quiz_blueprint){.by_difficulty = {9, 9, 9}}, "s");
    static const size_t expected[] = {3, 0, 1};
    for (size_t i = 0; i < DIFFICULTY_COUNT; i++)
        cr_expect_eq(drawn.quiz.returned.by_difficulty[i], expected[i]);
    filter.answer = ANSWER_AVAILABLE;
    drawn = draw(filter, (struct quiz_blueprint){.by_difficulty = {9, 9, 9}}, "s");
    cr_assert_eq(drawn.count, 1);
    cr_expect_eq(drawn.positions[0], 6);
}

Test(quiz, unknown_sources_are_named) {
    struct question_filter filter = {.sources = (const char *const[]){"b.md"}, .source_count = 1};
    struct quiz_blueprint blueprint = {.by_difficulty = {1, 0, 0}};
    struct drawn drawn = {0};
    size_t index = 9;
    cr_expect_eq(store_question_quiz(bank.reader, &filter, &blueprint, "s", drawn.positions,
                                     &drawn.quiz, &index),
                 STORE_UNKNOWN_SOURCE);
    cr_expect_eq(index, 0);
}
