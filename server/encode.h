/* The bank's records -> JSON, in the one shape that each has wherever it stands. What is absent is
 * left out, never null. Every function returns a new reference, or NULL when memory runs out. */
#ifndef QBANK_SERVER_ENCODE_H
#define QBANK_SERVER_ENCODE_H

#include <jansson.h>

#include "db/store.h"

/* A question with its answer withheld: `answer` says whether there is one, in how many steps, and
 * where it is revealed. */
json_t *encode_question(const struct question *question);
json_t *encode_questions(const struct question *questions, size_t count);

/* {"easy", "medium", "hard", "total"} */
json_t *encode_counts(const struct difficulty_counts *counts);

/* The tree as a list in bank order; `parent` is an id. */
json_t *encode_sections(const struct section_list *list);

json_t *encode_stats(const struct bank_stats *stats);

#endif
