/* How a call into db/ can end. Callers switch over it; they never see SQLite's codes. */
#ifndef QBANK_DB_STATUS_H
#define QBANK_DB_STATUS_H

enum store_status {
    STORE_OK,
    STORE_NO_ROW,          /* nothing of that name has ever been there */
    STORE_GONE,            /* it was there once; a later import removed it */
    STORE_MOVED,           /* it has another id now, which the call has returned */
    STORE_UNKNOWN_SECTION, /* the filter names a section that the bank does not have */
    STORE_UNKNOWN_SOURCE,  /* the filter names a source that the bank does not have */
    STORE_NO_WORDS,        /* a search for nothing */
    STORE_TOO_MANY_WORDS,  /* a search for more than SEARCH_WORDS_MAX words */
    STORE_SHORT_PREFIX,    /* a search of answers for a prefix that too many words have */
    STORE_STALE,           /* the cursor belongs to another revision of the bank */
    STORE_OTHER_LIST,      /* the cursor belongs to other questions or another order */
    STORE_UNKNOWN_PAST,    /* the bank does not remember what it was then */
    STORE_EMPTY,           /* nothing has been imported yet */
    STORE_CONFLICT,        /* import: two questions claim one id, two sources one path */
    STORE_BUSY,            /* another process holds the database: try again */
    STORE_REFUSED,         /* not a qbank database, or one of a newer schema */
    STORE_ERROR            /* anything else: disk, permissions, corruption */
};

#endif
