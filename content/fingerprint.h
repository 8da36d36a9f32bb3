/* Tells whether a source would be parsed into the very same document as another time. */
#ifndef QBANK_CONTENT_FINGERPRINT_H
#define QBANK_CONTENT_FINGERPRINT_H

#include <stdbool.h>
#include <stddef.h>

/* Grows with every change of what document_parse() makes of any source, and of the ids and hashes
 * that question.c derives: fingerprints of an older parser mean nothing then. */
enum { PARSER_VERSION = 4 };

enum { FINGERPRINT_SIZE = 16 };
struct fingerprint {
    unsigned char bytes[FINGERPRINT_SIZE]; /* all zero: none */
};

/* Over everything that document_parse() is given and PARSER_VERSION: XXH3, 128 bits, the same on
 * every machine. */
struct fingerprint fingerprint_source(const char *markdown, size_t size,
                                      const char *fallback_title);

bool fingerprint_is_none(const struct fingerprint *fingerprint);

#endif
