/* Whether two questions with near-equal words ask for different things. Pure; the words that it
 * knows are English, others count by their length. */
#ifndef QBANK_DB_MEANING_H
#define QBANK_DB_MEANING_H

#include "db/similarity.h"

/* True where
 * - one name stands in the place of another: each text has digits, or capitals in a row, that the
 *   other lacks (L1 and L2, PCA and LDA). Where only one has ("principal components (PCA)"), it
 *   says more of the same.
 * - one denies what the other does not.
 * - a word stands in the place of another that is no other spelling of it (bias and variance, why
 *   and how, supervised and unsupervised). Short words, such as articles, do not count. */
bool meaning_differs(const struct similarity_text *a, const struct similarity_text *b);

#endif
