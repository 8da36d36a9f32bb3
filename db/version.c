#include "db/version.h"

#include <stdio.h>

enum store_status version_read(struct connection *connection, struct bank_version *ret_version) {
    QUERY query = connection_query(connection, STATEMENT_REVISION, NO_VALUES);
    if (query == NULL) return STORE_ERROR;
    int code = sqlite3_step(query);
    if (code == SQLITE_DONE) {
        snprintf(connection->error, CONNECTION_ERROR_MAX, "nothing has been imported yet");
        return STORE_EMPTY;
    }
    if (code != SQLITE_ROW) return connection_finish(connection, STATEMENT_REVISION, code);
    const char *revision = (const char *)sqlite3_column_text(query, 0);
    if (revision == NULL) return connection_out_of_memory(connection);
    snprintf(ret_version->revision, sizeof(ret_version->revision), "%s", revision);
    ret_version->serial = sqlite3_column_int64(query, 1);
    ret_version->imported_at = sqlite3_column_int64(query, 2);
    return STORE_OK;
}
