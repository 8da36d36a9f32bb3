#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(import_rename, .init = set_up, .fini = tear_down);

/* Follows `id` on the newest revision: expects it to lead to the question of these words. */
static void expect_leads_to(const char *id, const char *text) {
    char moved_to[QUESTION_ID_MAX + 1] = "";
    bank_read(&bank);
    char *wanted = bank_id_of(&bank, text);
    cr_expect_eq(bank_status(&bank, id, moved_to), STORE_MOVED, "%s", id);
    cr_expect_str_eq(moved_to, wanted);
    free(wanted);
    bank_expect_sound(&bank);
}

static void expect_gone(const char *id) {
    char moved_to[QUESTION_ID_MAX + 1];
    bank_read(&bank);
    cr_expect_eq(bank_status(&bank, id, moved_to), STORE_GONE);
    bank_expect_sound(&bank);
}

static char *id_of(const char *text) {
    bank_read(&bank);
    return bank_id_of(&bank, text);
}

Test(import_rename, the_same_answer_in_the_same_place_is_the_same_question) {
    BANK_IMPORT(
        &bank,
        SOURCE("a.md", {.section = "S", .text = "Define overfitting.", .answer = "It is this."}));
    char *id = id_of("Define overfitting.");
    struct import_summary summary = BANK_IMPORT(
        &bank,
        SOURCE("a.md",
               {.section = "S", .text = "When does a model fail?", .answer = "It is this."}));
    cr_expect_eq(summary.renamed, 1);
    cr_expect_eq(summary.added, 0);
    cr_expect_eq(summary.removed, 0);
    expect_leads_to(id, "When does a model fail?");
    free(id);
}

Test(import_rename, the_same_answer_in_another_section_is_not_enough) {
    BANK_IMPORT(&bank,
                SOURCE("a.md", {.section = "S", .text = "Define overfitting.", .answer = "Yes."},
                       {.section = "T", .text = "Stay?"}));
    char *id = id_of("Define overfitting.");
    BANK_IMPORT(
        &bank, SOURCE("a.md", {.section = "S", .text = "Other?"}, {.section = "T", .text = "Stay?"},
                      {.section = "T", .text = "When does a model fail?", .answer = "Yes."}));
    expect_gone(id);
    free(id);
}

Test(import_rename, missing_answers_are_not_the_same_answer) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Define overfitting."}));
    char *id = id_of("Define overfitting.");
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "When does a model fail?"}));
    expect_gone(id);
    free(id);
}

Test(import_rename, near_equal_words_are_recognised_in_the_same_source_first) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Keep?"}),
                SOURCE("b.md", {.text = "What is the empircal risk of a model?", .answer = "X."}));
    char *id = id_of("What is the empircal risk of a model?");
    struct import_summary summary = BANK_IMPORT(
        &bank,
        SOURCE("a.md", {.text = "Keep?"}, {.text = "What is the empirical risk of a model?"}),
        SOURCE(
            "b.md",
            {.section = "Other", .text = "What is an empirical risk of a model?", .answer = "Y."}));
    cr_expect_eq(summary.renamed, 1);
    cr_expect_eq(summary.added, 1);
    expect_leads_to(id, "What is an empirical risk of a model?");
    free(id);
}

Test(import_rename, near_equal_words_are_recognised_in_another_source) {
    BANK_IMPORT(&bank, SOURCE("b.md", {.text = "What is the empircal risk of a model?"}));
    char *id = id_of("What is the empircal risk of a model?");
    BANK_IMPORT(&bank, SOURCE("c.md", {.text = "What is the empirical risk of a model?"}));
    expect_leads_to(id, "What is the empirical risk of a model?");
    free(id);
}

Test(import_rename, a_name_in_the_place_of_another_makes_another_question) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "What is L1 regularization?", .answer = "Sum."}));
    char *id = id_of("What is L1 regularization?");
    struct import_summary summary = BANK_IMPORT(
        &bank, SOURCE("a.md", {.text = "What is L2 regularization?", .answer = "Squares."}));
    cr_expect_eq(summary.renamed, 0);
    cr_expect_eq(summary.removed, 1);
    expect_gone(id);
    free(id);
}

Test(import_rename, a_name_is_mended_where_the_answer_stays) {
    BANK_IMPORT(&bank,
                SOURCE("a.md", {.text = "What is L1 regularization?", .answer = "Squares."}));
    char *id = id_of("What is L1 regularization?");
    BANK_IMPORT(&bank,
                SOURCE("a.md", {.text = "What is L2 regularization?", .answer = "Squares."}));
    expect_leads_to(id, "What is L2 regularization?");
    free(id);
}

