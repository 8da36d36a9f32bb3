/* Which packs there are, and where in them each record is. Part of a catalog; internal to db/. */
#ifndef QBANK_DB_PACK_DIRECTORY_H
#define QBANK_DB_PACK_DIRECTORY_H

#include "db/connection.h"

/* Bytes from the beginning of the records; both in ascending order. */
struct pack_ends {
    uint32_t *items; /* of each slot; NULL: there is no such pack */
    size_t count;
};

struct pack_directory {
    struct pack_ends *packs; /* by number */
    size_t count;
};

/* STORE_ERROR where the ends of a pack are none. *directory may be filled in part then. */
enum store_status pack_directory_load(struct connection *connection,
                                      struct pack_directory *directory);
void pack_directory_free(struct pack_directory *directory);

/* Questions whose keys are neighbours, and which are alike in where they are read. */
struct pack_span {
    size_t count;         /* of questions, 1 at least */
    size_t pack;          /* its number; meaningless where `ends` is NULL */
    uint32_t begin;       /* of the first record */
    const uint32_t *ends; /* of each record; NULL: these questions are in no pack */
};

/* How the questions of the keys `first`, `first` + 1, …, `count` of them and 1 at least, can be
 * read: as many as are in one pack and take no more than `size` bytes of it (one at least), or are
 * in none. */
struct pack_span pack_directory_span(const struct pack_directory *directory, uint32_t first,
                                     size_t count, size_t size);

#endif
