#include <criterion/criterion.h>
#include <string.h>

#include "db/similarity.h"

static double likeness(const char *a, const char *b) {
    struct similarity_text left, right;
    similarity_fold(a, &left);
    similarity_fold(b, &right);
    return similarity_dice(&left, &right);
}

/* The textbook pair: {ni ig gh ht} and {na ac ch ht} have one bigram in common. */
Test(similarity, dice_of_night_and_nacht) {
    cr_expect_float_eq(likeness("night", "nacht"), 0.25, 1e-9);
}

Test(similarity, repeated_bigrams_count_as_often_as_they_stand) {
    cr_expect_float_eq(likeness("aaaa", "aa"), 2.0 * 1 / (3 + 1), 1e-9);
}

Test(similarity, case_punctuation_and_white_space_do_not_count) {
    cr_expect_float_eq(likeness("What is **Occam's** razor?", "what is\nOccam s   Razor"), 1.0,
                       1e-9);
}

Test(similarity, an_edit_stays_near_and_another_question_does_not) {
    cr_expect_geq(likeness("Why is it called empircal risk?", "Why is it called empirical risk?"),
                  0.8);
    cr_expect_lt(likeness("What is overfitting?", "What is attention in a transformer?"), 0.8);
}

Test(similarity, texts_without_bigrams_are_like_nothing) {
    cr_expect_float_eq(likeness("", ""), 0, 1e-9);
    cr_expect_float_eq(likeness("a", "a"), 0, 1e-9);
    cr_expect_float_eq(likeness("?!", "?!"), 0, 1e-9);
}

Test(similarity, long_texts_are_cut) {
    static char text[3 * SIMILARITY_TEXT_MAX];
    struct similarity_text folded;
    memset(text, 'x', sizeof(text) - 1);
    similarity_fold(text, &folded);
    cr_expect_leq(folded.length, SIMILARITY_TEXT_MAX);
    cr_expect_geq(folded.length, SIMILARITY_TEXT_MAX - 2);
}

Test(similarity, rare_words_are_the_longest_whatever_the_order) {
    struct similarity_text a, b;
    uint64_t of_a[SIMILARITY_WORDS], of_b[SIMILARITY_WORDS];
    similarity_fold("why does the regularization of a perceptron converge so slowly", &a);
    similarity_fold("slowly: regularization! converge, PERCEPTRON; perceptron", &b);
    cr_assert_eq(similarity_rare_words(&a, of_a), 4);
    cr_assert_eq(similarity_rare_words(&b, of_b), 4);
    cr_expect_arr_eq(of_a, of_b, sizeof(of_a));
    similarity_fold("two words", &a);
    cr_expect_eq(similarity_rare_words(&a, of_a), 2);
    similarity_fold("", &a);
    cr_expect_eq(similarity_rare_words(&a, of_a), 0);
}
