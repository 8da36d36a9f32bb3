/* Walks through banks of many pages. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

enum { COUNT = 137 };

static struct bank bank;

static void set_up(void) {
    bank_start_generated(&bank, COUNT, "x");
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_paging, .init = set_up, .fini = tear_down);

/* Follows the cursors; every question must come once and in order. Returns the number of pages. */
static size_t walk(unsigned limit) {
    char target[128];
    snprintf(target, sizeof(target), "/v1/questions?limit=%u", limit);
    size_t seen = 0, pages = 0;
    for (bool more = true; more; pages++) {
        json_t *page = client_get_json(&bank.server, 200, target), *item;
        cr_assert_eq(json_number(page, "total"), COUNT);
        size_t i;
        json_array_foreach(json_at(page, "items"), i, item) {
            char id[16];
            snprintf(id, sizeof(id), "q%zu", seen++);
            cr_assert_str_eq(json_text(item, "id"), id);
        }
        more = json_at(page, "next_cursor") != NULL;
        if (more) {
            cr_assert_eq(i, limit);
            snprintf(target, sizeof(target), "/v1/questions?limit=%u&cursor=%s", limit,
                     json_text(page, "next_cursor"));
        }
        json_decref(page);
    }
    cr_assert_eq(seen, COUNT);
    return pages;
}

Test(http_paging, every_question_comes_once) {
    cr_assert_eq(walk(100), 2);
    cr_assert_eq(walk(20), 7);
    cr_assert_eq(walk(1), COUNT);
}

/* 137 does not divide by 100, but a page that ends with the bank has no successor either. */
Test(http_paging, last_page_that_is_full_has_no_cursor) {
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions?limit=100");
    char target[128];
    snprintf(target, sizeof(target), "/v1/questions?limit=37&cursor=%s",
             json_text(page, "next_cursor"));
    json_decref(page);
    page = client_get_json(&bank.server, 200, target);
    cr_assert_eq(json_array_size(json_at(page, "items")), 37);
    cr_assert_null(json_at(page, "next_cursor"));
    json_decref(page);
}

Test(http_paging, twenty_is_the_default) {
    json_t *page = client_get_json(&bank.server, 200, "/v1/questions");
    cr_assert_eq(json_array_size(json_at(page, "items")), 20);
    json_decref(page);
}
