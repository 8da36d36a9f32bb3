#include "server/cors.h"

#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

static bool is_port(const char *text) {
    size_t digits = strspn(text, DIGITS);
    return digits >= 1 && digits <= 5 && text[0] != '0' && text[digits] == '\0';
}

/* A browser leaves it out: such an origin would never be found. */
static bool is_own_port(const char *scheme, size_t length, const char *port) {
    return (length == 4 && memcmp(scheme, "http", 4) == 0 && strcmp(port, "80") == 0) ||
           (length == 5 && memcmp(scheme, "https", 5) == 0 && strcmp(port, "443") == 0);
}

bool cors_origin_is_valid(const char *origin) {
    if (strlen(origin) > CORS_ORIGIN_LENGTH_MAX) return false;
    size_t scheme = strspn(origin, LOWER DIGITS "+-.");
    if (scheme == 0 || strncmp(origin + scheme, "://", 3) != 0) return false;
    const char *host = origin + scheme + 3;
    bool bracketed = host[0] == '[';
    size_t length =
        bracketed ? 1 + strspn(host + 1, "abcdef" DIGITS ":.") : strspn(host, LOWER DIGITS "-._");
    if (bracketed && host[length++] != ']') return false;
    if (length <= (bracketed ? 2u : 0u)) return false;
    if (host[length] == '\0') return true;
    const char *port = host + length + 1;
    return host[length] == ':' && is_port(port) && !is_own_port(origin, scheme, port);
}

size_t cors_find(const struct cors *cors, const char *origin) {
    if (origin == NULL) return 0;
    for (size_t i = 0; i < cors->count; i++) {
        if (strcmp(cors->origins[i], origin) == 0) return i + 1;
    }
    return 0;
}

const char *cors_allowed_origin(const struct cors *cors, size_t found) {
    if (cors->origins == NULL) return "*";
    return found > 0 ? cors->origins[found - 1] : NULL;
}

bool cors_varies(const struct cors *cors) {
    return cors->count > 0;
}
