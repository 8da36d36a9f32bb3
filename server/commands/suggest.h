/* For a word that was mistyped: which one was meant? */
#ifndef QBANK_SERVER_COMMANDS_SUGGEST_H
#define QBANK_SERVER_COMMANDS_SUGGEST_H

#include <stddef.h>

/* The word that is nearest to `typed` by Levenshtein distance, the first of several. NULL if none
 * is within two edits, or only by replacing every letter. */
const char *suggest_nearest(const char *typed, const char *const *words, size_t word_count);

#endif
