/* A document as text, one question after the other, as the examples of content/FORMAT.md show it:
 *
 *     [easy] What is a vector?
 *       id: vector               only if the author pinned it
 *       section: Linear algebra  the path, outermost first; the file's own section is "(file)"
 *       context: Given a space   one line for each
 *       answer: Its first line,
 *               its other lines below.
 *     warning 3:1 untagged-item  the diagnostics, behind the questions
 */
#ifndef QBANK_TESTS_LIB_DUMP_H
#define QBANK_TESTS_LIB_DUMP_H

#include "content/parse.h"

/* Owned by the caller. */
char *dump_document(const struct document *document);

/* Parses and dumps; the fallback title is "(file)". */
char *dump_markdown(const char *markdown, size_t size);

#endif
