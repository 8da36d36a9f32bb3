/* Parts of a text. */
#ifndef QBANK_CONTENT_SPAN_H
#define QBANK_CONTENT_SPAN_H

#include <stddef.h>

/* In bytes: from `start` up to but not including `end`. */
struct span {
    size_t start, end;
};

/* Of spans in order that do not overlap the first one that ends behind `at`, or NULL. */
static inline const struct span *span_find(const struct span *spans, size_t count, size_t at) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count ? &spans[low] : NULL;
}

#endif
