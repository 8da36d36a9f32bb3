#include "content/footnotes.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/memory.h"
#include "content/tag.h"

size_t footnote_match(const char *text, size_t size) {
    if (size < 5 || memcmp(text, "[^", 2) != 0) return 0;
    const char *close = memchr(text, ']', size);
    if (close == NULL || close == text + 2 || close + 1 == text + size || close[1] != ':') return 0;
    return (size_t)(close + 2 - text);
}

static struct footnote *begin_footnote(struct footnotes *footnotes, unsigned line, const char *text,
                                       size_t size) {
    size_t label = footnote_match(text, size) - strlen("[]:");
    footnotes->items = memory_grow(footnotes->items, footnotes->count, &footnotes->capacity,
                                   sizeof(footnotes->items[0]));
    struct footnote *footnote = &footnotes->items[footnotes->count++];
    *footnote = (struct footnote){.label = memory_copy(text + 1, label), .first_line = line};
    return footnote;
}

/* A further line is indented, so that it begins no block of its own wherever it is appended. */
static void add_line(struct footnote *footnote, unsigned line, const char *text, size_t size) {
    if (size == 0) return;
    if (footnote->text.size > 0) buffer_append_text(&footnote->text, "\n    ");
    buffer_append(&footnote->text, text, size);
    footnote->last_line = line;
}

/* The lines of a paragraph, or of indented code: a further paragraph of the footnote that stands
 * above. Returns the footnote that goes on at the end. */
static struct footnote *read_lines(const struct source *source, const struct block_tree *tree,
                                   const struct block *block, struct footnote *footnote,
                                   struct footnotes *footnotes) {
    for (unsigned line = block->first_line; line <= block->last_line; line++) {
        struct strip_place place = tree_strip_line(source, tree, block->parent, line);
        strip_take_blanks(source, &place, strip_count_blanks(source, place));
        const char *text = source->bytes + place.at;
        size_t size = place.end - place.at;
        if (footnote_match(text, size) > 0) footnote = begin_footnote(footnotes, line, text, size);
        if (tag_begins_line(text, size)) footnote = NULL;
        if (footnote != NULL) add_line(footnote, line, text, size);
    }
    return footnote;
}

static void read_paragraph(const struct source *source, const struct block_tree *tree,
                           const struct block *block, struct footnotes *footnotes) {
    struct footnote *footnote = read_lines(source, tree, block, NULL, footnotes);
    const struct block *next = block->next != BLOCK_NONE ? &tree->blocks[block->next] : NULL;
    bool goes_on = next != NULL && next->type == BLOCK_CODE && !next->is_fenced;
    if (footnote != NULL && goes_on) read_lines(source, tree, next, footnote, footnotes);
}

static int compare_labels(const void *a, const void *b) {
    const struct footnote *left = a, *right = b;
    return strcasecmp(left->label, right->label);
}

static void free_footnote(struct footnote *footnote) {
    free(footnote->label);
    buffer_free(&footnote->text);
}

static void drop_repeated(struct footnotes *footnotes) {
    struct footnote *items = footnotes->items;
    size_t kept = 0;
    for (size_t begin = 0, end; begin < footnotes->count; begin = end) {
        end = begin + 1;
        while (end < footnotes->count && compare_labels(&items[begin], &items[end]) == 0) end++;
        if (end == begin + 1)
            items[kept++] = items[begin];
        else
            for (size_t i = begin; i < end; i++) free_footnote(&items[i]);
    }
    footnotes->count = kept;
}

/* Most sources have no `[^`: they need not be read. */
static bool may_have_footnotes(const struct source *source) {
    const char *at = source->bytes, *end = at + source->size;
    while ((at = memchr(at, '^', (size_t)(end - at))) != NULL) {
        if (at > source->bytes && at[-1] == '[') return true;
        at++;
    }
    return false;
}

void footnotes_find(const struct source *source, const struct block_tree *tree,
                    struct footnotes *ret_footnotes) {
    struct footnotes footnotes = {0};
    bool has_any = may_have_footnotes(source);
    for (size_t i = 0; has_any && i < tree->count; i++)
        if (tree->blocks[i].type == BLOCK_PARAGRAPH)
            read_paragraph(source, tree, &tree->blocks[i], &footnotes);
    if (footnotes.count > 1)
        qsort(footnotes.items, footnotes.count, sizeof(footnotes.items[0]), compare_labels);
    drop_repeated(&footnotes);
    *ret_footnotes = footnotes;
}

void footnotes_free(struct footnotes *footnotes) {
    for (size_t i = 0; i < footnotes->count; i++) free_footnote(&footnotes->items[i]);
    free(footnotes->items);
    *footnotes = (struct footnotes){0};
}
