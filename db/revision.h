/* The revision: a hash over the content of the bank. Internal to db/. */
#ifndef QBANK_DB_REVISION_H
#define QBANK_DB_REVISION_H

#include "db/connection.h"
#include "db/store.h"

/* XXH3, 64 bits, over every question in bank order: its id, its content hash (difficulty, text,
 * context, answer) and its sections from the outermost to its own (id, title, level). Paths and
 * lines are left out, so that the same questions in other files are the same revision. */
enum store_status revision_compute(struct connection *connection,
                                   char ret_revision[REVISION_LENGTH + 1]);

#endif
