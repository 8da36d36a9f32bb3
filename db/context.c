#include "db/context.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"

/* The old text, freed, and `more` behind it. */
static char *extend(char *text, const char *separator, const char *more) {
    char *longer = memory_format("%s%s%s", text, separator, more);
    free(text);
    return longer;
}

struct context context_join(const struct question *question) {
    if (question->context_count == 0) return (struct context){0};
    struct context context = {memory_copy("", 0), memory_copy("[", 1)};
    for (size_t i = 0; i < question->context_count; i++) {
        context.text = extend(context.text, i > 0 ? "\n" : "", question->context[i]);
        char *end = memory_format("%zu", strlen(context.text));
        context.ends = extend(context.ends, i > 0 ? "," : "", end);
        free(end);
    }
    context.ends = extend(context.ends, "", "]");
    return context;
}

void context_free(struct context *context) {
    free(context->text);
    free(context->ends);
    *context = (struct context){0};
}

static size_t count_levels(const char *ends) {
    size_t count = 1;
    for (; *ends != '\0'; ends++) count += *ends == ',';
    return count;
}

char **context_split(const char *text, const char *ends, size_t *ret_count) {
    size_t count = count_levels(ends), size = strlen(text), begin = 0;
    char **levels = malloc(count * sizeof(*levels) + size + 1);
    if (levels == NULL) return NULL;
    char *copy = memcpy(levels + count, text, size + 1), *next = (char *)ends;
    for (size_t i = 0; i < count; i++) {
        if (*next != '\0') next++; /* the bracket, or a comma */
        size_t end = strtoul(next, &next, 10);
        if (end > size) end = size;
        if (begin > end) begin = end;
        levels[i] = copy + begin;
        copy[end] = '\0';
        begin = end + 1;
    }
    *ret_count = count;
    return levels;
}
