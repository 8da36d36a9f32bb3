#include "server/commands/printable.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "content/memory.h"

static bool in_range(unsigned char byte, unsigned char low, unsigned char high) {
    return byte >= low && byte <= high;
}

/* Length of the well-formed sequence that `text` begins with, or 0: table 3-7 of the Unicode
 * standard. The NUL at the end of the text is no continuation, so nothing behind it is read. */
static size_t sequence_length(const char *text) {
    const unsigned char *s = (const unsigned char *)text;
    size_t length = s[0] < 0x80 ? 1 : in_range(s[0], 0xc2, 0xdf) ? 2 : 0;
    if (in_range(s[0], 0xe0, 0xef)) length = 3;
    if (in_range(s[0], 0xf0, 0xf4)) length = 4;
    if (length > 1) {
        unsigned char low = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
        unsigned char high = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;
        if (!in_range(s[1], low, high)) return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if (!in_range(s[i], 0x80, 0xbf)) return 0;
    }
    return length;
}

/* U+0080 to U+009F steer terminals too; U+2028 and U+2029 end a line for some readers. */
static bool is_control(const char *text, size_t length) {
    const unsigned char *s = (const unsigned char *)text;
    if (length == 1) return s[0] < 0x20 || s[0] == 0x7f;
    if (length == 2) return s[0] == 0xc2 && s[1] < 0xa0;
    return length == 3 && s[0] == 0xe2 && s[1] == 0x80 && (s[2] == 0xa8 || s[2] == 0xa9);
}

static char *write_escape(char *out, unsigned char byte) {
    static const char letters[] = {['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    if (byte < sizeof(letters) && letters[byte] != '\0') {
        *out++ = '\\';
        *out++ = letters[byte];
        return out;
    }
    return out + sprintf(out, "\\x%02x", byte);
}

char *printable_line(const char *text) {
    char *copy = memory_alloc(4 * strlen(text) + 1), *out = copy;
    while (*text != '\0') {
        size_t length = sequence_length(text);
        if (length > 0 && !is_control(text, length)) {
            out = mempcpy(out, text, length);
            text += length;
            continue;
        }
        for (size_t i = 0; i < (length > 0 ? length : 1); i++)
            out = write_escape(out, (unsigned char)text[i]);
        text += length > 0 ? length : 1;
    }
    return copy;
}

char *printable_utf8(const char *text) {
    static const char replacement[] = "\xef\xbf\xbd";
    char *copy = memory_alloc(3 * strlen(text) + 1), *out = copy;
    while (*text != '\0') {
        size_t length = sequence_length(text);
        out = length > 0 ? mempcpy(out, text, length) : mempcpy(out, replacement, 3);
        text += length > 0 ? length : 1;
    }
    return copy;
}

bool printable_is_utf8(const char *text) {
    while (*text != '\0') {
        size_t length = sequence_length(text);
        if (length == 0) return false;
        text += length;
    }
    return true;
}