/* Words alone: the answers differ. */
static void expect_rename(const char *before, const char *after, bool is_same) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = before, .answer = "One."}));
    char *id = id_of(before);
    struct import_summary summary =
        BANK_IMPORT(&bank, SOURCE("a.md", {.text = after, .answer = "Two."}));
    cr_expect_eq(summary.renamed, is_same, "%s %s", before, after);
    if (is_same)
        expect_leads_to(id, after);
    else
        expect_gone(id);
    free(id);
    bank_close(&bank);
    bank_open(&bank);
}

Test(import_rename, words_that_ask_for_something_else_make_another_question) {
    expect_rename("Why is the hinge loss of a linear model convex?",
                  "Why is the hinge loss of a linear model not convex?", false);
    expect_rename("What is the bias of the mean as an estimator of the expectation?",
                  "What is the variance of the mean as an estimator of the expectation?", false);
    expect_rename("Why is the hinge loss of a linear model convex?",
                  "Why is the hinge loss of any linear model convex?", true);
    expect_rename("What is the bias of the mean as an estimater of the expectation?",
                  "What is the bias of the mean as an estimator of the expectation here?", true);
}

Test(import_rename, under_another_context_it_is_another_question) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "What is its gradient with respect to the weights?",
                                       .context = "Given the hinge loss"}));
    char *id = id_of("What is its gradient with respect to the weights?");
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "What is its gradient with respect to the weights?",
                                       .context = "Given the logistic loss"}));
    expect_gone(id);
    free(id);
}

Test(import_rename, a_context_may_be_edited_and_put_before_it) {
    static const char text[] = "What is its gradient with respect to the weights?";
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = text}));
    char *bare = id_of(text);
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = text, .context = "Given the logistc loss"}));
    char *mistyped = id_of(text);
    cr_expect_str_neq(bare, mistyped);
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = text, .context = "Given the logistic loss"}));
    expect_leads_to(bare, text);
    expect_leads_to(mistyped, text);
    free(bare);
    free(mistyped);
}

/* The first one would do as well, but the second is nearer. */
Test(import_rename, of_two_the_nearest_gets_the_new_question) {
    BANK_IMPORT(&bank,
                SOURCE("a.md", {.text = "Why does dropout regularize a deep network at all?"},
                       {.text = "Why does dropout regularize a deep netwerk?"}));
    char *far = id_of("Why does dropout regularize a deep network at all?");
    char *near = id_of("Why does dropout regularize a deep netwerk?");
    struct import_summary summary =
        BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why does dropout regularize a deep network?"}));
    cr_expect_eq(summary.renamed, 1);
    expect_leads_to(near, "Why does dropout regularize a deep network?");
    expect_gone(far);
    free(far);
    free(near);
}

/* Who loses its nearest takes the next. */
Test(import_rename, who_comes_too_late_takes_what_is_left) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why does dropout regularize deep networks?"},
                              {.text = "Why does dropout regularize deep networks so?"}));
    char *first = id_of("Why does dropout regularize deep networks?");
    char *second = id_of("Why does dropout regularize deep networks so?");
    struct import_summary summary = BANK_IMPORT(
        &bank, SOURCE("a.md", {.text = "Why does dropout regularize a deep networks so far?"},
                      {.text = "Why does dropout regularize the deep networks so?"}));
    cr_expect_eq(summary.renamed, 2);
    expect_leads_to(second, "Why does dropout regularize the deep networks so?");
    expect_leads_to(first, "Why does dropout regularize a deep networks so far?");
    free(first);
    free(second);
}

Test(import_rename, of_two_with_one_answer_the_near_one_is_recognised) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Can a forest overfit?", .answer = "Yes."},
                              {.text = "Is the hinge loss convex?", .answer = "Yes."}));
    char *removed = id_of("Can a forest overfit?"), *edited = id_of("Is the hinge loss convex?");
    struct import_summary summary = BANK_IMPORT(
        &bank, SOURCE("a.md", {.text = "Is the hinge loss always convex?", .answer = "Yes."}));
    cr_expect_eq(summary.renamed, 1);
    cr_expect_eq(summary.removed, 1);
    expect_leads_to(edited, "Is the hinge loss always convex?");
    expect_gone(removed);
    free(removed);
    free(edited);
}

