#include "db/number_sort.h"

#include <string.h>

enum { DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS };

static uint32_t digit_of(uint32_t number, unsigned shift) {
    return number >> shift & (DIGITS - 1);
}

/* From one array into the other, by one digit; those that share it keep their order. */
static void distribute(const uint32_t *from, uint32_t *to, size_t count, unsigned shift) {
    uint32_t places[DIGITS] = {0}, place = 0;
    for (size_t i = 0; i < count; i++) places[digit_of(from[i], shift)]++;
    for (size_t digit = 0; digit < DIGITS; digit++) {
        uint32_t size = places[digit];
        places[digit] = place;
        place += size;
    }
    for (size_t i = 0; i < count; i++) to[places[digit_of(from[i], shift)]++] = from[i];
}

void number_sort(uint32_t *numbers, size_t count, uint32_t *scratch) {
    uint32_t all = 0, *from = numbers, *to = scratch;
    for (size_t i = 0; i < count; i++) all |= numbers[i];
    for (unsigned shift = 0; shift < 32 && all >> shift > 0; shift += DIGIT_BITS) {
        distribute(from, to, count, shift);
        uint32_t *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != numbers) memcpy(numbers, from, count * sizeof(*numbers));
}
