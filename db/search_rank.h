/* How well a question fits what was looked for: an auxiliary function of the full-text engine,
 * `question_score(search)`. Internal to db/. */
#ifndef QBANK_DB_SEARCH_RANK_H
#define QBANK_DB_SEARCH_RANK_H

#include <sqlite3.h>

/* SQLite's full-text engine on this connection, or NULL. */
fts5_api *search_engine(sqlite3 *database);

/* Makes question_score() known on this connection; returns SQLite's code.
 *
 * The score is BM25F (S. Robertson, H. Zaragoza, M. Taylor, "Simple BM25 Extension to Multiple
 * Weighted Fields", CIKM 2004) without the rarity of the words: every hit has all of them, so
 * rarity could only shift the balance between them, and to know it the engine would read the list
 * of each word to its end. Greater is better. */
int search_rank_register(sqlite3 *database);

#endif
