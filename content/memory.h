/* Allocation that cannot fail for the caller: content/ and the import run in a process whose only
 * remedy for exhausted memory is to stop, and the import's transaction makes that safe (nothing is
 * half done). Each prints "qbank: out of memory" and aborts when memory runs out. On the
 * server's request path they are for texts alone, which are small (content/steps.h, render.h). */
#ifndef QBANK_CONTENT_MEMORY_H
#define QBANK_CONTENT_MEMORY_H

#include <stddef.h>

void *memory_alloc(size_t size);                  /* zeroed */
char *memory_copy(const char *text, size_t size); /* NUL-terminated copy of `size` bytes */
char *memory_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Makes room for one more element behind `count`: returns `items`, moved if need be, and updates
 * *capacity. Growth is geometric. */
void *memory_grow(void *items, size_t count, size_t *capacity, size_t element_size);

/* The same for `more` elements. */
void *memory_reserve(void *items, size_t count, size_t more, size_t *capacity, size_t element_size);

#endif
