/* Finding questions by their words. */
#ifndef QBANK_DB_SEARCH_H
#define QBANK_DB_SEARCH_H

#include "db/store.h"

/* Hits that are ranked, and the most that can be seen: a search for a word that is everywhere
 * costs no more than one for a word that so many questions have. */
enum { SEARCH_CANDIDATES = 3000 };

/* Characters that a prefix needs in answers: they are long, and shorter prefixes stand for words in
 * nearly every one. Lists for these would cost a third of an import. */
enum { SEARCH_ANSWER_PREFIX_MIN = 4 };

enum search_scope {
    SEARCH_QUESTIONS, /* the question, its context and the title of its section */
    SEARCH_ANSWERS    /* the answer alone; a phrase asks for all its words, in any order */
};

struct search_query {
    const char *text; /* as typed: see db/search_query.h; any text is valid */
    enum search_scope scope;
    const struct question_filter *filter;
    size_t offset, limit; /* of the hits, best first; beyond SEARCH_CANDIDATES there are none */
};

struct search_result {
    uint32_t *positions; /* best first; answers in bank order */
    size_t count;
    size_t total;        /* hits under the filter, whatever offset and limit */
    bool total_is_exact; /* false: there are `total` at least. The first candidates in the order
                            they came into the bank were ranked, and the best of these are given */
};

/* Searches the bank that the store is pinned to. STORE_NO_WORDS, STORE_TOO_MANY_WORDS,
 * STORE_SHORT_PREFIX: about the text; the filter's errors as for store_question_page(). */
enum store_status store_search(struct store *store, const struct search_query *query,
                               struct search_result *ret_result, size_t *ret_index);
void search_result_free(struct search_result *result);

#endif
