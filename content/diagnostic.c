#include "content/diagnostic.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/memory.h"

void diagnostics_add(struct diagnostics *list, enum severity severity, unsigned line,
                     unsigned column, const char *code, const char *format, ...) {
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&text, format, arguments) < 0) text = memory_copy("", 0);
    va_end(arguments);
    list->items = memory_grow(list->items, list->count, &list->capacity, sizeof(list->items[0]));
    list->items[list->count++] = (struct diagnostic){
        .severity = severity, .line = line, .column = column, .code = code, .text = text};
}

const char *severity_name(enum severity severity) {
    static const char *const names[] = {
        [SEVERITY_NOTE] = "note", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
    return names[severity];
}

size_t diagnostics_count(const struct diagnostics *list, enum severity severity) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) count += list->items[i].severity == severity;
    return count;
}

/* The code breaks ties, so that the order is the same everywhere. */
static int compare_place(const void *a, const void *b) {
    const struct diagnostic *left = a, *right = b;
    if (left->line != right->line) return left->line < right->line ? -1 : 1;
    if (left->column != right->column) return left->column < right->column ? -1 : 1;
    return strcmp(left->code, right->code);
}

void diagnostics_sort(struct diagnostics *list) {
    if (list->count > 1) qsort(list->items, list->count, sizeof(list->items[0]), compare_place);
}

void diagnostics_truncate(struct diagnostics *list, size_t count) {
    while (list->count > count) free(list->items[--list->count].text);
}

void diagnostics_free(struct diagnostics *list) {
    for (size_t i = 0; i < list->count; i++) free(list->items[i].text);
    free(list->items);
    *list = (struct diagnostics){0};
}
