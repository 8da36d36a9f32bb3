#include "db/pack.h"

#include <criterion/criterion.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

static char *levels[] = {"Gégeben", "", "und drittens"};

static struct question given(const char *text, size_t level_count) {
    return (struct question){.text = (char *)text,
                             .difficulty = DIFFICULTY_HARD,
                             .pinned = true,
                             .source.line = 70000,
                             .steps = 3,
                             .context = levels,
                             .context_count = level_count};
}

static void expect_read(const char *record, size_t size, const struct question *expected) {
    struct question question = {.id = "kept", .section.index = 7, .source.path = "a.md"};
    const char *context = NULL;
    cr_assert(pack_read(record, size, &question, &context));
    cr_expect_str_eq(question.text, expected->text);
    cr_expect_eq(question.pinned, expected->pinned);
    cr_expect_eq(question.difficulty, expected->difficulty);
    cr_expect_eq(question.source.line, expected->source.line);
    cr_expect_eq(question.steps, expected->steps);
    cr_assert_eq(question.context_count, expected->context_count);
    for (size_t i = 0; i < expected->context_count; i++, context += strlen(context) + 1)
        cr_expect_str_eq(context, expected->context[i]);
    cr_expect_str_eq(question.id, "kept");
    cr_expect_eq(question.section.index, 7);
    cr_expect_str_eq(question.source.path, "a.md");
}

Test(pack, what_goes_in_comes_out) {
    for (size_t count = 0; count <= 3; count++) {
        struct pack pack = {0};
        const struct question question = given("Why is it ₂?", count);
        pack_add(&pack, 0, &question);
        cr_assert_eq(pack.slots, 1);
        cr_expect_eq(le32toh(pack.ends[0]), pack.size);
        expect_read(pack.records, pack.size, &question);
        pack_free(&pack);
    }
}

Test(pack, what_is_nothing_much_comes_out_as_well) {
    struct pack pack = {0};
    const struct question question = {.text = ""};
    pack_add(&pack, 0, &question);
    expect_read(pack.records, pack.size, &question);
    pack_free(&pack);
}

Test(pack, slots_without_a_question_end_where_they_begin) {
    struct pack pack = {0};
    const struct question first = given("First?", 0), last = given("Last?", 1);
    pack_add(&pack, 2, &first);
    pack_add(&pack, PACK_SLOTS - 1, &last);
    cr_assert_eq(pack.slots, PACK_SLOTS);
    cr_expect_eq(pack.ends[1], 0);
    uint32_t end = le32toh(pack.ends[2]);
    for (size_t slot = 3; slot < PACK_SLOTS - 1; slot++)
        cr_assert_eq(le32toh(pack.ends[slot]), end);
    expect_read(pack.records, end, &first);
    expect_read(pack.records + end, le32toh(pack.ends[PACK_SLOTS - 1]) - end, &last);
    pack_free(&pack);
}

Test(pack, a_long_record_stays_out) {
    char text[PACK_RECORD_MAX] = "";
    memset(text, 'x', PACK_RECORD_MAX - 13); /* a head of 12 bytes, and a NUL */
    struct pack pack = {0};
    const struct question question = given(text, 0);
    pack_add(&pack, 0, &question);
    cr_expect_eq(pack.size, PACK_RECORD_MAX);
    strcat(text, "x");
    pack_add(&pack, 1, &question);
    cr_expect_eq(pack.size, PACK_RECORD_MAX);
    cr_expect_eq(pack.slots, 1);
    pack_free(&pack);
}

Test(pack, nothing_but_a_whole_record_is_read) {
    struct pack pack = {0};
    const struct question question = given("Why?", 2);
    struct question read = {0};
    const char *context;
    pack_add(&pack, 0, &question);
    for (size_t size = 0; size < pack.size; size++) {
        char *part = malloc(size + 1); /* no more than there is, for sanitizers to see */
        memcpy(part, pack.records, size);
        cr_expect_not(pack_read(part, size, &read, &context), "%zu bytes", size);
        part[size] = 'x';
        cr_expect_not(pack_read(part, size + 1, &read, &context), "%zu bytes and another", size);
        free(part);
    }
    pack_add(&pack, 1, &question);
    cr_expect_not(pack_read(pack.records, pack.size, &read, &context), "two in one");
    pack.records[10] = DIFFICULTY_COUNT;
    cr_expect_not(pack_read(pack.records, le32toh(pack.ends[0]), &read, &context));
    pack_free(&pack);
}
