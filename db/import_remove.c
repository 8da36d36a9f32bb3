#include "db/import_internal.h"
#include "db/search_index.h"

/* The rows of a table that this run should have given and did not. `keys` lists (row, source). */
static enum store_status find_vanished(struct import *import, enum statement keys,
                                       const roaring_bitmap_t *given, roaring_bitmap_t *vanished) {
    QUERY query = connection_query(import->connection, keys, NO_VALUES);
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW) {
        uint32_t key = (uint32_t)sqlite3_column_int64(query, 0);
        uint32_t source = (uint32_t)sqlite3_column_int64(query, 1);
        bool kept = import->options.add && !roaring_bitmap_contains(import->sources_given, source);
        if (!kept && !roaring_bitmap_contains(given, key)) roaring_bitmap_add(vanished, key);
    }
    return connection_finish(import->connection, keys, code);
}

typedef enum store_status remover(struct import *import, int64_t key);

static enum store_status remove_each(struct import *import, const roaring_bitmap_t *vanished,
                                     remover *remove) {
    enum store_status status = STORE_OK;
    roaring_uint32_iterator_t iterator;
    roaring_init_iterator(vanished, &iterator);
    for (; iterator.has_value && status == STORE_OK; roaring_advance_uint32_iterator(&iterator))
        status = remove(import, iterator.current_value);
    return status;
}

enum store_status import_delete_question(struct import *import, int64_t key) {
    enum store_status status = search_index_remove(import, key);
    if (status == STORE_OK)
        status = import_write(import, STATEMENT_REMOVED_PUT,
                              VALUES(value_integer(key), value_integer(import_serial(import))));
    if (status != STORE_OK) return status;
    return import_write(import, STATEMENT_QUESTION_DELETE, VALUES(value_integer(key)));
}

/* The ids that lead to a question go with it. */
static enum store_status remove_question(struct import *import, int64_t key) {
    static const enum statement filing[] = {STATEMENT_GONE_PUT, STATEMENT_ALIASES_GONE};
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < sizeof(filing) / sizeof(filing[0]) && status == STORE_OK; i++)
        status =
            import_write(import, filing[i], VALUES(value_integer(key), value_integer(import->now)));
    if (status == STORE_OK)
        status = import_write(import, STATEMENT_ALIASES_DELETE, VALUES(value_integer(key)));
    if (status == STORE_OK) status = import_delete_question(import, key);
    if (status == STORE_OK) import->summary.removed++;
    return status;
}

static enum store_status remove_section(struct import *import, int64_t key) {
    return import_write(import, STATEMENT_SECTION_DELETE, VALUES(value_integer(key)));
}

static enum store_status remove_source(struct import *import, int64_t key) {
    return import_write(import, STATEMENT_SOURCE_DELETE, VALUES(value_integer(key)));
}

/* All of them leave the full-text index before the first row is deleted: see search_index.h. */
static enum store_status prepare_questions(struct import *import, roaring_bitmap_t *vanished) {
    enum store_status status = remove_each(import, vanished, search_index_remove);
    return status == STORE_OK ? import_recognise_renamed(import, vanished) : status;
}

enum store_status import_remove_vanished(struct import *import) {
    const struct {
        enum statement keys;
        const roaring_bitmap_t *given;
        remover *remove;
    } tables[] = {{STATEMENT_QUESTION_KEYS, import->questions_given, remove_question},
                  {STATEMENT_SECTION_KEYS, import->sections_given, remove_section},
                  {STATEMENT_SOURCE_KEYS, import->sources_given, remove_source}};
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]) && status == STORE_OK; i++) {
        roaring_bitmap_t *vanished = roaring_bitmap_create();
        status = find_vanished(import, tables[i].keys, tables[i].given, vanished);
        if (status == STORE_OK && tables[i].remove == remove_question)
            status = prepare_questions(import, vanished);
        if (status == STORE_OK) status = remove_each(import, vanished, tables[i].remove);
        roaring_bitmap_free(vanished);
    }
    return status;
}
