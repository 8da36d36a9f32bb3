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

/* Forty-seven questions q0 … q46, every third one hard, every second one answered. */
static void set_up(void) {
    static struct given questions[COUNT];
    static char texts[COUNT][32], ids[COUNT][8];
    bank_open(&bank);
    for (int i = 0; i < COUNT; i++) {
        snprintf(texts[i], sizeof(texts[i]), "Question number %d?", i);
        snprintf(ids[i], sizeof(ids[i]), "q%d", i);
        questions[i] = (struct given){.section = "Top/Below",
                                      .text = texts[i],
                                      .answer = i % 2 == 0 ? "The answer." : NULL,
                                      .context = i == 5 ? "Given five" : NULL,
                                      .id = ids[i],
                                      .difficulty = i % 3 == 0 ? DIFFICULTY_HARD : DIFFICULTY_EASY,
                                      .line = (unsigned)(10 + i)};
    }
    const struct given_source source = {"a.md", questions, COUNT};
    bank_import_with(&bank, (struct import_options){0}, &source, 1);
    bank_read(&bank);
}
TestSuite(questions, .init = set_up, .fini = tear_down);

static struct question_page get_page(const struct question_filter *filter, const char *cursor,
                                     size_t limit) {
    struct question_page page;
    size_t index;
    cr_assert_eq(store_question_page(bank.reader, filter, cursor, limit, &page, &index), STORE_OK);
    return page;
}

static struct question_draw get_draw(const struct question_filter *filter, size_t count,
                                     const char *seed) {
    struct question_draw draw;
    size_t index;
    cr_assert_eq(store_question_draw(bank.reader, filter, count, seed, &draw, &index), STORE_OK);
    return draw;
}

Test(questions, a_question_is_whole_and_its_answer_withheld) {
    struct question question;
    char moved_to[QUESTION_ID_MAX + 1];
    cr_assert_eq(store_question(bank.reader, "q5", &question, moved_to), STORE_OK);
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
    cr_assert_eq(store_question(bank.reader, "q6", &question, moved_to), STORE_OK);
    cr_expect_eq(question.steps, 1);
    cr_expect_eq(question.context_count, 0);
    cr_expect_null(question.answer);
    question_free(&question);
}

Test(questions, levels_of_context_come_outermost_first) {
    struct question question;
    char moved_to[QUESTION_ID_MAX + 1];
    bank_execute(&bank, "INSERT INTO contexts SELECT question, depth + d, text || d FROM contexts,"
                        " (SELECT 2 AS d UNION ALL SELECT 1)");
    bank_read(&bank);
    cr_assert_eq(store_question(bank.reader, "q5", &question, moved_to), STORE_OK);
    cr_assert_eq(question.context_count, 3);
    cr_expect_str_eq(question.context[0], "Given five");
    cr_expect_str_eq(question.context[1], "Given five1");
    cr_expect_str_eq(question.context[2], "Given five2");
    question_free(&question);
}

Test(questions, the_answer_is_revealed_by_its_own_call) {
    char *answer = NULL, moved_to[QUESTION_ID_MAX + 1];
    cr_assert_eq(store_answer(bank.reader, "q6", &answer, moved_to), STORE_OK);
    cr_expect_str_eq(answer, "The answer.");
    free(answer);
    answer = moved_to;
    cr_assert_eq(store_answer(bank.reader, "q5", &answer, moved_to), STORE_OK);
    cr_expect_null(answer);
    cr_expect_eq(store_answer(bank.reader, "q99", &answer, moved_to), STORE_NO_ROW);
}

Test(questions, old_ids_tell_the_new_one_or_that_it_is_gone) {
    struct question question;
    char *answer, moved_to[QUESTION_ID_MAX + 1] = "";
    bank_execute(&bank, "INSERT INTO aliases SELECT 'before', key FROM questions WHERE id = 'q2';"
                        "INSERT INTO gone VALUES ('past', 1)");
    bank_read(&bank);
    cr_expect_eq(store_question(bank.reader, "before", &question, moved_to), STORE_MOVED);
    cr_expect_str_eq(moved_to, "q2");
    moved_to[0] = '\0';
    cr_expect_eq(store_answer(bank.reader, "before", &answer, moved_to), STORE_MOVED);
    cr_expect_str_eq(moved_to, "q2");
    cr_expect_eq(store_question(bank.reader, "past", &question, moved_to), STORE_GONE);
    cr_expect_eq(store_answer(bank.reader, "past", &answer, moved_to), STORE_GONE);
    cr_expect_eq(store_question(bank.reader, "", &question, moved_to), STORE_NO_ROW);
}

/* Walks all pages; expects each question of the filter once, in order, and the total on each. */
static void expect_walk(const struct question_filter *filter, size_t limit, int step) {
    char cursor[CURSOR_MAX + 1] = "";
    int expected = 0;
    size_t total = ((size_t)COUNT + (size_t)step - 1) / (size_t)step;
    do {
        struct question_page page = get_page(filter, cursor, limit);
        cr_expect_eq(page.total, total);
        for (size_t i = 0; i < page.count; i++, expected += step) {
            char id[16];
            snprintf(id, sizeof(id), "q%d", expected);
            cr_assert_str_eq(page.items[i].id, id);
        }
        memcpy(cursor, page.next_cursor, sizeof(cursor));
        question_page_free(&page);
    } while (cursor[0] != '\0');
    cr_expect_eq(expected, (int)total * step);
}

