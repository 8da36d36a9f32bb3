#include "db/position_set.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* Members are those below `size` that `is_member` says; rank and select are held against counting.
 */
static void expect_counting(uint32_t size, bool (*is_member)(uint32_t)) {
    struct position_set set;
    uint32_t count = 0;
    cr_assert(position_set_init(&set, size));
    for (uint32_t i = 0; i < size; i++)
        if (is_member(i)) position_set_add(&set, i);
    position_set_seal(&set);
    for (uint32_t i = 0; i < size; i++) {
        cr_assert_eq(position_set_contains(&set, i), is_member(i), "%u of %u", i, size);
        cr_assert_eq(position_set_rank(&set, i), count, "%u of %u", i, size);
        if (!is_member(i)) continue;
        cr_assert_eq(position_set_select(&set, count), i, "%u of %u", i, size);
        count++;
    }
    cr_expect_eq(position_set_rank(&set, size), count);
    cr_expect_eq(set.count, count);
    position_set_free(&set);
}

static bool all(uint32_t position) {
    (void)position;
    return true;
}

static bool none(uint32_t position) {
    (void)position;
    return false;
}

static bool some(uint32_t position) {
    return position * 2654435761u >> 30 == 0;
}

static bool first(uint32_t position) {
    return position < 600;
}

static bool clusters(uint32_t position) {
    return position / 700 % 3 == 1;
}

static bool last_bits(uint32_t position) {
    return position % 64 == 63;
}

Test(position_set, rank_and_select_agree_with_counting) {
    static const uint32_t sizes[] = {0, 1, 63, 64, 65, 511, 512, 513, 1024, 5000};
    static bool (*const kinds[])(uint32_t) = {all, none, some, first, clusters, last_bits};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
            expect_counting(sizes[i], kinds[k]);
}

Test(position_set, free_accepts_a_zeroed_one) {
    struct position_set set = {0};
    position_set_free(&set);
}
