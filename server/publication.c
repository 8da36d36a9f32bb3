#include "server/publication.h"

#include <stddef.h>

void publication_init(struct publication *publication) {
    pthread_mutex_init(&publication->lock, NULL);
    publication->catalog = NULL;
    atomic_init(&publication->generation, 0);
}

void publication_destroy(struct publication *publication) {
    catalog_unref(publication->catalog);
    pthread_mutex_destroy(&publication->lock);
}

void publication_set(struct publication *publication, struct catalog *catalog) {
    pthread_mutex_lock(&publication->lock);
    struct catalog *old = publication->catalog;
    publication->catalog = catalog;
    atomic_fetch_add(&publication->generation, 1);
    pthread_mutex_unlock(&publication->lock);
    catalog_unref(old);
}

unsigned publication_generation(const struct publication *publication) {
    return atomic_load(&publication->generation);
}

struct catalog *publication_get(struct publication *publication, unsigned *ret_generation) {
    pthread_mutex_lock(&publication->lock);
    struct catalog *catalog =
        publication->catalog != NULL ? catalog_ref(publication->catalog) : NULL;
    *ret_generation = atomic_load(&publication->generation);
    pthread_mutex_unlock(&publication->lock);
    return catalog;
}
