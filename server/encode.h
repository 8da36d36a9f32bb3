/* The bank's records -> JSON, in the one shape that each has wherever it stands. What is absent is
 * left out, never null. Every function that returns JSON returns a new reference, or NULL when
 * memory runs out. */
#ifndef QBANK_SERVER_ENCODE_H
#define QBANK_SERVER_ENCODE_H

#include <jansson.h>

#include "db/store.h"
#include "server/json_text.h"

/* Where in a text the section and the source path of its last question stand: neighbours share
 * theirs as a rule, and what is repeated need not be escaped again. Begins zeroed. */
struct encode_place {
    const char *section, *path; /* of a question, whose catalog lives on; compared as pointers */
    size_t start, size;
};

/* A question with its answer withheld: `answer` says whether there is one, in how many steps, and
 * where it is revealed. */
void encode_question(struct json_text *text, const struct question *question,
                     struct encode_place *place);

/* {"easy", "medium", "hard", "total"}, as text and as a tree. */
void encode_counts_text(struct json_text *text, const struct difficulty_counts *counts);
json_t *encode_counts(const struct difficulty_counts *counts);

/* The tree as a list in bank order; `parent` is an id. */
json_t *encode_sections(const struct section_list *list);

json_t *encode_stats(const struct bank_stats *stats);

#endif
