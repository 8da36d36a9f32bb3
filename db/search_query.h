/* What is looked for, as an expression for the full-text engine. Internal to db/. */
#ifndef QBANK_DB_SEARCH_QUERY_H
#define QBANK_DB_SEARCH_QUERY_H

#include "db/search_words.h"

/* What the index that is asked can do, and what of it is asked for. */
struct search_ability {
    bool phrases;           /* else a phrase asks for all its words */
    bool exclusions;        /* else what shall not be there is left out of the expression */
    unsigned prefix_length; /* characters that a prefix needs, or 0 */
    const char *columns;    /* names with blanks between them, or NULL: all that there are */
};

/* *ret_expression is owned by the caller; every word in it is quoted. STORE_SHORT_PREFIX;
 * STORE_ERROR when memory runs out. */
enum store_status search_query_compile(const struct search_words *words,
                                       const struct search_ability *ability, char **ret_expression);

#endif
