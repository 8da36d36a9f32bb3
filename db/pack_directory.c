#include "db/pack_directory.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/pack.h"

static enum store_status damaged(struct connection *connection, int64_t number) {
    snprintf(connection->error, CONNECTION_ERROR_MAX,
             "pack %lld is damaged: delete the rows of the table packs and import again",
             (long long)number);
    return STORE_ERROR;
}

/* Makes them numbers of this machine; false if they do not ascend. */
static bool read_ends(struct pack_ends *ends) {
    uint32_t before = 0;
    for (size_t i = 0; i < ends->count; i++) {
        uint32_t end = le32toh(ends->items[i]);
        if (end < before || end - before > PACK_RECORD_MAX) return false;
        before = ends->items[i] = end;
    }
    return true;
}

/* Room for packs up to this number: rows come in ascending order, so the last one is asked first.
 */
static enum store_status make_room(struct connection *connection,
                                   struct pack_directory *directory) {
    int64_t last = 0;
    enum store_status status =
        connection_integer(connection, STATEMENT_PACK_LAST, &last, NO_VALUES);
    if (status != STORE_OK) return status;
    if (last < 0 || last > PACK_LAST) return damaged(connection, last);
    directory->packs = calloc((size_t)last + 1, sizeof(*directory->packs));
    if (directory->packs == NULL) return connection_out_of_memory(connection);
    directory->count = (size_t)last + 1;
    return STORE_OK;
}

static enum store_status add_pack(struct connection *connection, struct pack_directory *directory,
                                  sqlite3_stmt *row) {
    int64_t number = sqlite3_column_int64(row, 0);
    const void *bytes = sqlite3_column_blob(row, 1);
    size_t size = (size_t)sqlite3_column_bytes(row, 1);
    if (number < 0 || size == 0 || size % sizeof(uint32_t) != 0 ||
        size > PACK_SLOTS * sizeof(uint32_t))
        return damaged(connection, number);
    struct pack_ends *ends = &directory->packs[number];
    ends->items = malloc(size);
    if (ends->items == NULL) return connection_out_of_memory(connection);
    memcpy(ends->items, bytes, size);
    ends->count = size / sizeof(uint32_t);
    return read_ends(ends) ? STORE_OK : damaged(connection, number);
}

enum store_status pack_directory_load(struct connection *connection,
                                      struct pack_directory *directory) {
    enum store_status status = make_room(connection, directory);
    if (status != STORE_OK) return status;
    QUERY query = connection_query(connection, STATEMENT_PACK_ENDS, NO_VALUES);
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW) {
        status = add_pack(connection, directory, query);
        if (status != STORE_OK) return status;
    }
    return connection_finish(connection, STATEMENT_PACK_ENDS, code);
}

void pack_directory_free(struct pack_directory *directory) {
    for (size_t i = 0; i < directory->count; i++) free(directory->packs[i].items);
    free(directory->packs);
    *directory = (struct pack_directory){0};
}

static uint32_t begin_of(const struct pack_ends *ends, size_t slot) {
    return slot == 0 ? 0 : ends->items[slot - 1];
}

static bool is_packed(const struct pack_directory *directory, uint32_t key) {
    size_t number = key / PACK_SLOTS, slot = key % PACK_SLOTS;
    if (number >= directory->count) return false;
    const struct pack_ends *ends = &directory->packs[number];
    return slot < ends->count && ends->items[slot] > begin_of(ends, slot);
}

static struct pack_span span_of_rows(const struct pack_directory *directory, uint32_t first,
                                     size_t count) {
    size_t length = 1;
    while (length < count && !is_packed(directory, first + (uint32_t)length)) length++;
    return (struct pack_span){.count = length};
}

struct pack_span pack_directory_span(const struct pack_directory *directory, uint32_t first,
                                     size_t count, size_t size) {
    if (!is_packed(directory, first)) return span_of_rows(directory, first, count);
    size_t number = first / PACK_SLOTS, slot = first % PACK_SLOTS, length = 1;
    const struct pack_ends *ends = &directory->packs[number];
    const uint32_t begin = begin_of(ends, slot), *items = ends->items + slot;
    if (count > ends->count - slot) count = ends->count - slot;
    while (length < count && items[length] > items[length - 1] && items[length] - begin <= size)
        length++;
    return (struct pack_span){.count = length, .pack = number, .begin = begin, .ends = items};
}
