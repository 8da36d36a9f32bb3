#include "server/items.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/client.h"
#include "tests/unit/db/fixture.h"

enum { COUNT = 30 };

static struct bank bank;
static struct items *items;

/* Questions q0 … q29, of which every third has a context. */
static void import_questions(const char *mark) {
    static struct given questions[COUNT];
    static char texts[COUNT][64], ids[COUNT][8];
    for (int i = 0; i < COUNT; i++) {
        snprintf(texts[i], sizeof(texts[i]), "%s \"%d\"?", mark, i);
        snprintf(ids[i], sizeof(ids[i]), "q%d", i);
        questions[i] = (struct given){.text = texts[i],
                                      .id = ids[i],
                                      .context = i % 3 == 0 ? "Given three" : NULL,
                                      .answer = "SECRET"};
    }
    const struct given_source source = {"a.md", questions, COUNT};
    bank_import_with(&bank, (struct import_options){0}, &source, 1);
    bank_read(&bank);
}

static void set_up(void) {
    bank_open(&bank);
    import_questions("Why");
    items = items_create(1 << 20);
}

static void tear_down(void) {
    items_free(items);
    bank_close(&bank);
}

TestSuite(items, .init = set_up, .fini = tear_down);

/* What is written for the positions, as a list. */
static json_t *write_list(struct items *from, const uint32_t *positions, size_t count) {
    struct json_text text = {0};
    json_text_literal(&text, "[");
    cr_assert_eq(items_write(from, bank.reader, &(struct text_form){0}, positions, count, &text),
                 STORE_OK);
    json_text_literal(&text, "]");
    cr_assert_not(text.failed);
    cr_assert_null(memmem(text.data, text.size, "SECRET", 6));
    json_t *list = json_loadb(text.data, text.size, 0, NULL);
    cr_assert_not_null(list, "%.*s", (int)text.size, text.data);
    json_text_free(&text);
    return list;
}

static void expect_questions(struct items *from, const uint32_t *positions, size_t count,
                             const char *mark) {
    json_t *list = write_list(from, positions, count), *item;
    cr_assert_eq(json_array_size(list), count);
    size_t i;
    json_array_foreach(list, i, item) {
        char id[16], text[64];
        snprintf(id, sizeof(id), "q%u", positions[i]);
        snprintf(text, sizeof(text), "%s \"%u\"?", mark, positions[i]);
        cr_expect_str_eq(json_text(item, "id"), id);
        cr_expect_str_eq(json_text(item, "question"), text);
        cr_expect_eq(json_array_size(json_at(item, "context")), positions[i] % 3 == 0);
    }
    json_decref(list);
}

Test(items, stand_in_the_order_asked_for) {
    static const uint32_t positions[] = {3, 4, 5, 29, 0, 1, 12};
    expect_questions(items, positions, 7, "Why");
    expect_questions(items, positions, 7, "Why");
    expect_questions(items, positions, 0, "Why");
}

/* Kept ones between such as are not. */
Test(items, kept_and_new_ones_mix) {
    static const uint32_t some[] = {2, 3, 7}, all[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    expect_questions(items, some, 3, "Why");
    expect_questions(items, all, 9, "Why");
}

/* More than are looked up side by side, some kept, some not. */
Test(items, many_are_as_few) {
    static const uint32_t some[] = {0, 1, 18, 27}, once[] = {29};
    uint32_t positions[3 * COUNT];
    for (uint32_t i = 0; i < 3 * COUNT; i++) positions[i] = i * 7 % COUNT;
    expect_questions(items, some, 4, "Why");
    expect_questions(items, positions, 3 * COUNT, "Why");
    expect_questions(items, positions, 3 * COUNT, "Why");
    expect_questions(items, once, 1, "Why");
}

/* The bank changes behind the back of the cache: what is kept is what it was. */
Test(items, many_neighbours_are_all_kept_while_there_is_room) {
    static const uint32_t all[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    expect_questions(items, all, 9, "Why");
    import_questions("How");
    expect_questions(items, all, 9, "Why");
}

/* Items that have kept some questions, the second to the ninth among them, and have no room left.
 */
static struct items *fill_items(void) {
    struct items *full = items_create(4096);
    for (uint32_t i = 1; i < COUNT; i++) expect_questions(full, &i, 1, "Why");
    return full;
}

Test(items, in_a_full_cache_many_neighbours_are_read_each_time) {
    static const uint32_t all[] = {1, 2, 3, 4, 5, 6, 7, 8};
    struct items *full = fill_items();
    import_questions("How");
    expect_questions(full, all, 8, "How");
    expect_questions(full, all, 7, "Why");
    items_free(full);
}

/* What is forgotten takes up room until other things are kept. */
Test(items, neighbours_are_kept_again_once_a_full_cache_was_emptied) {
    static const uint32_t all[] = {1, 2, 3, 4, 5, 6, 7, 8};
    struct items *full = fill_items();
    items_forget(full);
    for (int i = 0; i < 2; i++) expect_questions(full, all, 8, "Why");
    import_questions("How");
    expect_questions(full, all, 8, "Why");
    items_free(full);
}

Test(items, without_a_budget_all_are_read_each_time) {
    static const uint32_t positions[] = {8, 9, 2};
    struct items *none = items_create(0);
    expect_questions(none, positions, 3, "Why");
    expect_questions(none, positions, 3, "Why");
    items_free(none);
}

Test(items, none_is_looked_for_without_items) {
    static const uint32_t positions[] = {8, 9, 2};
    expect_questions(items, positions, 3, "Why");
    import_questions("How");
    expect_questions(NULL, positions, 3, "How");
    expect_questions(items, positions, 3, "Why");
}

Test(items, are_of_the_new_bank_once_the_old_is_forgotten) {
    static const uint32_t positions[] = {0, 1, 2};
    expect_questions(items, positions, 3, "Why");
    import_questions("How");
    items_forget(items);
    expect_questions(items, positions, 3, "How");
}

/* The same revision without one of its questions: nothing that an import would do. */
Test(items, failures_of_the_store_come_through) {
    static const uint32_t positions[] = {0, 1, 2};
    struct json_text text = {0};
    bank_execute(&bank, "DELETE FROM questions WHERE id = 'q1'");
    cr_assert_eq(store_pin(bank.reader, bank.catalog), STORE_OK);
    cr_assert_eq(items_write(items, bank.reader, &(struct text_form){0}, positions, 3, &text),
                 STORE_ERROR);
    json_text_free(&text);
}
