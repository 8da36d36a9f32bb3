#include "server/commands/printable.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistr.h>

#include "content/memory.h"

/* Length of the well-formed character that `text` begins with, or 0. */
static size_t sequence_length(const char *text) {
    ucs4_t character;
    int length = u8_strmbtouc(&character, (const uint8_t *)text);
    return length > 0 ? (size_t)length : 0;
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
    return u8_check((const uint8_t *)text, strlen(text)) == NULL;
}
