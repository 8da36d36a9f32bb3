/* Markdown that nobody would write, of lines that mean something to a parser. */
#ifndef QBANK_TESTS_LIB_RANDOM_SOURCE_H
#define QBANK_TESTS_LIB_RANDOM_SOURCE_H

/* The same number gives the same source everywhere. Owned. */
char *random_source(unsigned number);

#endif
