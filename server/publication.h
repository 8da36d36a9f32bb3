/* The catalog that is served, handed from the thread that watches the database to the workers.
 * A worker compares publication_generation(), one atomic read, between its turns, and takes the
 * lock only when the bank has changed. */
#ifndef QBANK_SERVER_PUBLICATION_H
#define QBANK_SERVER_PUBLICATION_H

#include <pthread.h>
#include <stdatomic.h>

#include "db/catalog.h"

struct publication {
    pthread_mutex_t lock;
    struct catalog *catalog; /* NULL until there is a bank */
    atomic_uint generation;  /* 0 until there is a bank, then one more for each new one */
};

void publication_init(struct publication *publication);
void publication_destroy(struct publication *publication);

/* Takes over the caller's reference. */
void publication_set(struct publication *publication, struct catalog *catalog);

unsigned publication_generation(const struct publication *publication);

/* A reference of the caller's own to the newest catalog, and its generation; NULL, with generation
 * 0, while there is none. */
struct catalog *publication_get(struct publication *publication, unsigned *ret_generation);

#endif
