#include "content/words.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistr.h>

static bool is_blank(char c) {
    return strchr(" \t\r\n", c) != NULL;
}

static bool is_ideograph(ucs4_t character) {
    return (character >= 0x2e80 && character < 0xa000) ||
           (character >= 0xf900 && character < 0xfb00) ||
           (character >= 0x20000 && character < 0x40000);
}

size_t words_find_end(const char *text, size_t size, size_t at) {
    size_t end = at;
    while (end < size && !is_blank(text[end])) {
        ucs4_t character;
        int length = u8_mbtouc(&character, (const uint8_t *)text + end, size - end);
        if (is_ideograph(character)) return end > at ? end : end + (size_t)length;
        end += (size_t)length;
    }
    return end;
}

size_t words_find_begin(const char *text, size_t size, size_t at) {
    while (at < size && is_blank(text[at])) at++;
    return at;
}
