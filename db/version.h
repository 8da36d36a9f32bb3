/* Which bank a connection sees. Internal to db/. */
#ifndef QBANK_DB_VERSION_H
#define QBANK_DB_VERSION_H

#include "db/connection.h"
#include "db/store.h"

struct bank_version {
    char revision[REVISION_LENGTH + 1];
    int64_t serial; /* one more with every import that wrote anything */
    int64_t imported_at;
};

/* STORE_EMPTY: nothing has been imported yet. */
enum store_status version_read(struct connection *connection, struct bank_version *ret_version);

#endif
