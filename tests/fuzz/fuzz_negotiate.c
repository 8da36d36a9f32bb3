/* Accept and Accept-Encoding: any bytes give one of the choices, and members that are empty change
 * nothing. */
#include "server/negotiate.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *field = strndup((const char *)data, size), *padded;
    if (field == NULL || asprintf(&padded, ", ,%s", field) < 0) abort();
    enum media media = negotiate_media(field);
    enum coding coding = negotiate_coding(field);
    assert(media < MEDIA_COUNT && coding < CODING_COUNT);
    assert(negotiate_media(padded) == media && negotiate_coding(padded) == coding);
    free(field);
    free(padded);
    return 0;
}
