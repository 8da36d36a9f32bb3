/* One pass over the questions that a filter leaves, in bank order, one at a time, with their
 * answers if they are wanted. Memory does not grow with the bank. */
#ifndef QBANK_DB_EXPORT_H
#define QBANK_DB_EXPORT_H

#include "db/store.h"

struct export;

/* Begins on a pinned store, which has to outlive the export and must not be pinned anew: see
 * store_share(). Nothing of the filter is referred to later. Errors as for store_question_page().
 */
enum store_status export_begin(struct store *store, const struct question_filter *filter,
                               bool answers, struct export **ret_export, size_t *ret_index);
void export_end(struct export *export); /* accepts NULL */

/* How many questions the filter leaves. */
size_t export_total(const struct export *export);

/* Hands the next question to `take`; there has to be one. Here question->answer is set where it is
 * wanted and there is one. On anything but STORE_OK, store_error(), the export is over. */
enum store_status export_next(struct export *export, question_take *take, void *context);

#endif
