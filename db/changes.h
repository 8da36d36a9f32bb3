/* A set of changes, as a filter sees it. Internal to db/. */
#ifndef QBANK_DB_CHANGES_H
#define QBANK_DB_CHANGES_H

#include "db/position_set.h"

struct changes {
    int64_t serial; /* what came in or changed with a later import */
    struct position_set set;
};

void changes_free(struct changes *changes); /* accepts NULL */

#endif
