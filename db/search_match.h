/* Looks for words in the texts of a question themselves, where an index cannot say where they
 * stand. Internal to db/. */
#ifndef QBANK_DB_SEARCH_MATCH_H
#define QBANK_DB_SEARCH_MATCH_H

#include "db/search_words.h"

/* Which terms have been found so far; zeroed at the start. */
struct search_match {
    uint32_t found; /* a bit for the last word of each */
};

/* Looks through one more text, NULL for none: phrases do not reach from one into the next. False:
 * out of memory. */
bool search_match_text(const struct search_words *words, const char *text,
                       struct search_match *match);

/* Whether all was found that is wanted, and nothing that is not. */
bool search_match_holds(const struct search_words *words, const struct search_match *match);

#endif
