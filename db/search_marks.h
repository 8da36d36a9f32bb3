/* Where the words that are looked for stand in a text. Internal to db/. */
#ifndef QBANK_DB_SEARCH_MARKS_H
#define QBANK_DB_SEARCH_MARKS_H

#include "db/listing.h"
#include "db/search_words.h"

/* Words of a text in which words are looked for; what stands behind them is not marked. */
enum { SEARCH_MARKS_WORDS = 4096 };

/* As listing_mark(). False: out of memory. */
bool search_marks_find(const struct search_words *words, const char *text, struct span **ret_marks,
                       size_t *ret_count);

#endif
