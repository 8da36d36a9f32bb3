#include "server/items.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "server/cache.h"
#include "server/encode.h"

/* How many questions are looked up side by side, and read together where they are not kept: more
 * than a page has as a rule. */
enum { LOOKUPS = 32 };
/* So many neighbours are read and not looked up. */
enum { NEIGHBOURS = 8 };

struct items {
    struct cache *cache; /* position, and any form but Markdown -> JSON */
};

struct items *items_create(size_t budget) {
    struct items *items = calloc(1, sizeof(*items));
    if (items == NULL) return NULL;
    items->cache = cache_create(budget, NULL);
    if (items->cache == NULL) {
        free(items);
        return NULL;
    }
    return items;
}

void items_free(struct items *items) {
    if (items == NULL) return;
    cache_free(items->cache);
    free(items);
}

void items_forget(struct items *items) {
    cache_clear(items->cache);
}

struct item_key {
    uint32_t position, markup, max_length;
};

struct writing {
    struct items *items;
    const struct text_form *form;
    struct json_text *text;
    const char *separator; /* before the next item: "" or "," */
    struct encode_place place;
    bool keep; /* what is read */
};

/* Of questions in Markdown, which are most, the position is key enough. Others need room for one.
 */
static struct cache_bytes key_of(const struct writing *writing, const uint32_t *position,
                                 struct item_key *room) {
    const struct text_form *form = writing->form;
    if (form->markup == MARKUP_MARKDOWN) return (struct cache_bytes){position, sizeof(*position)};
    *room = (struct item_key){*position, form->markup, form->max_length};
    return (struct cache_bytes){room, sizeof(*room)};
}

static void separate(struct writing *writing) {
    json_text_append(writing->text, writing->separator, strlen(writing->separator));
    writing->separator = ",";
}

static void encode_in_form(struct writing *writing, const struct question *question) {
    struct json_text *text = writing->text;
    struct question shown;
    bool truncated;
    text_form_question(writing->form, question, &shown, &truncated);
    encode_question(text, &shown, &(struct encode_place){0});
    text_form_free(&shown);
    if (!truncated || text->failed) return;
    text->size--; /* the closing brace */
    json_text_literal(text, ",\"truncated\":true}");
}

static void write_new(void *context, uint32_t position, const struct question *question) {
    struct writing *writing = context;
    struct json_text *text = writing->text;
    separate(writing);
    size_t start = text->size;
    struct item_key room;
    if (writing->form->markup == MARKUP_MARKDOWN)
        encode_question(text, question, &writing->place);
    else
        encode_in_form(writing, question);
    if (text->failed || !writing->keep) return;
    struct cache_bytes json = {text->data + start, text->size - start};
    cache_put(writing->items->cache, key_of(writing, &position, &room), json, 0);
}

/* Writes the questions from the first on that are kept, and counts how many after these are not:
 * LOOKUPS at most. */
static size_t write_kept(struct writing *writing, const uint32_t *positions, size_t count,
                         size_t *ret_missing) {
    struct cache_bytes keys[LOOKUPS], found[LOOKUPS];
    struct item_key rooms[LOOKUPS];
    size_t looked_up = count < LOOKUPS ? count : LOOKUPS, written = 0, end;
    for (size_t i = 0; i < looked_up; i++) keys[i] = key_of(writing, &positions[i], &rooms[i]);
    cache_get_all(writing->items->cache, keys, looked_up, found);
    for (; written < looked_up && found[written].data != NULL; written++) {
        separate(writing);
        json_text_append(writing->text, found[written].data, found[written].size);
    }
    for (end = written; end < looked_up && found[end].data == NULL; end++) continue;
    *ret_missing = end - written;
    return written;
}

static size_t count_neighbours(const uint32_t *positions, size_t count) {
    size_t length = 1;
    while (length < count && positions[length] == positions[0] + length) length++;
    return length;
}

/* How many questions from the first on are read without a look for each whether it is kept: all
 * without items; and neighbours in Markdown once there is no room to keep them all. They are read
 * side by side in less time than it takes to look at as many places all over the memory, where in a
 * walk through a bank that is larger than the cache hardly any is found. These are not kept. */
static size_t count_unseen(const struct writing *writing, const uint32_t *positions, size_t count) {
    if (writing->items == NULL) return count;
    if (writing->form->markup != MARKUP_MARKDOWN) return 0;
    if (!cache_is_full(writing->items->cache)) return 0;
    size_t length = count_neighbours(positions, count);
    return length < NEIGHBOURS ? 0 : length;
}

enum store_status items_write(struct items *items, struct store *store,
                              const struct text_form *form, const uint32_t *positions, size_t count,
                              struct json_text *text) {
    struct writing writing = {.items = items, .form = form, .text = text, .separator = ""};
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < count && status == STORE_OK;) {
        size_t missing = count_unseen(&writing, positions + i, count - i);
        writing.keep = missing == 0;
        if (writing.keep) i += write_kept(&writing, positions + i, count - i, &missing);
        status = store_questions_at(store, positions + i, missing, write_new, &writing);
        i += missing;
    }
    return status;
}
