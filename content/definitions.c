#include "content/definitions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/buffer.h"
#include "content/locate.h"
#include "content/memory.h"

/* Whether something stands behind the label: a destination on the next line is left out, since the
 * line alone would define nothing. */
static bool has_destination(const char *close, const char *end) {
    const char *at = close + 2; /* "]:" */
    while (at < end && (*at == ' ' || *at == '\t')) at++;
    return at < end;
}

static void add_definition(struct definitions *definitions, const struct source *source,
                           unsigned line) {
    struct strip_place place = strip_line_start(source, line);
    while (place.at < place.end && source->bytes[place.at] != '[') place.at++;
    const char *text = source->bytes + place.at;
    const char *close = memchr(text, ']', place.end - place.at);
    if (!has_destination(close, source->bytes + place.end)) return;
    definitions->items = memory_grow(definitions->items, definitions->count, &definitions->capacity,
                                     sizeof(definitions->items[0]));
    definitions->items[definitions->count++] =
        (struct definition){.label = memory_copy(text + 1, (size_t)(close - text) - 1),
                            .line = memory_copy(text, place.end - place.at)};
}

static int compare_labels(const void *a, const void *b) {
    const struct definition *left = a, *right = b;
    return strcasecmp(left->label, right->label);
}

static void drop_repeated(struct definitions *definitions) {
    size_t kept = 0;
    for (size_t i = 0; i < definitions->count; i++) {
        struct definition *item = &definitions->items[i];
        if (kept > 0 && compare_labels(&definitions->items[kept - 1], item) == 0) {
            free(item->label);
            free(item->line);
        } else {
            definitions->items[kept++] = *item;
        }
    }
    definitions->count = kept;
}

static bool is_leaf(const struct block *block) {
    return block->first_child == BLOCK_NONE && block->type != BLOCK_DOCUMENT;
}

/* glibc's qsort merges and so keeps the order of equal labels; where another one does not, which of
 * two definitions of one label counts is all that changes. */
void definitions_find(const struct source *source, const struct block_tree *tree,
                      struct definitions *ret_definitions) {
    *ret_definitions = (struct definitions){0};
    unsigned line = 0;
    for (size_t i = 0; i <= tree->count; i++) {
        if (i < tree->count && !is_leaf(&tree->blocks[i])) continue;
        unsigned next = i < tree->count ? tree->blocks[i].first_line : source->line_count;
        for (; line < next; line++)
            if (locate_line_is_definition(source, line))
                add_definition(ret_definitions, source, line);
        if (i < tree->count && tree->blocks[i].last_line >= line)
            line = tree->blocks[i].last_line + 1;
    }
    if (ret_definitions->count > 1)
        qsort(ret_definitions->items, ret_definitions->count, sizeof(ret_definitions->items[0]),
              compare_labels);
    drop_repeated(ret_definitions);
}

void definitions_free(struct definitions *definitions) {
    for (size_t i = 0; i < definitions->count; i++) {
        free(definitions->items[i].label);
        free(definitions->items[i].line);
    }
    free(definitions->items);
    *definitions = (struct definitions){0};
}

static void append_if_used(const struct definitions *definitions, struct buffer *used,
                           const char *text, size_t size, const char *markdown) {
    char *label = memory_copy(text, size);
    struct definition key = {.label = label};
    const struct definition *found = bsearch(&key, definitions->items, definitions->count,
                                             sizeof(definitions->items[0]), compare_labels);
    free(label);
    if (found == NULL || strstr(markdown, found->line) != NULL) return;
    if (used->data != NULL && strstr(used->data, found->line) != NULL) return;
    buffer_append(used, "\n", 1);
    buffer_append(used, found->line, strlen(found->line));
}

char *definitions_append_used(const struct definitions *definitions, char *markdown) {
    struct buffer used = {0};
    if (definitions->count == 0) return markdown;
    for (const char *open = strchr(markdown, '['); open != NULL; open = strchr(open + 1, '[')) {
        size_t size = strcspn(open + 1, "[]");
        if (open[1 + size] == ']' && size > 0)
            append_if_used(definitions, &used, open + 1, size, markdown);
    }
    if (used.size > 0) {
        char *whole = memory_format("%s\n%s", markdown, used.data);
        free(markdown);
        markdown = whole;
    }
    buffer_free(&used);
    return markdown;
}
