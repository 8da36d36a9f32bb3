/* What many questions say in one piece of bytes (table packs): how a record is written and read.
 * Pure; internal to db/.
 *
 * A record is a head of 12 bytes, little-endian: the line (32 bits), the steps (32), how many
 * levels of context there are (16), the difficulty (8), whether the id is pinned (8). Then come the
 * text and the levels, outermost first, each with a NUL behind it. Id, section and source are not
 * in it: the catalog has them. A change of this comes with a migration that empties the table. */
#ifndef QBANK_DB_PACK_H
#define QBANK_DB_PACK_H

#include "content/question.h"

enum {
    PACK_SLOTS = 8192,                   /* keys that share a pack; the migration says so too */
    PACK_LAST = UINT32_MAX / PACK_SLOTS, /* number of the last pack: keys have 32 bits */
    PACK_RECORD_MAX = 2048 /* bytes; a longer one stays out, so that no pack is larger than 16 MB */
};

/* A pack that is being made. */
struct pack {
    char *records;
    size_t size, capacity;
    uint32_t *ends; /* of `slots`, in the order of bytes that the table has; room for PACK_SLOTS */
    size_t slots;
};

/* Puts a question into its slot, unless it is too long; slots are given in ascending order. For the
 * import: runs out of memory as content/memory.h does. */
void pack_add(struct pack *pack, size_t slot, const struct question *question);
void pack_free(struct pack *pack);

/* Reads pinned, difficulty, text, line, steps and context_count of a record; what else is in
 * *question stays. The text is borrowed from the record, and so is *ret_context: the levels, each
 * with its NUL behind it. False for bytes that are no record; *question is undefined then. */
bool pack_read(const char *record, size_t size, struct question *question,
               const char **ret_context);

#endif
