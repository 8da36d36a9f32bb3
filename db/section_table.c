#include "db/section_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare_keys(const void *a, const void *b) {
    const struct section_key *left = a, *right = b;
    return (left->key > right->key) - (left->key < right->key);
}

bool section_table_find(const struct section_table *table, int64_t key, size_t *ret_index) {
    if (table->count == 0) return false;
    struct section_key wanted = {.key = key};
    const struct section_key *found =
        bsearch(&wanted, table->keys, table->count, sizeof(wanted), compare_keys);
    if (found != NULL) *ret_index = found->index;
    return found != NULL;
}

/* Room for one more: the arrays double. */
static bool grow(struct section_table *table, int64_t **parents, size_t *capacity) {
    if (table->count < *capacity) return true;
    size_t wanted = *capacity == 0 ? 64 : *capacity * 2;
    struct section *items = reallocarray(table->items, wanted, sizeof(*items));
    if (items != NULL) table->items = items;
    struct section_key *keys = reallocarray(table->keys, wanted, sizeof(*keys));
    if (keys != NULL) table->keys = keys;
    int64_t *moved = reallocarray(*parents, wanted, sizeof(*moved));
    if (moved != NULL) *parents = moved;
    if (items == NULL || keys == NULL || moved == NULL) return false;
    *capacity = wanted;
    return true;
}

/* `parents` takes the parent's key, 0 for none. */
static bool append(struct section_table *table, sqlite3_stmt *row, int64_t *parents) {
    const char *id = (const char *)sqlite3_column_text(row, 1);
    const char *title = (const char *)sqlite3_column_text(row, 2);
    struct section section = {.id = id == NULL ? NULL : strdup(id),
                              .title = title == NULL ? NULL : strdup(title),
                              .level = (unsigned)sqlite3_column_int(row, 3),
                              .parent = SECTION_NONE};
    parents[table->count] = sqlite3_column_int64(row, 4);
    table->keys[table->count] =
        (struct section_key){.key = sqlite3_column_int64(row, 0), .index = table->count};
    table->items[table->count++] = section;
    return section.id != NULL && section.title != NULL;
}

static enum store_status read_rows(struct connection *connection, struct section_table *table,
                                   int64_t **parents) {
    size_t capacity = 0;
    QUERY query = connection_query(connection, STATEMENT_SECTIONS_IN_ORDER, NO_VALUES);
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW)
        if (!grow(table, parents, &capacity) || !append(table, query, *parents))
            return connection_out_of_memory(connection);
    return connection_finish(connection, STATEMENT_SECTIONS_IN_ORDER, code);
}

/* Keys become indexes. Whoever walks the tree relies on parents that stand before their children.
 */
static bool resolve_parents(struct section_table *table, const int64_t *parents) {
    for (size_t i = 0; i < table->count; i++) {
        size_t parent;
        if (parents[i] == 0) continue;
        if (!section_table_find(table, parents[i], &parent) || parent >= i) return false;
        table->items[i].parent = (int)parent;
    }
    return true;
}

enum store_status section_table_load(struct connection *connection,
                                     struct section_table *ret_table) {
    struct section_table table = {0};
    int64_t *parents = NULL;
    enum store_status status = read_rows(connection, &table, &parents);
    if (status == STORE_OK && table.count > 0)
        qsort(table.keys, table.count, sizeof(table.keys[0]), compare_keys);
    if (status == STORE_OK && !resolve_parents(&table, parents)) {
        snprintf(connection->error, CONNECTION_ERROR_MAX, "the tree of sections is broken");
        status = STORE_ERROR;
    }
    free(parents);
    if (status == STORE_OK)
        *ret_table = table;
    else
        section_table_free(&table);
    return status;
}

void section_table_free(struct section_table *table) {
    for (size_t i = 0; i < table->count; i++) section_free(&table->items[i]);
    free(table->items);
    free(table->keys);
    *table = (struct section_table){0};
}
