/* What a person typed into the search field, taken apart. Internal to db/.
 *
 * Words are to be found all of them, in any order; "several words" in quotes as they stand; word*
 * stands for all words that begin so; a minus sign before any of these means not. Everything else
 * is white space, so no text is a mistake. */
#ifndef QBANK_DB_SEARCH_WORDS_H
#define QBANK_DB_SEARCH_WORDS_H

#include <sqlite3.h>
#include <stdbool.h>

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
};

/* STORE_NO_WORDS: there is nothing to look for (no word at all, or only such as shall not be
 * there); STORE_TOO_MANY_WORDS; STORE_ERROR. */
enum store_status search_words_read(sqlite3 *database, const char *text,
                                    struct search_words *ret_words);

/* Whether there is a term that shall not be there, one of several words, or one with a star. */
bool search_words_exclude(const struct search_words *words);
bool search_words_have_phrase(const struct search_words *words);
bool search_words_have_prefix(const struct search_words *words);

void search_words_free(struct search_words *words); /* accepts a zeroed one */

#endif
