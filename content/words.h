/* Words of running text, between blanks: what is never cut through. */
#ifndef QBANK_CONTENT_WORDS_H
#define QBANK_CONTENT_WORDS_H

#include <stddef.h>

/* The end of the word at `at`, or `at` where a blank stands. Chinese and Japanese have no blanks
 * between words: each character is one. */
size_t words_find_end(const char *text, size_t size, size_t at);

/* The beginning of the first word at or behind `at`; `size`: there is none. */
size_t words_find_begin(const char *text, size_t size, size_t at);

#endif
