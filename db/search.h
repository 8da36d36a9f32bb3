/* Finding questions by their words. Listings do it (db/listing.h); what is for them alone is below.
 */
#ifndef QBANK_DB_SEARCH_H
#define QBANK_DB_SEARCH_H

#include "db/store.h"

/* Hits that are ranked, and the most that can be seen, of questions alone and together with
 * answers: a search for a word that is everywhere costs no more than one for a word that so many
 * have. They are the first in the order of the keys: that in which the questions came into the
 * database, so that of the same bank with another past they may be others. */
enum { SEARCH_CANDIDATES = 3000 };

/* Words in a query: far more than anyone means, few enough for the engine. */
enum { SEARCH_WORDS_MAX = 32 };

/* Characters that a prefix needs where answers are searched: they are long, and shorter prefixes
 * stand for words in nearly every one. Lists for these would cost a third of an import. */
enum { SEARCH_ANSWER_PREFIX_MIN = 4 };

/* Where to look: a bit mask. Each word must be in one of these places, what is excluded in none. */
enum {
    SEARCH_QUESTION = 1,
    SEARCH_CONTEXT = 2,
    SEARCH_SECTION = 4, /* its title */
    SEARCH_ANSWER = 8,
    SEARCH_ALL_BUT_ANSWERS = SEARCH_QUESTION | SEARCH_CONTEXT | SEARCH_SECTION,
    SEARCH_EVERYWHERE = SEARCH_ALL_BUT_ANSWERS | SEARCH_ANSWER
};
enum { SEARCH_PLACE_COUNT = 4 };

/* ---- internal to db/ ------------------------------------------------------------------------- */

struct search_words;
struct selection;

struct search_query {
    const struct search_words *words;
    unsigned places;
    const struct selection *selection;
};

struct search_hits {
    uint32_t *positions; /* owned; best first; those by their answers alone last, in bank order */
    size_t count;
    bool complete; /* false: there may be others */
};

/* Searches the bank that the store is pinned to. STORE_SHORT_PREFIX: in answers. */
enum store_status search_find(struct store *store, const struct search_query *query,
                              struct search_hits *ret_hits);

#endif
