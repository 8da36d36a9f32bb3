#include "db/search_index.h"

enum store_status search_index_remove(struct import *import, int64_t key) {
    if (roaring_bitmap_contains(import->questions_unindexed, (uint32_t)key)) return STORE_OK;
    roaring_bitmap_add(import->questions_unindexed, (uint32_t)key);
    enum store_status status =
        import_write(import, STATEMENT_SEARCH_DELETE, VALUES(value_integer(key)));
    if (status != STORE_OK) return status;
    return import_write(import, STATEMENT_SEARCH_ALL_DELETE, VALUES(value_integer(key)));
}

enum store_status search_index_remove_section(struct import *import, int64_t section) {
    QUERY query = connection_query(import->connection, STATEMENT_SECTION_QUESTIONS,
                                   VALUES(value_integer(section)));
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW) {
        enum store_status status = search_index_remove(import, sqlite3_column_int64(query, 0));
        if (status != STORE_OK) return status;
    }
    return connection_finish(import->connection, STATEMENT_SECTION_QUESTIONS, code);
}

enum store_status search_index_put(struct import *import, int64_t key,
                                   const struct question *question, const char *context,
                                   const char *section_title) {
    enum store_status status = import_write(import, STATEMENT_SEARCH_INSERT,
                                            VALUES(value_integer(key), value_text(question->text),
                                                   value_text(context), value_text(section_title)));
    if (status == STORE_OK)
        status =
            import_write(import, STATEMENT_SEARCH_ALL_INSERT,
                         VALUES(value_integer(key), value_text(question->text), value_text(context),
                                value_text(section_title), value_text(question->answer)));
    roaring_bitmap_remove(import->questions_unindexed, (uint32_t)key);
    return status;
}
