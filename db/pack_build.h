/* Makes packs out of rows: for the import, and to check what it made. Internal to db/. */
#ifndef QBANK_DB_PACK_BUILD_H
#define QBANK_DB_PACK_BUILD_H

#include "db/connection.h"
#include "db/pack.h"

/* The pack of this number; no slots where none of its questions is there, or all of them are too
 * long. pack_free() it, whatever comes back. */
enum store_status pack_build(struct connection *connection, int64_t number, struct pack *pack);

#endif
