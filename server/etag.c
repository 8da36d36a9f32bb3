#include "server/etag.h"

#include <stdint.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

void etag_make(const void *body, size_t size, char ret_etag[ETAG_SIZE]) {
    uint64_t hash = XXH3_64bits(body, size);
    char *out = ret_etag;
    *out++ = '"';
    for (int shift = 60; shift >= 0; shift -= 4) *out++ = "0123456789abcdef"[hash >> shift & 15];
    *out++ = '"';
    *out = '\0';
}

/* Length of the tag that the text begins with, quotes included, or 0. */
static size_t tag_length(const char *text) {
    if (text[0] != '"') return 0;
    const char *end = strchr(text + 1, '"');
    return end != NULL ? (size_t)(end + 1 - text) : 0;
}

static const char *skip_separators(const char *at) {
    return at + strspn(at, " \t,");
}

/* Whether the tag stands in the list. A weak one equals ours only if they are compared weakly. */
static bool list_names(const char *at, const char *etag, bool weakly) {
    while (*at != '\0') {
        bool weak = strncmp(at, "W/", 2) == 0;
        if (weak) at += 2;
        size_t length = tag_length(at);
        if (length == 0) return false;
        bool same = length == strlen(etag) && memcmp(at, etag, length) == 0;
        if (same && (weakly || !weak)) return true;
        at = skip_separators(at + length);
    }
    return false;
}

bool etag_matches(const char *if_none_match, const char *etag) {
    if (if_none_match == NULL || etag[0] == '\0') return false;
    const char *list = skip_separators(if_none_match);
    return strcmp(list, "*") == 0 || list_names(list, etag, true);
}

bool etag_holds(const char *if_match, const char *etag) {
    if (if_match == NULL) return true;
    const char *list = skip_separators(if_match);
    return strcmp(list, "*") == 0 || list_names(list, etag, false);
}
