#include "db/cursor.h"

#include <stdio.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* The 144 bits are 24 digits exactly: four for each 24 bits. */
enum { GROUPS = 6, GROUP_BITS = 24, GROUP_DIGITS = 4, DIGIT_BITS = 6, DIGIT_MASK = 63 };
static const uint32_t group_mask = (1u << GROUP_BITS) - 1;

void cursor_encode(const struct cursor *cursor, char ret_text[CURSOR_MAX + 1]) {
    const uint32_t groups[GROUPS] = {
        (uint32_t)(cursor->revision >> 40),
        (uint32_t)(cursor->revision >> 16) & group_mask,
        (uint32_t)(cursor->revision & 0xffff) << 8 | (uint32_t)(cursor->list >> 40 & 0xff),
        (uint32_t)(cursor->list >> 16) & group_mask,
        (uint32_t)(cursor->list & 0xffff) << 8 | cursor->place >> GROUP_BITS,
        cursor->place & group_mask};
    for (int i = 0; i < CURSOR_LENGTH; i++) {
        int shift = DIGIT_BITS * (GROUP_DIGITS - 1 - i % GROUP_DIGITS);
        ret_text[i] = digits[groups[i / GROUP_DIGITS] >> shift & DIGIT_MASK];
    }
    snprintf(ret_text + CURSOR_LENGTH, CURSOR_SEED_MAX + 1, "%s", cursor->seed);
}

bool cursor_decode(const char *text, struct cursor *ret_cursor) {
    uint32_t groups[GROUPS] = {0};
    for (int i = 0; i < CURSOR_LENGTH; i++) {
        const char *digit = text[i] == '\0' ? NULL : strchr(digits, text[i]);
        if (digit == NULL) return false;
        uint32_t *group = &groups[i / GROUP_DIGITS];
        *group = *group << DIGIT_BITS | (uint32_t)(digit - digits);
    }
    const char *seed = text + CURSOR_LENGTH;
    size_t seed_length = strspn(seed, digits);
    if (seed_length > CURSOR_SEED_MAX || seed[seed_length] != '\0') return false;
    *ret_cursor = (struct cursor){
        .revision = (uint64_t)groups[0] << 40 | (uint64_t)groups[1] << 16 | groups[2] >> 8,
        .list = (uint64_t)(groups[2] & 0xff) << 40 | (uint64_t)groups[3] << 16 | groups[4] >> 8,
        .place = (groups[4] & 0xff) << GROUP_BITS | groups[5],
        .seed = seed};
    return true;
}
