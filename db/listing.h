/* Lists of questions: which ones, in which order, page by page. */
#ifndef QBANK_DB_LISTING_H
#define QBANK_DB_LISTING_H

#include "content/span.h"
#include "db/cursor.h"
#include "db/facets.h"
#include "db/search.h"

enum listing_sort {
    LISTING_BY_POSITION,
    LISTING_BY_DIFFICULTY, /* equals in bank order, whichever way */
    LISTING_BY_ID,         /* by its characters' codes */
    LISTING_RANDOM,        /* shuffled by the seed: everyone with the same seed, filter and revision
                              gets the same order */
    LISTING_BY_RELEVANCE   /* of a search: the best first */
};

/* Nothing is owned; the strings outlive the listing. */
struct listing_request {
    const struct question_filter *filter;
    const char *search; /* what its questions are found by, any text, or NULL: see db/search.h */
    unsigned places;    /* where to look, SEARCH_… */
    enum listing_sort sort;
    bool descending;  /* not for LISTING_RANDOM and LISTING_BY_RELEVANCE */
    const char *seed; /* of LISTING_RANDOM: 1 to CURSOR_SEED_MAX characters of base64url; else "" */
    const char *cursor; /* of the page before, or NULL: from the start */
};

struct listing_page {
    size_t count;
    char next_cursor[CURSOR_MAX + 1]; /* empty on the last page */
};

struct listing;

/* Costs the same wherever the page is.
 *
 * STORE_NO_ROW: the cursor is malformed. STORE_STALE: it belongs to another revision, whatever else
 * may be wrong. STORE_OTHER_LIST: it belongs to other questions or another order.
 * STORE_UNKNOWN_SECTION, STORE_UNKNOWN_SOURCE: *ret_index is the place in the filter's list.
 * STORE_NO_WORDS, STORE_TOO_MANY_WORDS, STORE_SHORT_PREFIX: about the search. */
enum store_status listing_open(struct store *store, const struct listing_request *request,
                               struct listing **ret_listing, size_t *ret_index);
void listing_close(struct listing *listing); /* accepts NULL */

/* How many questions there are on all pages. */
size_t listing_total(const struct listing *listing);

/* False: a search may have more hits than these: only so many are ranked (SEARCH_CANDIDATES), and
 * only so much of the index is read for them. */
bool listing_is_complete(const struct listing *listing);

/* Counts the questions of all pages: `wanted` is of FACETS_…. facets_free() the result before the
 * listing. */
enum store_status listing_facets(const struct listing *listing, unsigned wanted,
                                 struct facets *ret_facets);

/* Where in `text` the words that were searched for stand, in order; nowhere without a search.
 * *ret_marks is owned by the caller. */
enum store_status listing_mark(const struct listing *listing, const char *text,
                               struct span **ret_marks, size_t *ret_count);

/* The positions of up to `limit` questions behind the cursor; ret_positions has room for `limit`.
 * STORE_NO_ROW: the cursor points beyond the list. */
enum store_status listing_read(const struct listing *listing, size_t limit, uint32_t *ret_positions,
                               struct listing_page *ret_page);

#endif
