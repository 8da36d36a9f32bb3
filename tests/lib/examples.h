/* The examples of a page: each ````markdown block with the ````text block behind it. */
#ifndef QBANK_TESTS_LIB_EXAMPLES_H
#define QBANK_TESTS_LIB_EXAMPLES_H

/* Calls `run` with each example; returns how many there are. */
unsigned examples_run(const char *path,
                      void (*run)(void *context, const char *markdown, const char *expected),
                      void *context);

#endif
