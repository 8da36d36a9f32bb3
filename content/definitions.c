#include "content/definitions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/buffer.h"
#include "content/footnotes.h"
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
                            .text = memory_copy(text, place.end - place.at),
                            .line = line,
                            .last_line = line};
}

static void add_footnotes(struct definitions *definitions, const struct source *source,
                          const struct block_tree *tree) {
    struct footnotes footnotes;
    footnotes_find(source, tree, &footnotes);
    for (size_t i = 0; i < footnotes.count; i++) {
        struct footnote *footnote = &footnotes.items[i];
        definitions->items = memory_grow(definitions->items, definitions->count,
                                         &definitions->capacity, sizeof(definitions->items[0]));
        definitions->items[definitions->count++] =
            (struct definition){.label = footnote->label,
                                .text = buffer_steal(&footnote->text),
                                .line = footnote->first_line,
                                .last_line = footnote->last_line,
                                .is_footnote = true};
        footnote->label = NULL;
    }
    footnotes_free(&footnotes);
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
            free(item->text);
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
    add_footnotes(ret_definitions, source, tree);
    if (ret_definitions->count > 1)
        qsort(ret_definitions->items, ret_definitions->count, sizeof(ret_definitions->items[0]),
              compare_labels);
    drop_repeated(ret_definitions);
}

void definitions_free(struct definitions *definitions) {
    for (size_t i = 0; i < definitions->count; i++) {
        free(definitions->items[i].label);
        free(definitions->items[i].text);
    }
    free(definitions->items);
    *definitions = (struct definitions){0};
}

static struct definition *find_definition(const struct definitions *definitions, const char *text,
                                          size_t size) {
    char *label = memory_copy(text, size);
    struct definition key = {.label = label};
    struct definition *found = bsearch(&key, definitions->items, definitions->count,
                                       sizeof(definitions->items[0]), compare_labels);
    free(label);
    return found;
}

/* What an answer takes along: links stand before footnotes, which they could not interrupt. */
struct used {
    const struct definitions *definitions;
    const char *answer;
    struct buffer links, footnotes;
};

static void append_if_used(struct used *used, const char *label, size_t size) {
    struct definition *found = find_definition(used->definitions, label, size);
    size_t number = used->definitions->answer_count;
    if (found == NULL || found->used_by == number) return;
    found->used_by = number;
    if (strstr(used->answer, found->text) != NULL) return;
    struct buffer *part = found->is_footnote ? &used->footnotes : &used->links;
    buffer_append(part, "\n", 1);
    buffer_append(part, found->text, strlen(found->text));
}

/* Length of the label of a reference whose bracket opens at `text`, or 0. */
static size_t match_label(const char *text) {
    size_t size = strcspn(text + 1, "[]");
    return text[1 + size] == ']' ? size : 0;
}

/* A footnote may have links and footnotes itself. */
static void append_used_by_footnotes(struct used *used) {
    for (size_t at = 0; at < used->footnotes.size; at++) {
        const char *text = used->footnotes.data + at;
        size_t size = text[0] == '[' ? match_label(text) : 0;
        if (size == 0) continue;
        char *label = memory_copy(text + 1, size); /* the text may move */
        append_if_used(used, label, size);
        free(label);
    }
}

static void append_part(char **answer, struct buffer *part) {
    if (part->size > 0) {
        char *whole = memory_format("%s\n%s", *answer, part->data);
        free(*answer);
        *answer = whole;
    }
    buffer_free(part);
}

char *definitions_append_used(struct definitions *definitions, char *answer, const char *question) {
    struct used used = {.definitions = definitions, .answer = answer};
    if (definitions->count == 0) return answer;
    definitions->answer_count++;
    for (const char *at = strchr(answer, '['); at != NULL; at = strchr(at + 1, '['))
        append_if_used(&used, at + 1, match_label(at));
    for (const char *at = strstr(question, "[^"); at != NULL; at = strstr(at + 1, "[^"))
        append_if_used(&used, at + 1, match_label(at));
    append_used_by_footnotes(&used);
    append_part(&answer, &used.links);
    append_part(&answer, &used.footnotes);
    return answer;
}

void definitions_tell_unused(const struct definitions *definitions,
                             struct diagnostics *diagnostics) {
    for (size_t i = 0; i < definitions->count; i++) {
        const struct definition *item = &definitions->items[i];
        if (item->is_footnote && item->used_by == 0)
            diagnostics_add(diagnostics, SEVERITY_NOTE, item->line + 1, 1, "stray-text",
                            "a footnote that no answer refers to is passed over");
    }
}
