#include "server/json_text.h"

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
    text->failed = larger == NULL;
    if (text->failed) return false;
    text->data = larger;
    text->capacity = capacity;
    return true;
}

/* The high bit of each byte of `word` that is zero; bytes above a zero may be marked wrongly. */
static uint64_t zero_bytes(uint64_t word) {
    return (word - UINT64_C(0x0101010101010101)) & ~word & UINT64_C(0x8080808080808080);
}

/* Whether each of eight bytes is ASCII and stands for itself in a JSON string. */
static bool are_plain(const char *bytes) {
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
    uint64_t word;
    memcpy(&word, bytes, sizeof(word));
    uint64_t control = (word - ones * 0x20) & ~word & high;
    return (control | (word & high) | zero_bytes(word ^ ones * '"') |
            zero_bytes(word ^ ones * '\\')) == 0;
}

static bool is_plain(char byte) {
    return (unsigned char)byte >= 0x20 && (unsigned char)byte < 0x80 && byte != '"' && byte != '\\';
}

static size_t count_plain(const char *bytes, size_t size) {
    size_t count = 0;
    while (size - count >= sizeof(uint64_t) && are_plain(bytes + count)) count += sizeof(uint64_t);
    while (count < size && is_plain(bytes[count])) count++;
    return count;
}

/* Appends the escape of a quote, a backslash or a control character. */
static void append_escape(struct json_text *text, char byte) {
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt", digits[] = "0123456789ABCDEF";
    const char *found = memchr(from, byte, sizeof(from) - 1);
    if (found != NULL) {
        json_text_append(text, (const char[]){'\\', to[found - from]}, 2);
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
