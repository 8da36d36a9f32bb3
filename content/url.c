#include "content/url.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Longer than any scheme that is allowed, with room to tell. */
enum { SCHEME_MAX = 16 };

static int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character at *at, percent-decoded; moves *at behind it. */
static char decode(const char *url, size_t size, size_t *at) {
    char c = url[(*at)++];
    if (c != '%' || size - *at < 2) return c;
    int high = hexadecimal(url[*at]), low = hexadecimal(url[*at + 1]);
    if (high < 0 || low < 0) return c;
    *at += 2;
    return (char)(high * 16 + low);
}

/* What could be taken for the scheme, lower case, without blanks, control characters and what is
 * not ASCII. False: there is none. One that is too long is cut. */
static bool find_scheme(const char *url, size_t size, char ret_scheme[SCHEME_MAX]) {
    size_t length = 0;
    for (size_t at = 0; at < size;) {
        char c = decode(url, size, &at);
        if (strchr("/?#", c) != NULL && c != '\0') return false;
        if (c == ':') {
            ret_scheme[length] = '\0';
            return true;
        }
        if (c <= ' ' || c == 0x7f || length == SCHEME_MAX - 1) continue;
        ret_scheme[length++] = (char)tolower((unsigned char)c);
    }
    return false;
}

bool url_is_safe(const char *url, size_t size) {
    char scheme[SCHEME_MAX];
    if (!find_scheme(url, size, scheme)) return true;
    return strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0 ||
           strcmp(scheme, "mailto") == 0;
}

static bool begins_with(const char *url, size_t size, const char *prefix) {
    size_t length = strlen(prefix);
    return size > length && strncasecmp(url, prefix, length) == 0;
}

bool url_is_web(const char *url, size_t size) {
    return begins_with(url, size, "https://") || begins_with(url, size, "http://");
}

void url_append(struct buffer *buffer, const char *url, size_t size, const char *more) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)url[i];
        if (c > ' ' && c < 0x7f && strchr("\"<>\\^`{|}", c) == NULL && strchr(more, c) == NULL) {
            buffer_append(buffer, url + i, 1);
            continue;
        }
        char encoded[] = {'%', digits[c >> 4], digits[c & 15]};
        buffer_append(buffer, encoded, sizeof(encoded));
    }
}
