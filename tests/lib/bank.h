/* A bank in a directory of its own, and a server on it: the fixture of most API tests. */
#ifndef QBANK_TESTS_LIB_BANK_H
#define QBANK_TESTS_LIB_BANK_H

#include <stddef.h>

#include "tests/lib/server.h"

struct bank {
    char *directory;
    char *database;
    struct server server;
};

/* The bank of tests/data/bank: six questions in two sources, with ids alpha, descent, converge,
 * ascent (which has no answer), rank and inverse, in this order. */
void bank_start(struct bank *ret_bank);

/* The same; `arguments` as for server_start(). */
void bank_start_with(struct bank *ret_bank, const char *const *arguments);

/* A bank of one source, bank.md. */
void bank_start_markdown(struct bank *ret_bank, const char *markdown);

/* A bank of bank_generate(). */
void bank_start_generated(struct bank *ret_bank, size_t count, const char *mark);

/* A database that nothing has been imported into; `arguments` as for server_start(). */
void bank_start_empty(struct bank *ret_bank, const char *const *arguments);

/* Replaces the bank by one of one source, bank.md, while the server runs. */
void bank_replace(struct bank *bank, const char *markdown);

/* Waits until every worker is sure to serve another revision than `revision`, for three seconds at
 * most: the server takes a fraction of one, the rest is for machines under load. */
void bank_await_change(const struct bank *bank, const char *revision);

/* The revision that is served; owned. */
char *bank_revision(const struct bank *bank);

/* Markdown of `count` easy questions with ids q0, q1, …: "What is number <number> of <mark>?",
 * answered by "ANSWER-<number>-<mark>"; owned. */
char *bank_generate(size_t count, const char *mark);

/* Stops the server, which must exit with 0, and removes everything. */
void bank_stop(struct bank *bank);

#endif
