#include "server/etag.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

void etag_make(const void *body, size_t size, char ret_etag[ETAG_SIZE]) {
    snprintf(ret_etag, ETAG_SIZE, "\"%016" PRIx64 "\"", (uint64_t)XXH3_64bits(body, size));
}

/* Length of the tag that the text begins with, quotes included, or 0. */
static size_t tag_length(const char *text) {
    if (text[0] != '"') return 0;
    const char *end = strchr(text + 1, '"');
    return end != NULL ? (size_t)(end + 1 - text) : 0;
}

bool etag_matches(const char *if_none_match, const char *etag) {
    if (if_none_match == NULL) return false;
    const char *at = if_none_match + strspn(if_none_match, " \t,");
    if (strcmp(at, "*") == 0) return true;
    while (*at != '\0') {
        if (strncmp(at, "W/", 2) == 0) at += 2;
        size_t length = tag_length(at);
        if (length == 0) return false;
        if (length == strlen(etag) && memcmp(at, etag, length) == 0) return true;
        at += length;
        at += strspn(at, " \t,");
    }
    return false;
}
