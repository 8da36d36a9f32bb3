/* How well a question fits what was looked for. Internal to db/.
 *
 * BM25F (S. Robertson, H. Zaragoza, M. Taylor, "Simple BM25 Extension to Multiple Weighted Fields",
 * CIKM 2004) without the rarity of the words: every hit has all of them, so rarity could only shift
 * the balance between them, and to know it the engine would read the list of each word to its end.
 */
#ifndef QBANK_DB_SEARCH_RANK_H
#define QBANK_DB_SEARCH_RANK_H

#include <sqlite3.h>
#include <stddef.h>

#include "db/search.h"

/* SQLite's full-text engine on this connection, or NULL. */
fts5_api *search_engine(sqlite3 *database);

/* How often each phrase of the expression occurs in a hit, by the worth of the column. */
struct search_occurrences {
    struct {
        double text, title; /* in question and context; in the title of the section */
    } phrases[SEARCH_WORDS_MAX];
    int count; /* of phrases */
};

/* Makes known on this connection an auxiliary function of the full-text engine,
 * question_occurrences(search, POINTER), that fills the struct search_occurrences at POINTER
 * (value_pointer()) and returns NULL; returns SQLite's code. */
int search_rank_register(sqlite3 *database);

/* Greater is better, and above 0 for a hit. `length` is that of question and context, in bytes. */
double search_rank_score(const struct search_occurrences *found, size_t length);

#endif
