#include "server/encode.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Compares the whole document, the order of its members included. */
static void expect_json(json_t *json, const char *expected) {
    cr_assert_not_null(json);
    char *actual = json_dumps(json, JSON_COMPACT);
    cr_expect_str_eq(actual, expected);
    free(actual);
    json_decref(json);
}

/* The document that jansson reads from what was written, members in the same order. */
static json_t *write_question(const struct question *question) {
    struct json_text text = {0};
    encode_question(&text, question, &(struct encode_place){0});
    json_t *json = text.failed ? NULL : json_loadb(text.data, text.size, 0, NULL);
    json_text_free(&text);
    return json;
}

static char *context[] = {"Given $A$", "and $B$"};

static struct question sample(void) {
    return (struct question){.id = "8f3kq2mz7c",
                             .difficulty = DIFFICULTY_MEDIUM,
                             .text = "Why \"so\"?\n\n`a\\b`",
                             .section = {.id = "erm", .title = "ERM"},
                             .source = {.path = "a/b.md", .line = 23},
                             .steps = 2};
}

Test(encode, question_withholds_its_answer) {
    struct question question = sample();
    question.answer = "secret";
    expect_json(write_question(&question),
                "{\"id\":\"8f3kq2mz7c\",\"difficulty\":\"medium\","
                "\"question\":\"Why \\\"so\\\"?\\n\\n`a\\\\b`\",\"context\":[],"
                "\"section\":{\"id\":\"erm\",\"title\":\"ERM\"},"
                "\"source\":{\"path\":\"a/b.md\",\"line\":23},"
                "\"answer\":{\"available\":true,\"steps\":2,"
                "\"url\":\"/v1/questions/8f3kq2mz7c/answer\"}}");
}

Test(encode, question_without_answer_has_no_url_for_it) {
    struct question question = sample();
    question.steps = 0;
    json_t *json = write_question(&question);
    expect_json(json_incref(json_object_get(json, "answer")), "{\"available\":false}");
    json_decref(json);
}

Test(encode, context_keeps_its_order) {
    struct question question = sample();
    question.context = context;
    question.context_count = 2;
    json_t *json = write_question(&question);
    expect_json(json_incref(json_object_get(json, "context")), "[\"Given $A$\",\"and $B$\"]");
    json_decref(json);
}

/* The questions as a JSON array, whose members must read as each reads alone. */
static void expect_as_alone(const struct question *questions, size_t count) {
    struct json_text text = {0};
    struct encode_place place = {0};
    for (size_t i = 0; i < count; i++) {
        json_text_append(&text, i == 0 ? "[" : ",", 1);
        encode_question(&text, &questions[i], &place);
    }
    json_text_literal(&text, "]");
    json_t *list = json_loadb(text.data, text.size, 0, NULL);
    json_text_free(&text);
    cr_assert_eq(json_array_size(list), count);
    for (size_t i = 0; i < count; i++) {
        json_t *alone = write_question(&questions[i]);
        cr_expect(json_equal(json_array_get(list, i), alone), "question %zu", i);
        json_decref(alone);
    }
    json_decref(list);
}

/* Far more than the text has room for at first. */
Test(encode, neighbours_share_what_says_where_they_stand) {
    enum { COUNT = 64 };
    struct question questions[COUNT];
    for (unsigned i = 0; i < COUNT; i++) {
        questions[i] = sample();
        questions[i].source.line = i;
        if (i >= 40) questions[i].section.id = "\"other\"";
        if (i >= 50) questions[i].source.path = "c.md";
        if (i % 7 == 0) questions[i].section.title = questions[i].section.id = "seventh";
    }
    expect_as_alone(questions, COUNT);
}

Test(encode, counts_come_with_their_total) {
    struct difficulty_counts counts = {{12, 3, 1}};
    expect_json(encode_counts(&counts), "{\"easy\":12,\"medium\":3,\"hard\":1,\"total\":16}");
}

