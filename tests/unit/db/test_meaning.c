#include "db/meaning.h"

#include <criterion/criterion.h>

static bool differs(const char *a, const char *b) {
    struct similarity_text left, right;
    similarity_fold(a, &left);
    similarity_fold(b, &right);
    cr_expect_eq(meaning_differs(&right, &left), meaning_differs(&left, &right), "%s", a);
    return meaning_differs(&left, &right);
}

Test(meaning, a_number_or_an_acronym_in_the_place_of_another_is_another_name) {
    cr_expect(differs("What is L1 regularization?", "What is L2 regularization?"));
    cr_expect(differs("What is the purpose of PCA?", "What is the purpose of LDA?"));
    cr_expect(differs("Why 10-fold validation?", "Why 5-fold validation?"));
}

Test(meaning, a_name_written_in_another_way_is_the_same) {
    cr_expect_not(differs("What is L1 regularization?", "What is $L_1$ regularization?"));
    cr_expect_not(differs("How does GPT-2 differ?", "How does GPT2 differ?"));
    cr_expect_not(differs("What is a roc curve?", "What is a ROC curve?"));
    cr_expect_not(
        differs("What is a support vector machine?", "What is a support vector machine (SVM)?"));
    cr_expect_not(differs("Given a matrix A", "Given the matrix B"));
}

Test(meaning, a_denial_turns_a_question) {
    cr_expect(differs("Is the hinge loss convex?", "Is the hinge loss not convex?"));
    cr_expect(differs("Why does it converge?", "Why doesn't it converge?"));
    cr_expect(differs("Why does it converge?", "Why doesn\u2019t it converge?"));
    cr_expect(differs("When does it always hold?", "When does it never hold?"));
    cr_expect_not(differs("Why does it not converge?", "Why doesn't it converge?"));
    cr_expect_not(differs("Why can it not converge?", "Why can't it ever converge?"));
}

Test(meaning, a_word_in_the_place_of_another_makes_another_question) {
    static const char *const pairs[][2] = {
        {"What is the bias of an estimator?", "What is the variance of an estimator?"},
        {"What is supervised learning?", "What is unsupervised learning?"},
        {"How do you notice overfitting?", "How do you notice underfitting?"},
        {"Which loss do we maximize here?", "Which loss do we minimize here?"},
        {"Why does boosting work?", "How does boosting work?"},
        {"What is a max pooling layer?", "What is a min pooling layer?"},
        {"Why is ridge regression stable?", "Why is lasso regression stable?"}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        cr_expect(differs(pairs[i][0], pairs[i][1]), "%s", pairs[i][0]);
}

Test(meaning, an_edit_asks_for_the_same) {
    static const char *const pairs[][2] = {
        {"What is the empircal risk of a model?", "What is an empirical risk of a model?"},
        {"Why does regularisation help?", "Why does regularization help?"},
        {"Why do trees overfit?", "Why does a tree overfit?"},
        {"Is the hinge loss convex?", "Is the hinge loss always convex?"},
        {"What is a kernel?", "What is a kernel in a support vector machine?"},
        {"Define empirical risk.", "Explain empirical risk."},
        {"What is risk?", "What is risk?"},
        {"", ""}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        cr_expect_not(differs(pairs[i][0], pairs[i][1]), "%s", pairs[i][0]);
}

/* The same words in another order, and words that stand more than once. */
Test(meaning, every_word_counts_as_often_as_it_stands) {
    cr_expect_not(differs("bias before variance", "variance before bias"));
    cr_expect(differs("bias, bias, variance", "bias, variance, kurtosis"));
}
