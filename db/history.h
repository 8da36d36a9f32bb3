/* What has changed since an older revision: for those who keep a copy of the bank. */
#ifndef QBANK_DB_HISTORY_H
#define QBANK_DB_HISTORY_H

#include "db/store.h"

/* The questions that came in or changed after a point of the bank's history. Words, context,
 * difficulty, answer, section and source count; places in the bank and lines do not. */
struct changes;

/* The changes since a revision, or since a time (seconds since the epoch), as a restriction for
 * struct question_filter. Pinned stores only; the store keeps the changes until the next call of
 * one of these or of store_pin(), so that a second page costs nothing. STORE_UNKNOWN_PAST: the
 * bank does not remember the revision, or what it was at that time. */
enum store_status store_changes_since_revision(struct store *store, const char *revision,
                                               const struct changes **ret_changes);
enum store_status store_changes_since_time(struct store *store, int64_t seconds,
                                           const struct changes **ret_changes);

/* Hands over every id that a question had at that point or later and none has now. It is a string
 * that lives until `take` returns. */
enum store_status store_removed_since(struct store *store, const struct changes *changes,
                                      void (*take)(void *context, const char *id), void *context);

#endif
