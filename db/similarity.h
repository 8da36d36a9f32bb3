/* How alike two questions are in their words: finds edited questions. Pure. */
#ifndef QBANK_DB_SIMILARITY_H
#define QBANK_DB_SIMILARITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longer texts are compared by what they begin with. */
enum { SIMILARITY_TEXT_MAX = 4096 };
enum { SIMILARITY_WORDS = 4 };
enum { SIMILARITY_SIGNS = 10 + 26 };

/* A text reduced to its words: lower case (ASCII), one blank between them. */
struct similarity_text {
    size_t length;
    char bytes[SIMILARITY_TEXT_MAX];
    /* How often each digit stands in it, and each letter in a row of capitals. */
    uint16_t signs[SIMILARITY_SIGNS];
    unsigned contractions; /* of "not": isn't, doesn't */
};

void similarity_fold(const char *text, struct similarity_text *ret_folded);

/* Hashes of the longest distinct words: long words are rare words, so that two texts that share
 * most of their words nearly always share one of these, and few others do. Returns their number. */
size_t similarity_rare_words(const struct similarity_text *text,
                             uint64_t ret_words[SIMILARITY_WORDS]);

/* The Dice coefficient over the bigrams of bytes of both texts: twice the bigrams in common, by the
 * bigrams of both (L. R. Dice, "Measures of the amount of ecologic association between species",
 * Ecology 26, 1945; over the bigrams of words: G. W. Adamson and J. Boreham, 1974). 0 to 1. */
double similarity_dice(const struct similarity_text *a, const struct similarity_text *b);

/* The same over the bigrams of two stretches of text. */
double similarity_dice_bytes(const char *a, size_t a_length, const char *b, size_t b_length);

#endif
