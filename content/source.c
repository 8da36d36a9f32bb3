#include "content/source.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"

/* Line endings as CommonMark has them (section 2.1): \n, \r\n, or \r alone. Returns the offset
 * behind the line that begins at `at`; `has_returns` tells whether there is any \r at all. */
static size_t skip_line(const char *bytes, size_t size, size_t at, bool has_returns) {
    const char *newline = memchr(bytes + at, '\n', size - at);
    size_t end = newline != NULL ? (size_t)(newline - bytes) + 1 : size;
    const char *carriage = has_returns ? memchr(bytes + at, '\r', end - at) : NULL;
    if (carriage == NULL || carriage + 1 == newline) return end;
    return (size_t)(carriage - bytes) + 1;
}

void source_init(struct source *source, const char *bytes, size_t size) {
    *source = (struct source){.bytes = bytes, .copy = memory_copy(bytes, size), .size = size};
    bool has_returns = memchr(source->copy, '\r', size) != NULL;
    size_t capacity = 0;
    for (size_t at = 0;; at = skip_line(bytes, size, at, has_returns)) {
        source->line_starts = memory_grow(source->line_starts, source->line_count, &capacity,
                                          sizeof(source->line_starts[0]));
        source->line_starts[source->line_count] = (uint32_t)at;
        if (at == size) break;
        source->line_count++;
    }
}

void source_free(struct source *source) {
    free(source->copy);
    free(source->line_starts);
    *source = (struct source){0};
}

unsigned source_line_of(const struct source *source, size_t offset) {
    unsigned low = 0, high = source->line_count;
    while (low + 1 < high) {
        unsigned middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

unsigned source_column_of(const struct source *source, size_t offset) {
    return (unsigned)(offset - source->line_starts[source_line_of(source, offset)]) + 1;
}

bool source_line_is_blank(const struct source *source, unsigned line) {
    size_t end = source_line_end(source, line);
    for (size_t at = source->line_starts[line]; at < end; at++)
        if (source->bytes[at] != ' ' && source->bytes[at] != '\t') return false;
    return true;
}
