#include "db/name_index.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct name_index names;

static void tear_down(void) {
    name_index_free(&names);
}
TestSuite(name_index, .fini = tear_down);

static void add_all(const char *const *ids, size_t count) {
    for (size_t i = 0; i < count; i++) cr_assert(name_index_add(&names, ids[i]));
    cr_assert(name_index_seal(&names));
}

/* Derived ids, and what looks almost like one. */
static const char *const mixed[] = {"8f3kq2mz7c", "0000000000",  "zzzzzzzzzz", "8F3KQ2MZ7C",
                                    "8f3kq2mz7",  "8f3kq2mz7c0", "iiiiiiiiii", "q"};
enum { MIXED_COUNT = sizeof(mixed) / sizeof(mixed[0]) };

Test(name_index, ids_lead_to_their_positions_and_back) {
    add_all(mixed, MIXED_COUNT);
    for (uint32_t i = 0; i < MIXED_COUNT; i++) {
        char id[QUESTION_ID_MAX + 1];
        cr_expect_eq(name_index_find(&names, mixed[i]), i, "%s", mixed[i]);
        name_index_id(&names, i, id);
        cr_expect_str_eq(id, mixed[i]);
    }
}

Test(name_index, unknown_names_lead_nowhere) {
    static const char *const unknown[] = {"", "8f3kq2mz7d", "8f3kq2mz", "r", "8f3kq2mz7c01"};
    add_all(mixed, MIXED_COUNT);
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        cr_expect_eq(name_index_find(&names, unknown[i]), NAME_NONE, "%s", unknown[i]);
}

Test(name_index, an_empty_one_knows_nothing) {
    add_all(NULL, 0);
    cr_expect_eq(name_index_find(&names, "8f3kq2mz7c"), NAME_NONE);
}

Test(name_index, aliases_lead_to_a_position_too) {
    add_all(mixed, MIXED_COUNT);
    cr_assert(name_index_add_alias(&names, "1111111111", 3));
    cr_assert(name_index_add_alias(&names, "an-old-name", 5));
    cr_assert(name_index_seal(&names));
    cr_expect_eq(name_index_find(&names, "1111111111"), 3);
    cr_expect_eq(name_index_find(&names, "an-old-name"), 5);
    cr_expect_eq(name_index_find(&names, mixed[7]), 7);
}

Test(name_index, the_longest_id_fits) {
    char longest[QUESTION_ID_MAX + 1], id[QUESTION_ID_MAX + 1];
    memset(longest, 'x', QUESTION_ID_MAX);
    longest[QUESTION_ID_MAX] = '\0';
    add_all((const char *const[]){longest}, 1);
    cr_expect_eq(name_index_find(&names, longest), 0);
    name_index_id(&names, 0, id);
    cr_expect_str_eq(id, longest);
}

Test(name_index, many_are_found_at_once) {
    enum { COUNT = 10000 };
    static char ids[COUNT][16];
    static const char *asked[COUNT];
    static uint32_t positions[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        snprintf(ids[i], sizeof(ids[i]), i % 3 == 0 ? "name-%u" : "%010u", i);
        asked[i] = i % 5 == 0 ? "nobody" : ids[i];
        cr_assert(name_index_add(&names, ids[i]));
    }
    cr_assert(name_index_seal(&names));
    name_index_find_all(&names, asked, COUNT, positions);
    for (uint32_t i = 0; i < COUNT; i++)
        cr_assert_eq(positions[i], i % 5 == 0 ? NAME_NONE : i, "%s", asked[i]);
}
