#include "server/cache.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { BUDGET = 64 * 1024, VALUE = 1000 };

static size_t dropped;

static void count_drop(const void *value) {
    (void)value;
    dropped++;
}

static struct cache *cache;

static void set_up(void) {
    dropped = 0;
    cache = cache_create(BUDGET, count_drop);
    cr_assert_not_null(cache);
}

static void tear_down(void) {
    cache_free(cache);
}

TestSuite(cache, .init = set_up, .fini = tear_down);

static struct cache_bytes text(const char *string) {
    return (struct cache_bytes){string, strlen(string)};
}

/* A value that is known by its key. */
static void put_number(uint32_t number) {
    uint32_t value[VALUE / sizeof(uint32_t)] = {number};
    cache_put(cache, (struct cache_bytes){&number, sizeof(number)},
              (struct cache_bytes){value, sizeof(value)}, 0);
}

static bool has_number(uint32_t number) {
    struct cache_bytes value = cache_get(cache, (struct cache_bytes){&number, sizeof(number)});
    if (value.data == NULL) return false;
    cr_assert_eq(value.size, VALUE);
    cr_assert_eq(*(const uint32_t *)value.data, number);
    return true;
}

Test(cache, what_was_put_in_is_found) {
    cr_assert_null(cache_get(cache, text("key")).data);
    cache_put(cache, text("key"), text("value"), 0);
    cache_put(cache, text("key2"), text("other"), 0);
    struct cache_bytes value = cache_get(cache, text("key"));
    cr_assert_eq(value.size, 5);
    cr_assert_arr_eq(value.data, "value", 5);
    cr_assert_null(cache_get(cache, text("ke")).data);
    cr_assert_null(cache_get(cache, text("")).data);
    cr_assert_eq(dropped, 0);
}

Test(cache, many_are_found_at_once_in_their_order) {
    uint32_t numbers[40];
    struct cache_bytes keys[40], values[40];
    for (uint32_t i = 0; i < 40; i++) {
        numbers[i] = i;
        keys[i] = (struct cache_bytes){&numbers[i], sizeof(numbers[i])};
        if (i % 3 > 0) put_number(i);
    }
    cache_get_all(cache, keys, 40, values);
    for (uint32_t i = 0; i < 40; i++) {
        cr_assert_eq(values[i].data != NULL, i % 3 > 0, "%u", i);
        cr_assert_eq(values[i].data, cache_get(cache, keys[i]).data);
        if (values[i].data != NULL) cr_assert_eq(*(const uint32_t *)values[i].data, i);
    }
    cache_get_all(cache, keys, 0, values);
}

/* Far more values than buckets, so that most stand behind others. */
Test(cache, many_are_found_at_once_behind_others) {
    enum { PUT = 600, ASKED = 50 };
    uint32_t numbers[ASKED];
    struct cache_bytes keys[ASKED], values[ASKED];
    for (uint32_t i = 0; i < PUT; i++) {
        struct cache_bytes both = {&i, sizeof(i)};
        cache_put(cache, both, both, 0);
    }
    for (uint32_t i = 0; i < ASKED; i++) {
        numbers[i] = i * (2 * PUT / ASKED); /* the first half is there */
        keys[i] = (struct cache_bytes){&numbers[i], sizeof(numbers[i])};
    }
    cache_get_all(cache, keys, ASKED, values);
    for (uint32_t i = 0; i < ASKED; i++) {
        cr_assert_eq(values[i].data != NULL, numbers[i] < PUT, "%u", numbers[i]);
        if (values[i].data != NULL) cr_assert_eq(*(const uint32_t *)values[i].data, numbers[i]);
    }
}

Test(cache, values_are_aligned_whatever_the_key) {
    cache_put(cache, text("abc"), text("value"), 0);
    cr_assert_eq((uintptr_t)cache_get(cache, text("abc")).data % _Alignof(max_align_t), 0);
}

Test(cache, the_budget_is_kept) {
    size_t kept = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        put_number(i);
        cr_assert_leq(cache_used(cache), BUDGET);
    }
    for (uint32_t i = 0; i < 1000; i++) kept += has_number(i);
    cr_assert_gt(kept, BUDGET / VALUE / 2);
    cr_assert_eq(dropped + kept, 1000);
}

Test(cache, tells_that_there_was_no_room) {
    cr_expect_not(cache_is_full(cache));
    put_number(0);
    cr_expect_not(cache_is_full(cache));
    for (uint32_t i = 1; i < 2 * BUDGET / VALUE; i++) put_number(i);
    cr_expect(cache_is_full(cache));
    cache_clear(cache);
    put_number(0);
    cr_expect_not(cache_is_full(cache));
}

