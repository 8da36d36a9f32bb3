/* What a person typed into the search field, taken apart. Internal to db/.
 *
 * Words are to be found all of them, in any order; "several words" in quotes as they stand; word*
 * stands for all words that begin so; a minus sign before any of these means not. Everything else
 * is white space, so no text is a mistake. */
#ifndef QBANK_DB_SEARCH_WORDS_H
#define QBANK_DB_SEARCH_WORDS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

#include "db/search.h"

/* Neighbouring words that are looked for as they stand; one, as a rule. */
struct search_term {
    unsigned first, count; /* its words */
    bool excluded, prefix; /* prefix: the last word stands for all that begin so */
};

/* Words are those that the index's own tokenizer sees: lower case, without accents. */
struct search_words {
    fts5_tokenizer tokenizer;
    Fts5Tokenizer *instance;
    char *words[SEARCH_WORDS_MAX]; /* owned */
    unsigned word_count;
    struct search_term terms[SEARCH_WORDS_MAX];
    unsigned term_count;
    bool has_exclusion, has_phrase, has_prefix; /* whether any of the terms is one */
};

/* STORE_NO_WORDS: there is nothing to look for (no word at all, or only such as shall not be
 * there); STORE_TOO_MANY_WORDS; STORE_ERROR. */
enum store_status search_words_read(sqlite3 *database, const char *text,
                                    struct search_words *ret_words);

/* Whether a word of a text, of so many bytes, is this one of the search, or begins with it. */
static inline bool search_word_fits(const char *word, bool prefix, const char *token,
                                    size_t length) {
    size_t word_length = strlen(word);
    bool fits = prefix ? word_length <= length : word_length == length;
    return fits && memcmp(word, token, word_length) == 0;
}

void search_words_free(struct search_words *words); /* accepts a zeroed one */

#endif
