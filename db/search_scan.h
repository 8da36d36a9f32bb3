/* Reads the hits of one full-text index, in the order of their keys, within bounds: so many hits,
 * and so much work for them. What comes out hangs on the database alone, and neither on the clock
 * nor on what is kept in memory. Internal to db/. */
#ifndef QBANK_DB_SEARCH_SCAN_H
#define QBANK_DB_SEARCH_SCAN_H

#include "db/search.h"
#include "db/selection.h"
#include "db/statements.h"

struct search_hit {
    double score; /* 0 where the index knows no better: see search_rank_score() */
    uint32_t position;
};

struct search_scan {
    struct store *store;
    const struct selection *selection; /* the questions that may be hits */
    enum statement statement;          /* STATEMENT_SEARCH or STATEMENT_SEARCH_ALL */
    const char *expression;            /* as search_query_compile() makes it */
    unsigned word_count;               /* of the expression */
    unsigned pages_max;                /* of the index, that the engine may read beyond looking
                                          these words up */
};

/* Call it for each snapshot: has the engine read what it reads but once, else the first search of a
 * snapshot would come to its bound sooner than others; and sees in how many pieces the indexes lie.
 * What fails here fails in the search, which tells. */
void search_scan_prepare(struct store *store);

/* Appends up to SEARCH_CANDIDATES hits to `hits`, which has room for one more than that behind
 * *hit_count. *ret_complete: there are no others. */
enum store_status search_scan_run(const struct search_scan *scan, struct search_hit *hits,
                                  size_t *hit_count, bool *ret_complete);

#endif