Test(encode, sections_name_their_parents) {
    struct section items[] = {
        {.id = "file", .title = "File", .level = 0, .parent = SECTION_NONE},
        {.id = "part", .title = "Part", .level = 2, .parent = 0},
    };
    struct difficulty_counts counts[] = {{{1, 1, 0}}, {{1, 0, 0}}};
    struct section_list list = {.items = items, .counts = counts, .count = 2};
    expect_json(encode_sections(&list),
                "[{\"id\":\"file\",\"title\":\"File\",\"level\":0,"
                "\"questions\":{\"easy\":1,\"medium\":1,\"hard\":0,\"total\":2}},"
                "{\"id\":\"part\",\"title\":\"Part\",\"level\":2,\"parent\":\"file\","
                "\"questions\":{\"easy\":1,\"medium\":0,\"hard\":0,\"total\":1}}]");
}

Test(encode, stats_have_the_time_of_the_import) {
    struct source_stats source = {.path = "a.md", .title = "A", .counts = {{1, 0, 0}}};
    struct bank_stats stats = {.counts = {{1, 0, 0}},
                               .with_answer = 1,
                               .sources = &source,
                               .source_count = 1,
                               .revision = "0123456789abcdef",
                               .imported_at = 1732272000};
    expect_json(encode_stats(&stats),
                "{\"questions\":{\"easy\":1,\"medium\":0,\"hard\":0,\"total\":1},"
                "\"with_answer\":1,\"sources\":[{\"path\":\"a.md\",\"title\":\"A\","
                "\"questions\":{\"easy\":1,\"medium\":0,\"hard\":0,\"total\":1}}],"
                "\"revision\":\"0123456789abcdef\",\"imported_at\":\"2024-11-22T10:40:00Z\"}");
}

Test(encode, stats_of_an_empty_bank_have_no_revision) {
    struct bank_stats stats = {0};
    expect_json(encode_stats(&stats),
                "{\"questions\":{\"easy\":0,\"medium\":0,\"hard\":0,\"total\":0},"
                "\"with_answer\":0,\"sources\":[]}");
}

/* ---- memory that runs out ----------------------------------------------------------------------
 */

static size_t allocations_left;

static void *allocate_while_left(size_t size) {
    if (allocations_left == 0) return NULL;
    allocations_left--;
    return malloc(size);
}

/* Lets the first, the second, … allocation fail until none does. The sanitizers see what leaks. */
static void expect_clean_failure(json_t *encode(void)) {
    json_t *json = NULL;
    json_set_alloc_funcs(allocate_while_left, free);
    size_t failures = 0;
    for (; json == NULL; failures++) {
        allocations_left = failures;
        json = encode();
    }
    json_decref(json);
    json_set_alloc_funcs(malloc, free);
    cr_expect_gt(failures, 10);
}

static json_t *encode_sample_sections(void) {
    struct section items[] = {{.id = "file", .title = "File", .parent = SECTION_NONE},
                              {.id = "part", .title = "Part", .level = 1, .parent = 0}};
    struct difficulty_counts counts[] = {{{1, 1, 0}}, {{1, 0, 0}}};
    return encode_sections(&(struct section_list){.items = items, .counts = counts, .count = 2});
}

static json_t *encode_sample_stats(void) {
    struct source_stats source = {.path = "a.md", .title = "A"};
    return encode_stats(&(struct bank_stats){
        .sources = &source, .source_count = 1, .revision = "0123456789abcdef", .imported_at = 1});
}

Test(encode, memory_may_run_out_at_any_point) {
    expect_clean_failure(encode_sample_sections);
    expect_clean_failure(encode_sample_stats);
}

Test(encode, question_that_is_not_utf8_fails_as_a_whole) {
    struct question question = sample();
    question.text = "\xC3\x28";
    cr_assert_null(write_question(&question));
}

/* The bytes, not only what jansson makes of them: no blanks, nothing escaped without need. */
Test(encode, question_is_compact) {
    struct question question = sample();
    question.text = "Zürich/\"x\"\n";
    question.context = context;
    question.context_count = 2;
    json_t *json = write_question(&question);
    char *compact = json_dumps(json, JSON_COMPACT);
    struct json_text text = {0};
    encode_question(&text, &question, &(struct encode_place){0});
    cr_assert_eq(text.size, strlen(compact));
    cr_assert_arr_eq(text.data, compact, text.size);
    json_text_free(&text);
    free(compact);
    json_decref(json);
}
