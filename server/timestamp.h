/* Points in time as text. Pure. */
#ifndef QBANK_SERVER_TIMESTAMP_H
#define QBANK_SERVER_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

/* Reads a date and time of RFC 3339, section 5.6: 2026-11-22T13:18:04Z, with a fraction, which is
 * cut off, or an offset in place of the Z. *ret_seconds are since the epoch. */
bool timestamp_parse(const char *text, int64_t *ret_seconds);

#endif
