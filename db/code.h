/* SQLite's result codes in terms of db/. Internal to db/. */
#ifndef QBANK_DB_CODE_H
#define QBANK_DB_CODE_H

#include "db/status.h"

/* What a result code, extended or not, means to callers of db/. */
enum store_status code_status(int code);

#endif
