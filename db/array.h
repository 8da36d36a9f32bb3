/* Arrays that grow. Internal to db/. */
#ifndef QBANK_DB_ARRAY_H
#define QBANK_DB_ARRAY_H

#include <stdlib.h>

/* Room for `needed` elements in all: returns where `items` is now, or NULL, nothing lost, when
 * memory runs out. Doubling costs no memory at size: large blocks are moved by remapping, and what
 * has not been touched is not resident. */
static inline void *array_reserve(void *items, size_t needed, size_t *capacity,
                                  size_t element_size) {
    if (needed <= *capacity) return items;
    size_t wanted = needed < 32 ? 64 : needed * 2;
    void *moved = reallocarray(items, wanted, element_size);
    if (moved != NULL) *capacity = wanted;
    return moved;
}

#endif
