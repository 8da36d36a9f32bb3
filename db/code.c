#include "db/code.h"

#include <sqlite3.h>

enum store_status code_status(int code) {
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
        return STORE_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return STORE_BUSY;
    case SQLITE_NOTADB:
        return STORE_REFUSED;
    default:
        return STORE_ERROR;
    }
}
