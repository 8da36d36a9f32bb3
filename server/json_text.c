#include "server/json_text.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

/* Commonly enough for one question. */
enum { FIRST_CAPACITY = 768 };

bool json_text_reserve(struct json_text *text, size_t size) {
    if (text->failed) return false;
    size_t needed = text->size + size, capacity = text->capacity * 2;
    if (needed <= text->capacity) return true;
    if (capacity < FIRST_CAPACITY) capacity = FIRST_CAPACITY;
    if (capacity < needed) capacity = needed;
    char *larger = realloc(text->data, capacity);
    if (larger == NULL) {
        text->failed = true;
        return false;
    }
    text->data = larger;
    text->capacity = capacity;
    return true;
}

/* Bytes that are compared side by side, in whatever registers the machine has for that. */
typedef int8_t block __attribute__((vector_size(16)));

/* How many bytes of a block, from the first on, are ASCII that stands for itself in a JSON string.
 * Beyond ASCII they are negative. */
static size_t count_plain_in_block(block bytes) {
    block special = (bytes < ' ') | (bytes == '"') | (bytes == '\\');
    uint64_t words[sizeof(block) / sizeof(uint64_t)];
    memcpy(words, &special, sizeof(special));
    size_t word = words[0] == 0;
    if (words[word] == 0) return sizeof(block);
    return word * sizeof(uint64_t) + (size_t)__builtin_ctzll(le64toh(words[word])) / 8;
}

static size_t count_plain(const char *bytes, size_t size) {
    block next;
    size_t count = 0;
    for (; size - count >= sizeof(next); count += sizeof(next)) {
        memcpy(&next, bytes + count, sizeof(next));
        size_t plain = count_plain_in_block(next);
        if (plain < sizeof(next)) return count + plain;
    }
    next = (block){0}; /* the end of the text is as special as a quote */
    memcpy(&next, bytes + count, size - count);
    return count + count_plain_in_block(next);
}

/* Appends the escape of a quote, a backslash or a control character. */
static void append_escape(struct json_text *text, char byte) {
    static const char letters[] = {['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
                                   ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't'};
    static const char digits[] = "0123456789ABCDEF";
    char letter = letters[(unsigned char)byte];
    if (letter != '\0') {
        json_text_append(text, (const char[]){'\\', letter}, 2);
    } else {
        char escape[] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
        json_text_append(text, escape, sizeof(escape));
    }
}

/* Appends one character that is not plain; returns its length, 0 where there is none. */
static size_t append_special(struct json_text *text, const char *bytes, size_t size) {
    if ((unsigned char)bytes[0] < 0x80) {
        append_escape(text, bytes[0]);
        return 1;
    }
    ucs4_t character;
    int length = u8_mbtoucr(&character, (const uint8_t *)bytes, size);
    if (length <= 0) return 0;
    json_text_append(text, bytes, (size_t)length);
    return (size_t)length;
}

void json_text_string(struct json_text *text, const char *bytes) {
    size_t size = strlen(bytes);
    json_text_literal(text, "\"");
    while (size > 0 && !text->failed) {
        size_t length = count_plain(bytes, size);
        json_text_append(text, bytes, length);
        if (length == 0) length = append_special(text, bytes, size);
        text->failed |= length == 0;
        bytes += length;
        size -= length;
    }
    json_text_literal(text, "\"");
}

void json_text_number(struct json_text *text, uint64_t number) {
    char digits[sizeof("18446744073709551615") - 1];
    size_t start = sizeof(digits);
    do {
        digits[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    json_text_append(text, digits + start, sizeof(digits) - start);
}

void json_text_trim(struct json_text *text) {
    if (text->failed || text->size == 0 || text->capacity - text->size <= text->size / 4) return;
    char *smaller = realloc(text->data, text->size);
    if (smaller == NULL) return;
    text->data = smaller;
    text->capacity = text->size;
}

char *json_text_steal(struct json_text *text, size_t *ret_size) {
    if (text->failed || text->size == 0) {
        json_text_free(text);
        return NULL;
    }
    char *data = text->data;
    *ret_size = text->size;
    *text = (struct json_text){0};
    return data;
}

void json_text_free(struct json_text *text) {
    free(text->data);
    *text = (struct json_text){0};
}
