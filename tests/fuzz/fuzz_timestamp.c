/* Times: any bytes; what is read is what the parts say. */
#include "server/timestamp.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = strndup((const char *)data, size);
    if (text == NULL) abort();
    int64_t seconds;
    if (timestamp_parse(text, &seconds)) {
        char again[sizeof("-2147481748-01-01T00:00:00Z")];
        struct tm parts;
        int64_t same = seconds + 1;
        assert(gmtime_r(&(time_t){seconds}, &parts) != NULL);
        size_t length = strftime(again, sizeof(again), "%Y-%m-%dT%H:%M:%SZ", &parts);
        /* an offset may lead out of the years of four digits */
        if (length == strlen("2026-01-01T00:00:00Z")) {
            assert(timestamp_parse(again, &same));
            assert(same == seconds);
        }
    }
    free(text);
    return 0;
}
