/* The place where a page of a list ended, as an opaque string for clients: the revision, the list
 * and the place in it, 18 bytes in network byte order, as base64url without padding (RFC 4648,
 * section 5). Behind them stands the seed of a shuffled list, whose characters are of the same
 * alphabet. Pure. */
#ifndef QBANK_DB_CURSOR_H
#define QBANK_DB_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

/* Characters of the fixed part; of the longest seed; of the longest cursor. */
enum { CURSOR_LENGTH = 24, CURSOR_SEED_MAX = 64, CURSOR_MAX = CURSOR_LENGTH + CURSOR_SEED_MAX };

struct cursor {
    uint64_t revision;
    uint64_t list; /* 48 bits that tell the lists of a revision apart */
    uint32_t place;
    const char *seed; /* "": none */
};

/* The seed has CURSOR_SEED_MAX characters at most, all of base64url. */
void cursor_encode(const struct cursor *cursor, char ret_text[CURSOR_MAX + 1]);

/* Accepts exactly what cursor_encode() writes; false, *ret_cursor untouched, for any other string.
 * The seed is part of `text`. */
bool cursor_decode(const char *text, struct cursor *ret_cursor);

#endif
