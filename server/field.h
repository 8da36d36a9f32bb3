/* Lists in header fields, members between commas and their parameters between semicolons, where
 * quoted strings hide both (RFC 9110, section 5.6). Pure. */
#ifndef QBANK_SERVER_FIELD_H
#define QBANK_SERVER_FIELD_H

#include <stdbool.h>
#include <stddef.h>

/* Behind blanks. */
const char *field_skip_blanks(const char *at);

/* To the comma, the semicolon or the NUL that ends a member or one of its parameters. */
const char *field_skip_part(const char *at);

/* Whether every quoted string ends. Where one does not it hides all that stands behind it. */
bool field_is_closed(const char *at);

/* How long the part is without the blanks at its end. */
size_t field_part_length(const char *at, const char *end);

#endif
