/* The place where a page of a list ended, as an opaque string for clients: the revision and the
 * position of the last item, 12 bytes in network byte order, as base64url without padding
 * (RFC 4648, section 5). Pure. */
#ifndef QBANK_DB_CURSOR_H
#define QBANK_DB_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

enum { CURSOR_LENGTH = 16 };

struct cursor {
    uint64_t revision;
    uint32_t position;
};

void cursor_encode(const struct cursor *cursor, char ret_text[CURSOR_LENGTH + 1]);

/* Accepts exactly what cursor_encode() writes; false, *ret_cursor untouched, for any other string.
 */
bool cursor_decode(const char *text, struct cursor *ret_cursor);

#endif
