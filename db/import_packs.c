/* Packs what has no pack: the questions of a fresh import, and those that are read from their rows
 * because something in their pack has changed. */
#include "db/import_internal.h"
#include "db/pack_build.h"

/* Their packs, if there are any, say nothing of them. */
static void leave_out_new(const struct import *import, roaring_bitmap_t *packs) {
    roaring_uint32_iterator_t iterator;
    roaring_init_iterator(import->questions_new, &iterator);
    for (; iterator.has_value; roaring_advance_uint32_iterator(&iterator))
        roaring_bitmap_remove(packs, iterator.current_value / PACK_SLOTS);
}

/* The numbers of the packs that are there. */
static enum store_status find_packs(struct connection *connection, roaring_bitmap_t *packs) {
    QUERY query = connection_query(connection, STATEMENT_PACK_NUMBERS, NO_VALUES);
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW)
        roaring_bitmap_add(packs, (uint32_t)sqlite3_column_int64(query, 0));
    return connection_finish(connection, STATEMENT_PACK_NUMBERS, code);
}

/* What was made goes out before the next one is made: one pack at a time is in memory. */
static enum store_status make_pack(struct connection *connection, int64_t number) {
    struct pack pack = {0};
    enum store_status status = pack_build(connection, number, &pack);
    if (status == STORE_OK && pack.slots > 0)
        status = connection_run(connection, STATEMENT_PACK_PUT,
                                VALUES(value_integer(number),
                                       value_blob(pack.ends, pack.slots * sizeof(*pack.ends)),
                                       value_blob(pack.records, pack.size)));
    pack_free(&pack);
    return status;
}

static enum store_status make_missing(struct connection *connection,
                                      const roaring_bitmap_t *packs) {
    int64_t last = 0;
    enum store_status status =
        connection_integer(connection, STATEMENT_QUESTION_LAST, &last, NO_VALUES);
    for (int64_t number = 0; number <= last / PACK_SLOTS && status == STORE_OK; number++)
        if (!roaring_bitmap_contains(packs, (uint32_t)number))
            status = make_pack(connection, number);
    return status;
}

enum store_status import_packs(struct import *import) {
    roaring_bitmap_t *packs = roaring_bitmap_create();
    if (packs == NULL) return connection_out_of_memory(import->connection);
    enum store_status status = find_packs(import->connection, packs);
    leave_out_new(import, packs);
    if (status == STORE_OK) status = make_missing(import->connection, packs);
    roaring_bitmap_free(packs);
    return status;
}
