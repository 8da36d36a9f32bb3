#include "db/number_sort.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { MOST = 600 };

static int compare(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Numbers of no more bits than these, some of them twice, against the library's sort. */
static void expect_sorted(size_t count, unsigned bits) {
    uint32_t numbers[MOST], expected[MOST], scratch[MOST];
    for (uint32_t i = 0; i < count; i++)
        expected[i] = numbers[i] = (uint32_t)(i % 400 * 2654435761u) >> (32 - bits);
    qsort(expected, count, sizeof(*expected), compare);
    number_sort(numbers, count, scratch);
    cr_expect_arr_eq(numbers, expected, count * sizeof(*numbers), "%zu of %u bits", count, bits);
}

Test(number_sort, sorts_numbers_of_any_length) {
    static const size_t counts[] = {0, 1, 2, 3, 250, MOST};
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
        for (unsigned bits = 1; bits <= 32; bits++) expect_sorted(counts[i], bits);
}

Test(number_sort, leaves_zeros_as_they_are) {
    uint32_t numbers[] = {0, 0, 0}, scratch[3];
    number_sort(numbers, 3, scratch);
    for (size_t i = 0; i < 3; i++) cr_expect_eq(numbers[i], 0);
}
