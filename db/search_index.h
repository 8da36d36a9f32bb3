/* Keeps the full-text index in step with the bank while an import writes. Internal to db/.
 *
 * The index holds no copy of the text: to take a question out, the engine reads its words from the
 * tables. So a question leaves before any of them changes and comes back when all are written.
 *
 * The engine gathers words in memory, but writes out what it has as soon as a key is lower than the
 * one before, or a statement begins that may have to be undone by itself (a deletion that others
 * hang on, INSERT OR REPLACE … SELECT). So calls for many questions come in a row, in the order of
 * the keys. */
#ifndef QBANK_DB_SEARCH_INDEX_H
#define QBANK_DB_SEARCH_INDEX_H

#include "db/import_internal.h"

/* Takes a question out. Call it before its row, its context, its answer or the title of its section
 * changes, or before it is deleted; doing so twice does no harm. */
enum store_status search_index_remove(struct import *import, int64_t key);

/* Does that for every question that stands in a section, itself and not below. */
enum store_status search_index_remove_section(struct import *import, int64_t section);

/* Puts a question in that is new or was taken out, in the words that the tables have now; `context`
 * is the column of its row, NULL where it has none. */
enum store_status search_index_put(struct import *import, int64_t key,
                                   const struct question *question, const char *context,
                                   const char *section_title);

#endif
