#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

enum { COUNT = 47 };
static struct bank bank;
static const struct question_filter everything;

static void tear_down(void) {
    bank_close(&bank);
}

static void set_up(void) {
    bank_open(&bank);
    bank_import_numbered(&bank, COUNT);
    bank_read(&bank);
}
TestSuite(questions, .init = set_up, .fini = tear_down);

enum { MOST = 100 };

/* A draw with its positions: in this bank question q<n> has position n. */
struct draw {
    struct question_draw draw;
    uint32_t positions[MOST];
};

static struct draw get_draw(const struct question_filter *filter, size_t count, const char *seed) {
    struct draw draw;
    size_t index;
    cr_assert_eq(
        store_question_draw(bank.reader, filter, count, seed, draw.positions, &draw.draw, &index),
        STORE_OK);
    return draw;
}

Test(questions, old_ids_tell_the_new_one_or_that_it_is_gone) {
    uint32_t position;
    char *answer, moved_to[QUESTION_ID_MAX + 1] = "";
    bank_execute(&bank, "INSERT INTO aliases SELECT 'before', key FROM questions WHERE id = 'q2';"
                        "INSERT INTO gone VALUES ('past', 1)");
    bank_read(&bank);
    cr_expect_eq(store_question_position(bank.reader, "before", &position, moved_to), STORE_MOVED);
    cr_expect_str_eq(moved_to, "q2");
    moved_to[0] = '\0';
    cr_expect_eq(store_answer(bank.reader, "before", &answer, moved_to), STORE_MOVED);
    cr_expect_str_eq(moved_to, "q2");
    cr_expect_eq(store_question_position(bank.reader, "past", &position, moved_to), STORE_GONE);
    cr_expect_eq(store_answer(bank.reader, "past", &answer, moved_to), STORE_GONE);
    cr_expect_eq(store_question_position(bank.reader, "", &position, moved_to), STORE_NO_ROW);
}

Test(questions, the_same_seed_draws_the_same) {
    struct draw a = get_draw(&everything, 10, "seed"), b = get_draw(&everything, 10, "seed"),
                c = get_draw(&everything, 10, "other");
    cr_expect_arr_eq(a.positions, b.positions, 10 * sizeof(a.positions[0]));
    cr_expect_arr_neq(a.positions, c.positions, 10 * sizeof(a.positions[0]));
}

Test(questions, a_draw_is_distinct_and_within_the_filter) {
    static const char *const history[] = {"q0", "q3", "q6", "nobody"};
    const struct question_filter filter = {
        .difficulties = 1u << DIFFICULTY_HARD, .exclude = history, .exclude_count = 4};
    struct draw got = get_draw(&filter, 50, "all");
    cr_expect_eq(got.draw.available, 13);
    cr_assert_eq(got.draw.count, 13);
    bool seen[COUNT] = {false};
    for (size_t i = 0; i < got.draw.count; i++) {
        uint32_t number = got.positions[i];
        cr_assert_lt(number, COUNT);
        cr_expect_eq(number % 3, 0);
        cr_expect_gt(number, 6);
        cr_expect_not(seen[number]);
        seen[number] = true;
    }
}

/* Pearson's chi-square of 100,000 single draws against equal chances among those that `is_left`. */
static double chi_square_of_draws(const struct question_filter *filter, const char *mark,
                                  bool is_left(int number)) {
    enum { TRIALS = 100000 };
    size_t observed[COUNT] = {0}, cells = 0;
    double chi = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        char seed[32];
        snprintf(seed, sizeof(seed), "%s-%d", mark, trial);
        observed[get_draw(filter, 1, seed).positions[0]]++;
    }
    for (int i = 0; i < COUNT; i++) cells += is_left(i);
    for (int i = 0; i < COUNT; i++) {
        double expected = is_left(i) ? (double)TRIALS / (double)cells : 0;
        double difference = (double)observed[i] - expected;
        if (is_left(i))
            chi += difference * difference / expected;
        else
            cr_expect_eq(observed[i], 0);
    }
    return chi;
}

static bool is_any(int number) {
    return number < COUNT;
}
static bool is_unanswered(int number) {
    return number % 2 == 1;
}
static bool is_unanswered_and_unseen(int number) {
    return number % 2 == 1 && number > 6;
}

/* The bounds are passed once in a thousand, with 46, 22 and 19 degrees of freedom. */
Test(questions, draws_are_uniform_whatever_is_left) {
    static const char *const history[] = {"q1", "q2", "q3", "q5", "nobody"};
    const struct question_filter unanswered = {.answer = ANSWER_MISSING};
    const struct question_filter unseen = {
        .answer = ANSWER_MISSING, .exclude = history, .exclude_count = 5};
    double chi = chi_square_of_draws(&everything, "any", is_any);
    cr_expect_lt(chi, 81.4, "chi-square %f", chi);
    chi = chi_square_of_draws(&unanswered, "unanswered", is_unanswered);
    cr_expect_lt(chi, 48.3, "chi-square %f", chi);
    chi = chi_square_of_draws(&unseen, "unseen", is_unanswered_and_unseen);
    cr_expect_lt(chi, 43.8, "chi-square %f", chi);
}

Test(questions, unknown_names_reach_the_caller) {
    static const char *const names[] = {"top", "nowhere"};
    struct draw draw;
    size_t index = 99;
    const struct question_filter filter = {.sections = names, .section_count = 2};
    cr_expect_eq(
        store_question_draw(bank.reader, &filter, 1, "s", draw.positions, &draw.draw, &index),
        STORE_UNKNOWN_SECTION);
    cr_expect_eq(index, 1);
    const struct question_filter sources = {.sources = names + 1, .source_count = 1};
    cr_expect_eq(
        store_question_draw(bank.reader, &sources, 1, "s", draw.positions, &draw.draw, &index),
        STORE_UNKNOWN_SOURCE);
    cr_expect_eq(index, 0);
}
