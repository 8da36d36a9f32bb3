#include "content/source.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"

/* Line endings as CommonMark has them (section 2.1): \n, \r\n, or \r alone. */
static size_t skip_line(const char *bytes, size_t size, size_t at) {
    while (at < size && bytes[at] != '\n' && bytes[at] != '\r') at++;
    if (at < size && bytes[at] == '\r' && at + 1 < size && bytes[at + 1] == '\n') at++;
    return at < size ? at + 1 : size;
}

static unsigned count_lines(const char *bytes, size_t size) {
    unsigned count = 0;
    for (size_t at = 0; at < size; at = skip_line(bytes, size, at)) count++;
    return count;
}

void source_init(struct source *source, const char *bytes, size_t size) {
    unsigned count = count_lines(bytes, size);
    uint32_t *starts = memory_alloc((count + (size_t)1) * sizeof(starts[0]));
    size_t at = 0;
    for (unsigned line = 0; line < count; line++) {
        starts[line] = (uint32_t)at;
        at = skip_line(bytes, size, at);
    }
    starts[count] = (uint32_t)size;
    *source = (struct source){.bytes = bytes,
                              .copy = memory_copy(bytes, size),
                              .size = size,
                              .line_starts = starts,
                              .line_count = count};
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
        if (source->line_starts[middle] <= offset) low = middle;
        else high = middle;
    }
    return low;
}

unsigned source_column_of(const struct source *source, size_t offset) {
    return (unsigned)(offset - source->line_starts[source_line_of(source, offset)]) + 1;
}

size_t source_line_end(const struct source *source, unsigned line) {
    size_t start = source->line_starts[line], end = source->line_starts[line + 1];
    while (end > start && (source->bytes[end - 1] == '\n' || source->bytes[end - 1] == '\r')) end--;
    return end;
}

bool source_line_is_blank(const struct source *source, unsigned line) {
    size_t end = source_line_end(source, line);
    for (size_t at = source->line_starts[line]; at < end; at++)
        if (source->bytes[at] != ' ' && source->bytes[at] != '\t') return false;
    return true;
}
