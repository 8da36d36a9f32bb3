#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

enum { COUNT = 20 };

static struct bank bank;

static void tear_down(void) {
    bank_close(&bank);
}

static void set_up(void) {
    bank_open(&bank);
    bank_import_numbered(&bank, COUNT);
    bank_read(&bank);
}
TestSuite(question_rows, .init = set_up, .fini = tear_down);

Test(question_rows, a_question_is_whole_and_its_answer_withheld) {
    struct question question = bank_question(&bank, "q5");
    cr_expect_str_eq(question.id, "q5");
    cr_expect(question.pinned);
    cr_expect_eq(question.difficulty, DIFFICULTY_EASY);
    cr_expect_str_eq(question.text, "Question number 5?");
    cr_assert_eq(question.context_count, 1);
    cr_expect_str_eq(question.context[0], "Given five");
    cr_expect_eq(question.section.index, 1);
    cr_expect_str_eq(question.section.id, "below");
    cr_expect_str_eq(question.section.title, "Below");
    cr_expect_str_eq(question.source.path, "a.md");
    cr_expect_eq(question.source.line, 15);
    cr_expect_eq(question.steps, 0);
    cr_expect_null(question.answer);
    question_free(&question);
    question = bank_question(&bank, "q6");
    cr_expect_eq(question.steps, 1);
    cr_expect_eq(question.context_count, 0);
    cr_expect_null(question.answer);
    question_free(&question);
}

Test(question_rows, levels_of_context_come_outermost_first) {
    bank_execute(&bank, "UPDATE questions SET context = context || char(10) || 'and six',"
                        " context_ends = '[10,18]' WHERE id = 'q5'");
    bank_read(&bank);
    struct question question = bank_question(&bank, "q5");
    cr_assert_eq(question.context_count, 2);
    cr_expect_str_eq(question.context[0], "Given five");
    cr_expect_str_eq(question.context[1], "and six");
    question_free(&question);
}

struct walk {
    const uint32_t *expected;
    size_t count;
};

static void check_next(void *context, uint32_t position, const struct question *question) {
    struct walk *walk = context;
    char id[16];
    snprintf(id, sizeof(id), "q%u", walk->expected[walk->count]);
    cr_expect_eq(position, walk->expected[walk->count]);
    cr_expect_str_eq(question->id, id);
    cr_expect_eq(question->source.line, position + 10);
    cr_expect_eq(question->context_count, position == 5);
    cr_expect_null(question->answer);
    walk->count++;
}

static void expect_walk(const uint32_t *positions, size_t count) {
    struct walk walk = {.expected = positions};
    cr_expect_eq(store_questions_at(bank.reader, positions, count, check_next, &walk), STORE_OK);
    cr_expect_eq(walk.count, count);
}

/* Runs of neighbours, single ones, backwards, and one that comes twice. */
Test(question_rows, come_in_the_order_asked_for) {
    static const uint32_t runs[] = {3, 4, 5, 6, 19, 0, 5, 4, 12, 12, 13};
    for (size_t count = 0; count <= sizeof(runs) / sizeof(runs[0]); count++)
        expect_walk(runs, count);
}

/* Rows that an import has added later stand elsewhere in the table than in the bank. */
Test(question_rows, neighbours_in_the_bank_need_not_be_so_in_the_table) {
    static const uint32_t all[] = {0, 1, 2, 3};
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Question number 1?", .id = "q1", .line = 11}));
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "New?", .id = "q0", .line = 10},
                              {.text = "Question number 1?", .id = "q1", .line = 11},
                              {.text = "Newer?", .id = "q2", .line = 12},
                              {.text = "Newest?", .id = "q3", .line = 13}));
    bank_read(&bank);
    expect_walk(all, 4);
}

/* The same revision without one of its questions: nothing that an import would do. */
Test(question_rows, a_row_that_is_missing_is_an_error) {
    static const uint32_t positions[] = {0, 1, 2};
    struct walk walk = {.expected = positions};
    bank_execute(&bank, "DELETE FROM questions WHERE id = 'q1'");
    cr_assert_eq(store_pin(bank.reader, bank.catalog), STORE_OK);
    cr_expect_eq(store_questions_at(bank.reader, positions, 3, check_next, &walk), STORE_ERROR);
    cr_expect_eq(walk.count, 1);
    cr_expect_str_eq(store_error(bank.reader), "a question is missing");
}

Test(question_rows, the_answer_is_revealed_by_its_own_call) {
    char *answer = NULL, moved_to[QUESTION_ID_MAX + 1];
    cr_assert_eq(store_answer(bank.reader, "q6", &answer, moved_to), STORE_OK);
    cr_expect_str_eq(answer, "The answer.");
    free(answer);
    answer = moved_to;
    cr_assert_eq(store_answer(bank.reader, "q5", &answer, moved_to), STORE_OK);
    cr_expect_null(answer);
    cr_expect_eq(store_answer(bank.reader, "q99", &answer, moved_to), STORE_NO_ROW);
}
