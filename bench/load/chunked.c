#include "bench/load/chunked.h"

#include <ctype.h>
#include <stdint.h>

enum { LINE_END = 2 };

static bool take_size(struct chunked *chunked, char byte) {
    if (!isxdigit((unsigned char)byte)) {
        chunked->state = CHUNKED_EXTENSION;
        return byte == '\r' || byte == ';';
    }
    int digit = isdigit((unsigned char)byte) ? byte - '0' : (byte | 0x20) - 'a' + 10;
    if (chunked->left > SIZE_MAX >> 8) return false;
    chunked->left = chunked->left * 16 + (size_t)digit;
    return true;
}

static void begin_data(struct chunked *chunked) {
    chunked->state = chunked->left > 0 ? CHUNKED_DATA : CHUNKED_TRAILER;
    if (chunked->left > 0) chunked->left += LINE_END;
}

/* Everything but the data of chunks. */
static bool take_byte(struct chunked *chunked, char byte) {
    switch (chunked->state) {
    case CHUNKED_SIZE:
        return take_size(chunked, byte);
    case CHUNKED_EXTENSION:
        if (byte == '\n') begin_data(chunked);
        return true;
    case CHUNKED_TRAILER:
        if (byte == '\n') chunked->state = CHUNKED_DONE;
        return byte == '\r' || byte == '\n';
    default:
        return false;
    }
}

static size_t take_data(struct chunked *chunked, size_t size) {
    size_t taken = size < chunked->left ? size : chunked->left;
    chunked->left -= taken;
    if (chunked->left == 0) chunked->state = CHUNKED_SIZE;
    return taken;
}

bool chunked_take(struct chunked *chunked, const char *bytes, size_t size) {
    for (size_t i = 0; i < size;) {
        if (chunked->state == CHUNKED_DATA)
            i += take_data(chunked, size - i);
        else if (!take_byte(chunked, bytes[i++]))
            return false;
    }
    return true;
}
