/* The steps in which an answer is revealed: the top-level items where the answer is one list,
 * else its top-level blocks (paragraphs, code blocks, tables, lists, …). Link definitions and
 * footnotes at its end belong to the last one. Pure. */
#ifndef QBANK_CONTENT_STEPS_H
#define QBANK_CONTENT_STEPS_H

#include <stddef.h>

/* Number of steps of an answer; at least 1 for any answer that is not blank, 0 for NULL or a
 * blank one. */
unsigned steps_count(const char *answer);

/* Length in bytes of the prefix of `answer` that holds its first `step` steps, without trailing
 * white space; the whole length where `step` is at least steps_count(). */
size_t steps_prefix(const char *answer, unsigned step);

#endif
