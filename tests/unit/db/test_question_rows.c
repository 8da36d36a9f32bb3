#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/* Puts q0 to q3 into the first pack and the others into the second. */
static void spread_over_two_packs(void) {
    bank_execute(&bank, "UPDATE questions SET key = key + 8187;"
                        "UPDATE answers SET question = question + 8187");
    bank_import_numbered(&bank, COUNT);
    bank_expect_query(&bank, "SELECT count(*) FROM packs", "2");
    bank_read(&bank);
}

Test(question_rows, a_run_may_go_over_the_end_of_a_pack) {
    static const uint32_t runs[] = {0, 1, 2, 3, 4, 5, 6, 19, 3, 4, 4, 3};
    spread_over_two_packs();
    for (size_t count = 0; count <= sizeof(runs) / sizeof(runs[0]); count++)
        expect_walk(runs, count);
}

Test(question_rows, without_packs_are_read_all_the_same) {
    static const uint32_t runs[] = {3, 4, 5, 6, 19, 0};
    bank_execute(&bank, "DELETE FROM packs");
    bank_read(&bank);
    expect_walk(runs, 6);
}

static void expect_text(const char *id, const char *expected) {
    struct question question = bank_question(&bank, id);
    cr_expect_str_eq(question.text, expected);
    question_free(&question);
}

/* What is read of the pack shows that it is read of the pack. */
static void mark_packs(void) {
    bank_execute(&bank, "UPDATE packs SET records = CAST(substr(records, 1, 12) || 'F' ||"
                        " substr(records, 14) AS BLOB)");
}

Test(question_rows, come_out_of_their_pack) {
    mark_packs();
    bank_read(&bank);
    expect_text("q0", "Fuestion number 0?");
    expect_text("q1", "Question number 1?");
}

/* The second is too long for the pack, and is read from its row. */
Test(question_rows, a_long_one_comes_between_its_neighbours) {
    static const uint32_t all[] = {0, 1, 2};
    char text[4000] = "";
    memset(text, 'x', sizeof(text) - 1);
    const struct given given[] = {{.text = "First?", .id = "q0", .line = 10},
                                  {.text = text, .id = "q1", .line = 11},
                                  {.text = "Last?", .id = "q2", .line = 12}};
    const struct given_source source = {"a.md", given, 3};
    bank_import_with(&bank, (struct import_options){0}, &source, 1);
    bank_read(&bank);
    expect_walk(all, 3);
    expect_text("q1", text);
}

/* More than what is read at once. */
Test(question_rows, long_runs_are_read_in_pieces) {
    static const uint32_t first[] = {10};
    enum { MANY = 1000 };
    uint32_t all[MANY];
    for (uint32_t i = 0; i < MANY; i++) all[i] = i;
    bank_import_numbered(&bank, MANY);
    bank_read(&bank);
    expect_walk(all, MANY);
    expect_walk(first, 1);
}

static void ignore(void *context, uint32_t position, const struct question *question) {
    (void)context, (void)position, (void)question;
}

Test(question_rows, a_damaged_record_is_an_error) {
    static const uint32_t all[] = {0, 1, 2};
    bank_execute(&bank, "UPDATE packs SET records = zeroblob(length(records))");
    bank_read(&bank);
    cr_expect_eq(store_questions_at(bank.reader, all, 3, ignore, NULL), STORE_ERROR);
    cr_expect_str_eq(store_error(bank.reader), "the pack of question q0 is damaged");
}

/* Between the loading of the catalog and the pin, somebody may have taken the packs away, or put
 * others there. */
Test(question_rows, another_pack_than_the_catalog_knows_is_not_read) {
    static const char *const changes[] = {
        "UPDATE packs SET records = CAST(substr(records, 2) AS BLOB)", "DELETE FROM packs"};
    for (size_t i = 0; i < 2; i++) {
        mark_packs();
        bank_execute(&bank, changes[i]);
        cr_assert_eq(store_pin(bank.reader, bank.catalog), STORE_OK);
        expect_text("q0", "Question number 0?");
    }
}

static void expect_log(bool empty) {
    char log[128];
    struct stat found;
    snprintf(log, sizeof(log), "%s-wal", bank.path);
    cr_assert_eq(stat(log, &found), 0);
    cr_expect_eq(found.st_size == 0, empty);
}

/* An open handle would keep the snapshot, and the snapshot the write-ahead log: the first import
 * cannot write all of it back, the second can but not empty it, with a reader of the newest left.
 */
Test(question_rows, packs_are_let_go_with_their_snapshot) {
    for (unsigned i = 0; i < 3; i++) {
        bank_read(&bank);
        expect_text("q1", "Question number 1?");
        bank_import_numbered(&bank, COUNT + 1);
        expect_log(i == 2);
    }
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