Test(questions, pages_cover_everything_once) {
    const struct question_filter hard = {.difficulties = 1u << DIFFICULTY_HARD};
    static const size_t limits[] = {1, 2, 7, 46, 47, 48, 100};
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        expect_walk(&everything, limits[i], 1);
        expect_walk(&hard, limits[i], 3);
    }
}

Test(questions, the_last_page_has_no_cursor_even_if_it_is_full) {
    struct question_page page = get_page(&everything, NULL, COUNT);
    cr_expect_eq(page.count, COUNT);
    cr_expect_str_empty(page.next_cursor);
    question_page_free(&page);
}

Test(questions, a_page_of_nothing_is_empty) {
    const struct question_filter none = {.difficulties = 1u << DIFFICULTY_MEDIUM};
    struct question_page page = get_page(&none, NULL, 10);
    cr_expect_eq(page.count, 0);
    cr_expect_eq(page.total, 0);
    cr_expect_str_empty(page.next_cursor);
    question_page_free(&page);
}

static enum store_status page_status(const char *cursor) {
    struct question_page page;
    size_t index;
    enum store_status status =
        store_question_page(bank.reader, &everything, cursor, 1, &page, &index);
    if (status == STORE_OK) question_page_free(&page);
    return status;
}

Test(questions, cursors_of_other_revisions_are_stale_and_others_malformed) {
    struct question_page page = get_page(&everything, NULL, 5);
    char cursor[CURSOR_MAX + 1];
    memcpy(cursor, page.next_cursor, sizeof(cursor));
    question_page_free(&page);
    cr_expect_eq(page_status(cursor), STORE_OK);
    cr_expect_eq(page_status("rubbish"), STORE_NO_ROW);
    cr_expect_eq(page_status("AAAAAAAAAAAAAAAA"), STORE_STALE);
    char beyond[CURSOR_MAX + 1];
    memcpy(beyond, cursor, sizeof(beyond));
    memcpy(beyond + 12, "____", 4);
    cr_expect_eq(page_status(beyond), STORE_NO_ROW);
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "New?"}));
    cr_expect_eq(page_status(cursor), STORE_OK, "the reader is still pinned");
    bank_read(&bank);
    cr_expect_eq(page_status(cursor), STORE_STALE);
}

Test(questions, the_same_seed_draws_the_same) {
    struct question_draw a = get_draw(&everything, 10, "seed"),
                         b = get_draw(&everything, 10, "seed"),
                         c = get_draw(&everything, 10, "other");
    size_t different = 0;
    for (size_t i = 0; i < 10; i++) {
        cr_expect_str_eq(a.items[i].id, b.items[i].id);
        different += strcmp(a.items[i].id, c.items[i].id) != 0;
    }
    cr_expect_gt(different, 0);
    question_draw_free(&a);
    question_draw_free(&b);
    question_draw_free(&c);
}

Test(questions, a_draw_is_distinct_and_within_the_filter) {
    static const char *const history[] = {"q0", "q3", "q6", "nobody"};
    const struct question_filter filter = {
        .difficulties = 1u << DIFFICULTY_HARD, .exclude = history, .exclude_count = 4};
    struct question_draw draw = get_draw(&filter, 50, "all");
    cr_expect_eq(draw.available, 13);
    cr_assert_eq(draw.count, 13);
    bool seen[COUNT] = {false};
    for (size_t i = 0; i < draw.count; i++) {
        long number = strtol(draw.items[i].id + 1, NULL, 10);
        cr_expect_eq(number % 3, 0);
        cr_expect_gt(number, 6);
        cr_expect_not(seen[number]);
        seen[number] = true;
        cr_expect_null(draw.items[i].answer);
    }
    question_draw_free(&draw);
}

/* Single draws over 23 unanswered questions, 22 degrees of freedom: 48.3 is passed once in a
 * thousand. */
Test(questions, draws_are_uniform_over_the_filter) {
    enum { TRIALS = 9200, CELLS = 23 };
    const struct question_filter filter = {.answer = ANSWER_MISSING};
    size_t observed[COUNT] = {0};
    double chi = 0, expected = (double)TRIALS / CELLS;
    for (int trial = 0; trial < TRIALS; trial++) {
        char seed[16];
        snprintf(seed, sizeof(seed), "%d", trial);
        struct question_draw draw = get_draw(&filter, 1, seed);
        observed[strtol(draw.items[0].id + 1, NULL, 10)]++;
        question_draw_free(&draw);
    }
    for (size_t i = 0; i < COUNT; i++) {
        double difference = (double)observed[i] - expected;
        if (i % 2 == 0)
            cr_expect_eq(observed[i], 0);
        else
            chi += difference * difference / expected;
    }
    cr_expect_lt(chi, 48.3, "chi-square %f", chi);
}

Test(questions, unknown_names_reach_the_caller) {
    static const char *const names[] = {"top", "nowhere"};
    struct question_page page;
    struct question_draw draw;
    size_t index = 99;
    const struct question_filter filter = {.sections = names, .section_count = 2};
    cr_expect_eq(store_question_page(bank.reader, &filter, NULL, 1, &page, &index),
                 STORE_UNKNOWN_SECTION);
    cr_expect_eq(index, 1);
    const struct question_filter sources = {.sources = names + 1, .source_count = 1};
    cr_expect_eq(store_question_draw(bank.reader, &sources, 1, "s", &draw, &index),
                 STORE_UNKNOWN_SOURCE);
    cr_expect_eq(index, 0);
}
