/* What the parser and the importer have to say about a source, with the place they mean. */
#ifndef QBANK_CONTENT_DIAGNOSTIC_H
#define QBANK_CONTENT_DIAGNOSTIC_H

#include <stddef.h>

enum severity {
    SEVERITY_NOTE, /* read as intended, or passed over by design: never changes the exit status */
    SEVERITY_WARNING, /* probably not what the author meant: exit status 1 under --strict */
    SEVERITY_ERROR    /* the source cannot be imported */
};

struct diagnostic {
    enum severity severity;
    unsigned line, column; /* 1-based, column in bytes; 0: the source as a whole */
    const char *code;      /* kebab-case, static, one of those documented in content/FORMAT.md */
    char *text;            /* one line of plain text, owned */
};

struct diagnostics {
    struct diagnostic *items;
    size_t count, capacity;
};

/* Appends; `format` as for printf. */
__attribute__((format(printf, 6, 7))) void diagnostics_add(struct diagnostics *list,
                                                           enum severity severity, unsigned line,
                                                           unsigned column, const char *code,
                                                           const char *format, ...);

/* "note", "warning", "error": static strings. */
const char *severity_name(enum severity severity);

/* How many of this severity are in the list. */
size_t diagnostics_count(const struct diagnostics *list, enum severity severity);

/* Sorts by line, column, code. */
void diagnostics_sort(struct diagnostics *list);

/* Forgets what was added when `count` were in the list. */
void diagnostics_truncate(struct diagnostics *list, size_t count);

void diagnostics_free(struct diagnostics *list);

#endif
