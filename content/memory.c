#include "content/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *pointer) {
    if (pointer == NULL) {
        fputs("qbank: out of memory\n", stderr);
        abort();
    }
    return pointer;
}

void *memory_alloc(size_t size) {
    return checked(calloc(1, size > 0 ? size : 1));
}

char *memory_copy(const char *text, size_t size) {
    char *copy = checked(malloc(size + 1));
    if (size > 0) memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

char *memory_format(const char *format, ...) {
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    return checked(length < 0 ? NULL : text);
}

void *memory_grow(void *items, size_t count, size_t *capacity, size_t element_size) {
    return memory_reserve(items, count, 1, capacity, element_size);
}

void *memory_reserve(void *items, size_t count, size_t more, size_t *capacity,
                     size_t element_size) {
    if (count + more <= *capacity) return items;
    size_t wanted = *capacity < 8 ? 8 : *capacity * 2;
    if (wanted < count + more) wanted = count + more;
    if (wanted > SIZE_MAX / element_size) return checked(NULL);
    items = checked(realloc(items, wanted * element_size));
    *capacity = wanted;
    return items;
}
