/* The least that can be done to put a body together for each request: texts that are ready, the
 * JSON of one question each, are chosen by chance, read and copied. What a server costs that looks
 * for its questions, encodes them and keeps them within bounds can be told from it. */
#ifndef QBANK_BENCH_REFERENCE_TEXTS_H
#define QBANK_BENCH_REFERENCE_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

struct reference_texts;

/* Where each text is taken from when it is wanted. */
enum reference_texts_place {
    REFERENCE_TEXTS_DATABASE, /* by key */
    REFERENCE_TEXTS_FILE,     /* a temporary one, at a place that is known: one system call for
                                 neighbours, which is the least that is not memory */
    REFERENCE_TEXTS_MEMORY
};

/* Opens the database at `path`, which has a table texts (key INTEGER PRIMARY KEY, json TEXT) with
 * keys from 1 on without a gap; all of them are put in their place now. NULL, told on stderr, if it
 * cannot be read. */
struct reference_texts *reference_texts_open(const char *path, enum reference_texts_place place);
void reference_texts_close(struct reference_texts *texts);

/* A body with `count` of them, side by side in the bank (`adjacent`) or from all over it. Owned;
 * NULL: there are not so many side by side, memory ran out, or the database cannot be read any
 * more. */
char *reference_texts_join(struct reference_texts *texts, size_t count, bool adjacent,
                           size_t *ret_size);

#endif
