/* One Markdown source while it is parsed: its bytes, its lines, and the copy that md4c reads.
 *
 * The copy has the same length as the bytes, so that an offset or a line number means the same
 * place in both. Where a dialect writes what CommonMark does not know (content/dialect.h), the copy
 * says it in CommonMark; the text of questions and answers is always cut from the bytes. */
#ifndef QBANK_CONTENT_SOURCE_H
#define QBANK_CONTENT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct source {
    const char *bytes;
    char *copy;
    size_t size;
    uint32_t *line_starts; /* line_count + 1 offsets; the last one is `size` */
    unsigned line_count;   /* lines are counted from 0 here, from 1 in diagnostics */
};

/* `bytes` must outlive the source; at most UINT32_MAX of them. */
void source_init(struct source *source, const char *bytes, size_t size);
void source_free(struct source *source);

unsigned source_line_of(const struct source *source, size_t offset);

/* Column of an offset in its line, in bytes, from 1. */
unsigned source_column_of(const struct source *source, size_t offset);

/* Offset behind the last byte of the line, its line ending left out. */
static inline size_t source_line_end(const struct source *source, unsigned line) {
    size_t start = source->line_starts[line], end = source->line_starts[line + 1];
    while (end > start && (source->bytes[end - 1] == '\n' || source->bytes[end - 1] == '\r')) end--;
    return end;
}

bool source_line_is_blank(const struct source *source, unsigned line);

#endif