Test(import_rename, each_new_question_takes_the_nearest_of_the_old_ones) {
    BANK_IMPORT(
        &bank,
        SOURCE("a.md", {.text = "What is its rank over the reals?", .context = "Given a matrix A"},
               {.text = "What is its rank over the reals?", .context = "Given a matrix B"}));
    bank_read(&bank);
    char *first = bank_query(&bank, "SELECT id FROM bank WHERE line = 1");
    char *second = bank_query(&bank, "SELECT id FROM bank WHERE line = 2");
    BANK_IMPORT(
        &bank,
        SOURCE("a.md",
               {.text = "What is its rank over the reals?", .context = "Given the matrix A"},
               {.text = "What is its rank over the reals?", .context = "Given the matrix B"}));
    char *new_first = bank_query(&bank, "SELECT id FROM bank WHERE line = 1");
    char *new_second = bank_query(&bank, "SELECT id FROM bank WHERE line = 2");
    char moved_to[QUESTION_ID_MAX + 1];
    bank_read(&bank);
    cr_expect_eq(bank_status(&bank, first, moved_to), STORE_MOVED);
    cr_expect_str_eq(moved_to, new_first);
    cr_expect_eq(bank_status(&bank, second, moved_to), STORE_MOVED);
    cr_expect_str_eq(moved_to, new_second);
    bank_expect_sound(&bank);
    free(first);
    free(second);
    free(new_first);
    free(new_second);
}

Test(import_rename, a_chain_of_edits_leads_to_the_living_question) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "What is the empirical risk?"}));
    char *first = id_of("What is the empirical risk?");
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "What is the empirical risk then?"}));
    char *second = id_of("What is the empirical risk then?");
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "What is the empirical risk, then, Sir?"}));
    expect_leads_to(first, "What is the empirical risk, then, Sir?");
    expect_leads_to(second, "What is the empirical risk, then, Sir?");
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Unlike all that."}));
    expect_gone(first);
    expect_gone(second);
    free(first);
    free(second);
}

Test(import_rename, an_edit_taken_back_swaps_id_and_alias) {
    char moved_to[QUESTION_ID_MAX + 1];
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "What is the empirical risk?"}));
    char *first = id_of("What is the empirical risk?");
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "What is the empirical risk then?"}));
    char *second = id_of("What is the empirical risk then?");
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "What is the empirical risk?"}));
    expect_leads_to(second, "What is the empirical risk?");
    cr_expect_eq(bank_status(&bank, first, moved_to), STORE_OK);
    free(first);
    free(second);
}

Test(import_rename, a_question_pinned_later_is_found_under_its_old_id) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?", .answer = "So."}));
    char *id = id_of("Why?");
    struct import_summary summary =
        BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?", .answer = "So.", .id = "why"}));
    cr_expect_eq(summary.renamed, 1);
    expect_leads_to(id, "Why?");
    char *pinned = id_of("Why?");
    cr_expect_str_eq(pinned, "why");
    free(id);
    free(pinned);
}

Test(import_rename, a_pinned_id_survives_any_edit) {
    char moved_to[QUESTION_ID_MAX + 1];
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?", .answer = "So.", .id = "why"}));
    struct import_summary summary = BANK_IMPORT(
        &bank, SOURCE("b.md", {.text = "Quite different words", .answer = "No.", .id = "why"}));
    cr_expect_eq(summary.changed, 1);
    bank_read(&bank);
    cr_expect_eq(bank_status(&bank, "why", moved_to), STORE_OK);
    bank_expect_sound(&bank);
}

/* Twelve thousand questions with one long word in common, all replaced: work must stay bounded. */
Test(import_rename, a_whole_bank_of_like_questions_is_replaced_in_bounded_time, .timeout = 120) {
    enum { COUNT = 12000 };
    static struct given questions[COUNT];
    static char texts[COUNT][64];
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < COUNT; i++) {
            snprintf(texts[i], sizeof(texts[i]), "%d Regularization %d %d?", round, i * 7919, i);
            questions[i] = (struct given){.text = texts[i], .answer = round == 0 ? "A" : "B"};
        }
        const struct given_source source = {"a.md", questions, COUNT};
        struct import_summary summary =
            bank_import_with(&bank, (struct import_options){0}, &source, 1);
        cr_expect_eq(summary.added + summary.renamed, COUNT);
        if (round == 1) cr_expect_eq(summary.removed + summary.renamed, COUNT);
    }
    bank_expect_sound(&bank);
}