Test(cache, what_is_used_outlives_what_is_not) {
    put_number(7);
    for (uint32_t i = 1000; i < 2000; i++) {
        put_number(i);
        cr_assert(has_number(7), "gone after %u others", i - 999);
    }
}

/* A full cache lets newcomers in slowly, and so does not get stuck with what is no longer used. */
Test(cache, newcomers_that_come_again_get_in) {
    for (uint32_t i = 1000; i < 2000; i++) put_number(i);
    for (uint32_t turn = 0; turn < 1000; turn++) {
        for (uint32_t i = 0; i < 16; i++) {
            if (!has_number(i)) put_number(i);
        }
    }
    for (uint32_t i = 0; i < 16; i++) cr_expect(has_number(i), "%u", i);
}

Test(cache, a_walk_leaves_most_in_place) {
    size_t left = 0;
    for (uint32_t i = 0; i < 60; i++) put_number(i);
    for (uint32_t i = 1000; i < 1200; i++) put_number(i);
    for (uint32_t i = 0; i < 60; i++) left += has_number(i);
    cr_assert_gt(left, 30);
}

/* As a list does that has a question twice. */
Test(cache, the_same_key_twice_is_two_values) {
    put_number(7);
    put_number(7);
    for (uint32_t i = 1000; i < 2000; i++) {
        put_number(i);
        cr_assert(has_number(7), "the second went with the first");
    }
}

Test(cache, what_a_value_refers_to_counts) {
    for (uint32_t i = 0; i < 100; i++) {
        cache_put(cache, (struct cache_bytes){&i, sizeof(i)}, text("v"), BUDGET / 10);
    }
    cr_assert_geq(dropped, 90);
    cr_assert_leq(cache_used(cache), BUDGET);
}

Test(cache, giants_are_dropped_at_once) {
    cache_put(cache, text("small"), text("value"), 0);
    cache_put(cache, text("giant"), text("value"), BUDGET / 2);
    cr_assert_eq(dropped, 1);
    cr_assert_null(cache_get(cache, text("giant")).data);
    cr_assert_not_null(cache_get(cache, text("small")).data);
}

Test(cache, clear_forgets_everything_and_leaves_it_usable) {
    for (uint32_t i = 0; i < 10; i++) put_number(i);
    cache_clear(cache);
    for (uint32_t i = 0; i < 10; i++) cr_assert_not(has_number(i));
    put_number(3);
    cr_assert(has_number(3));
}

Test(cache, what_was_cleared_is_given_back_bit_by_bit) {
    for (uint32_t i = 0; i < 50; i++) put_number(i);
    size_t full = cache_used(cache);
    cache_clear(cache);
    cache_clear(cache);
    cr_assert_eq(dropped, 0);
    cr_assert_eq(cache_used(cache), full);
    put_number(50);
    cr_assert_gt(dropped, 0);
    cr_assert_lt(dropped, 50);
    for (uint32_t i = 51; i < 60; i++) put_number(i);
    cr_assert_eq(dropped, 50);
    cr_assert_lt(cache_used(cache), full);
    for (uint32_t i = 50; i < 60; i++) cr_assert(has_number(i));
}

/* Small ones, and then one that needs the room of many. */
Test(cache, what_was_cleared_makes_room) {
    for (uint32_t i = 0; i < 10000; i++) {
        cache_put(cache, (struct cache_bytes){&i, sizeof(i)}, text("small"), 0);
    }
    cache_clear(cache);
    for (uint32_t i = 0; i < 32; i++) put_number(i);
    cr_assert_leq(cache_used(cache), BUDGET);
    size_t found = 0;
    for (uint32_t i = 0; i < 32; i++) found += has_number(i);
    cr_assert_gt(found, 0);
}

Test(cache, what_was_cleared_goes_with_the_cache) {
    for (uint32_t i = 0; i < 10; i++) put_number(i);
    cache_clear(cache);
    cache_free(cache);
    cr_assert_eq(dropped, 10);
    cache = NULL;
}

Test(cache, without_a_budget_nothing_is_kept) {
    struct cache *none = cache_create(0, NULL);
    cache_put(none, text("key"), text("value"), 0);
    cr_assert_null(cache_get(none, text("key")).data);
    cr_assert_eq(cache_used(none), 0);
    cache_free(none);
    cache_free(NULL);
}
