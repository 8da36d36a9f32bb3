#include "db/pack_reader.h"

#include <stdlib.h>

/* Whoever edits the database by hand may do so between the loading of the directory and the
 * beginning of the snapshot. */
static enum store_status is_known(struct connection *connection, const struct pack_ends *ends,
                                  size_t number, bool *ret_known) {
    int64_t size = -1;
    enum store_status status = connection_integer(connection, STATEMENT_PACK_SIZE, &size,
                                                  VALUES(value_integer((int64_t)number)));
    if (status != STORE_OK && status != STORE_NO_ROW) return status;
    *ret_known = size == ends->items[ends->count - 1];
    return STORE_OK;
}

static enum store_status open_pack(struct pack_reader *reader, struct connection *connection,
                                   const struct pack_directory *directory, size_t number) {
    bool known;
    enum store_status status = is_known(connection, &directory->packs[number], number, &known);
    if (status != STORE_OK || !known) return status;
    if (sqlite3_blob_open(connection->handle, "main", "packs", "records", (sqlite3_int64)number, 0,
                          &reader->handles[number]) != SQLITE_OK)
        return connection_fail(connection, "pack");
    reader->open++;
    return STORE_OK;
}

static enum store_status make_room(struct pack_reader *reader, struct connection *connection,
                                   size_t count) {
    reader->handles = calloc(count, sizeof(sqlite3_blob *));
    if (reader->handles == NULL) return connection_out_of_memory(connection);
    reader->count = count;
    return STORE_OK;
}

static bool is_to_be_opened(struct pack_reader *reader, size_t number) {
    if (reader->handles[number] != NULL || reader->open == PACK_HANDLES_MAX) return false;
    return reader->closed++ % PACK_READS_TO_OPEN == 0;
}

enum store_status pack_reader_read(struct pack_reader *reader, struct connection *connection,
                                   const struct pack_directory *directory,
                                   const struct pack_span *span, bool *ret_read) {
    enum store_status status = STORE_OK;
    if (reader->handles == NULL) status = make_room(reader, connection, directory->count);
    if (status == STORE_OK && is_to_be_opened(reader, span->pack))
        status = open_pack(reader, connection, directory, span->pack);
    if (status != STORE_OK) return status;
    sqlite3_blob *handle = reader->handles[span->pack];
    uint32_t size = span->ends[span->count - 1] - span->begin;
    *ret_read = handle != NULL;
    if (handle == NULL ||
        sqlite3_blob_read(handle, reader->records, (int)size, (int)span->begin) == SQLITE_OK)
        return STORE_OK;
    return connection_fail(connection, "pack");
}

void pack_reader_close(struct pack_reader *reader) {
    for (size_t i = 0; i < reader->count; i++) sqlite3_blob_close(reader->handles[i]);
    free(reader->handles);
    reader->handles = NULL;
    reader->count = reader->open = 0;
    reader->closed = 0;
}
