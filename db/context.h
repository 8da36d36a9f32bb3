/* The context of a question as its row has it: all levels, one below the other, and where each of
 * them ends. Internal to db/. */
#ifndef QBANK_DB_CONTEXT_H
#define QBANK_DB_CONTEXT_H

#include "content/question.h"

/* The columns `context` and `context_ends`; both NULL: no context. */
struct context {
    char *text, *ends;
};

/* For the import: runs out of memory as content/memory.h does. */
struct context context_join(const struct question *question);
void context_free(struct context *context);

/* The levels, outermost first, and how many: in one allocation, free() it. NULL when memory runs
 * out. Ends that lie behind the text count as its end. */
char **context_split(const char *text, const char *ends, size_t *ret_count);

#endif
