#include "db/cursor.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* The 96 bits are sixteen digits exactly: four for each 24 bits. */
enum { GROUPS = 4, GROUP_BITS = 24, GROUP_DIGITS = 4, DIGIT_BITS = 6, DIGIT_MASK = 63 };

void cursor_encode(const struct cursor *cursor, char ret_text[CURSOR_LENGTH + 1]) {
    const uint32_t groups[GROUPS] = {
        (uint32_t)(cursor->revision >> 40), (uint32_t)(cursor->revision >> 16) & 0xffffff,
        (uint32_t)(cursor->revision & 0xffff) << 8 | cursor->position >> GROUP_BITS,
        cursor->position & 0xffffff};
    for (int i = 0; i < CURSOR_LENGTH; i++) {
        int shift = DIGIT_BITS * (GROUP_DIGITS - 1 - i % GROUP_DIGITS);
        ret_text[i] = digits[groups[i / GROUP_DIGITS] >> shift & DIGIT_MASK];
    }
    ret_text[CURSOR_LENGTH] = '\0';
}

bool cursor_decode(const char *text, struct cursor *ret_cursor) {
    uint32_t groups[GROUPS] = {0};
    for (int i = 0; i < CURSOR_LENGTH; i++) {
        const char *digit = text[i] == '\0' ? NULL : strchr(digits, text[i]);
        if (digit == NULL) return false;
        uint32_t *group = &groups[i / GROUP_DIGITS];
        *group = *group << DIGIT_BITS | (uint32_t)(digit - digits);
    }
    if (text[CURSOR_LENGTH] != '\0') return false;
    ret_cursor->revision = (uint64_t)groups[0] << 40 | (uint64_t)groups[1] << 16 | groups[2] >> 8;
    ret_cursor->position = (groups[2] & 0xff) << GROUP_BITS | groups[3];
    return true;
}
