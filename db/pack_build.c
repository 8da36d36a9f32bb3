#include "db/pack_build.h"

#include <stdlib.h>

#include "db/question_row.h"

static enum store_status add_row(struct connection *connection, struct pack *pack,
                                 sqlite3_stmt *row) {
    struct question question = {0};
    bool complete = question_row_read(row, &question);
    if (complete) pack_add(pack, (size_t)(question_row_key(row) % PACK_SLOTS), &question);
    free(question.context);
    return complete ? STORE_OK : connection_out_of_memory(connection);
}

enum store_status pack_build(struct connection *connection, int64_t number, struct pack *pack) {
    int64_t first = number * PACK_SLOTS;
    QUERY rows =
        connection_query(connection, STATEMENT_QUESTIONS,
                         VALUES(value_integer(first), value_integer(first + PACK_SLOTS - 1)));
    if (rows == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
        enum store_status status = add_row(connection, pack, rows);
        if (status != STORE_OK) return status;
    }
    return connection_finish(connection, STATEMENT_QUESTIONS, code);
}
