/* File names and messages may hold any byte; terminals and JSON must not. */
#ifndef QBANK_SERVER_COMMANDS_PRINTABLE_H
#define QBANK_SERVER_COMMANDS_PRINTABLE_H

#include <stdbool.h>

/* Copy on one line, safe to show: control characters (C0, DEL, C1, and the line and paragraph
 * separators) and bytes that are not UTF-8 become \n, \t, \r or \xNN. Owned. */
char *printable_line(const char *text);

/* Copy that is valid UTF-8: each byte that is not becomes U+FFFD; nothing else changes. Owned. */
char *printable_utf8(const char *text);

bool printable_is_utf8(const char *text);

#endif
