/* Reads out of packs, for a connection that holds a snapshot. Internal to db/.
 *
 * A pack that was read once stays open, since SQLite then knows where in the file each part of it
 * is: so the snapshot cannot be given up before pack_reader_close(). A handle that is open costs
 * each other query of the connection ten nanoseconds, as SQLite looks through all that are open:
 * that is why packs are large, and why no more than so many are opened. To close one for another
 * would cost more than to read rows, since SQLite had to find the parts of that one first. */
#ifndef QBANK_DB_PACK_READER_H
#define QBANK_DB_PACK_READER_H

#include "db/pack.h"
#include "db/pack_directory.h"

enum {
    PACK_READ_MAX = 8 * PACK_RECORD_MAX,
    PACK_HANDLES_MAX = 128, /* enough for a million questions */
    /* One of so many reads that find their pack closed opens it, which takes as long as hundreds of
     * rows: else whoever comes first after an import would wait for all packs. */
    PACK_READS_TO_OPEN = 16
};

struct pack_reader {
    sqlite3_blob **handles; /* by number, NULL where none is open; or NULL: none at all */
    size_t count;
    size_t open;                 /* of these */
    unsigned closed;             /* reads that found their pack closed */
    char records[PACK_READ_MAX]; /* what was read last */
};

/* Reads the records of a span of no more than PACK_READ_MAX bytes into reader->records. *ret_read
 * false: what is in the snapshot is not the pack that the directory knows, it is not open yet, or
 * PACK_HANDLES_MAX others are, and the questions are to be read from their rows. */
enum store_status pack_reader_read(struct pack_reader *reader, struct connection *connection,
                                   const struct pack_directory *directory,
                                   const struct pack_span *span, bool *ret_read);

/* Closes what is open. */
void pack_reader_close(struct pack_reader *reader);

#endif
