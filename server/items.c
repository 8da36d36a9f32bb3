#include "server/items.h"

#include <stdlib.h>
#include <string.h>

#include "server/cache.h"
#include "server/encode.h"

/* How many questions are looked up side by side, and read together where they are not kept: more
 * than a page has as a rule. */
enum { LOOKUPS = 32 };

struct items {
    struct cache *cache; /* position -> JSON */
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

static struct cache_bytes key_of(const uint32_t *position) {
    return (struct cache_bytes){position, sizeof(*position)};
}

struct writing {
    struct items *items;
    struct json_text *text;
    const char *separator; /* before the next item: "" or "," */
    struct encode_place place;
};

static void separate(struct writing *writing) {
    json_text_append(writing->text, writing->separator, strlen(writing->separator));
    writing->separator = ",";
}

static void write_new(void *context, uint32_t position, const struct question *question) {
    struct writing *writing = context;
    struct json_text *text = writing->text;
    separate(writing);
    size_t start = text->size;
    encode_question(text, question, &writing->place);
    if (text->failed) return;
    struct cache_bytes json = {text->data + start, text->size - start};
    cache_put(writing->items->cache, key_of(&position), json, 0);
}

/* Writes the questions from the first on that are kept, and counts how many after these are not:
 * LOOKUPS at most. */
static size_t write_kept(struct writing *writing, const uint32_t *positions, size_t count,
                         size_t *ret_missing) {
    struct cache_bytes keys[LOOKUPS], found[LOOKUPS];
    size_t looked_up = count < LOOKUPS ? count : LOOKUPS, written = 0, end;
    for (size_t i = 0; i < looked_up; i++) keys[i] = key_of(&positions[i]);
    cache_get_all(writing->items->cache, keys, looked_up, found);
    for (; written < looked_up && found[written].data != NULL; written++) {
        separate(writing);
        json_text_append(writing->text, found[written].data, found[written].size);
    }
    for (end = written; end < looked_up && found[end].data == NULL; end++) continue;
    *ret_missing = end - written;
    return written;
}

enum store_status items_write(struct items *items, struct store *store, const uint32_t *positions,
                              size_t count, struct json_text *text) {
    struct writing writing = {.items = items, .text = text, .separator = ""};
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < count && status == STORE_OK;) {
        size_t missing;
        i += write_kept(&writing, positions + i, count - i, &missing);
        status = store_questions_at(store, positions + i, missing, write_new, &writing);
        i += missing;
    }
    return status;
}
