/* Undoes content codings, by the libraries' own decoders. */
#ifndef QBANK_TESTS_LIB_DECODE_H
#define QBANK_TESTS_LIB_DECODE_H

#include <stddef.h>

/* The text that was put into the coding, "gzip", "br" or "zstd": owned, NUL-terminated. What is no
 * such thing from its first byte to its last, or holds more than a megabyte, ends the test. */
char *decode(const char *coding, const void *data, size_t size);

#endif
