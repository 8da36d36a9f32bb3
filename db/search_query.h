/* What a person typed into the search field, as an expression for the full-text engine. Internal
 * to db/.
 *
 * Words are to be found all of them, in any order; "several words" in quotes as they stand; word*
 * stands for all words that begin so; a minus sign before any of these means not. Everything else
 * is white space, so no text is a mistake. */
#ifndef QBANK_DB_SEARCH_QUERY_H
#define QBANK_DB_SEARCH_QUERY_H

#include <sqlite3.h>
#include <stdbool.h>

#include "db/status.h"

/* Words in a query: far more than anyone means, few enough for the engine. */
enum { SEARCH_WORDS_MAX = 32 };

/* What the index that is asked can do. */
struct search_ability {
    bool phrases;           /* else a phrase asks for all its words */
    unsigned prefix_length; /* characters that a prefix needs, or 0 */
};

/* *ret_expression is owned by the caller. The words are those that the index's own tokenizer sees,
 * each quoted. STORE_NO_WORDS: there is nothing to look for (no word at all, or only such as shall
 * not be there); STORE_TOO_MANY_WORDS; STORE_SHORT_PREFIX; STORE_ERROR. */
enum store_status search_query_compile(sqlite3 *database, const char *text,
                                       const struct search_ability *ability, char **ret_expression);

#endif
