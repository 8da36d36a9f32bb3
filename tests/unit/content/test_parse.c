/* Sources that FORMAT.md cannot show: bytes that are no text, line ends, limits. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/buffer.h"
#include "content/memory.h"
#include "content/parse.h"

static struct document parse(const char *markdown, size_t size) {
    struct document document;
    document_parse(markdown, size, "file", &document);
    return document;
}

static struct document parse_text(const char *markdown) {
    return parse(markdown, strlen(markdown));
}

/* The source is refused with one error, at this place. */
static void expect_refused(const char *markdown, size_t size, const char *code, unsigned line,
                           unsigned column, const char *words) {
    struct document document = parse(markdown, size);
    cr_assert(eq(sz, document.question_count, 0));
    cr_assert(eq(sz, document.diagnostics.count, 1));
    const struct diagnostic *diagnostic = &document.diagnostics.items[0];
    cr_expect(eq(int, diagnostic->severity, SEVERITY_ERROR));
    cr_expect(eq(str, (char *)diagnostic->code, (char *)code));
    cr_expect(eq(uint, diagnostic->line, line));
    cr_expect(eq(uint, diagnostic->column, column));
    cr_expect(strstr(diagnostic->text, words) != NULL, "%s", diagnostic->text);
    document_free(&document);
}

Test(parse, bytes_that_are_not_utf8_are_refused_with_their_offset) {
    const char *latin1 = "# [E] Caf\xe9?\n";
    expect_refused(latin1, strlen(latin1), "not-utf-8", 1, 10, "byte offset 9");
    const char *overlong = "ok\n\xc0\xaf\n";
    expect_refused(overlong, strlen(overlong), "not-utf-8", 2, 1, "byte offset 3");
}

Test(parse, nul_bytes_are_refused) {
    expect_refused("# [E] a\n\0b", 10, "nul-byte", 2, 1, "offset 8");
    expect_refused("a\0\xff", 3, "nul-byte", 1, 2, "offset 1");
}

Test(parse, a_source_over_the_limit_is_refused) {
    char *large = memory_alloc(PARSE_SIZE_MAX + 1);
    memset(large, 'a', PARSE_SIZE_MAX + 1);
    expect_refused(large, PARSE_SIZE_MAX + 1, "too-large", 0, 0, "64 MiB");
    free(large);
}

static char *repeat(const char *text, unsigned times, const char *end) {
    struct buffer whole = {0};
    for (unsigned i = 0; i < times; i++) buffer_append(&whole, text, strlen(text));
    buffer_append(&whole, end, strlen(end));
    return buffer_steal(&whole);
}

Test(parse, nesting_beyond_the_limit_is_refused_at_once) {
    const char *const openers[] = {">", "> ", "- ", "1. "};
    for (size_t i = 0; i < sizeof(openers) / sizeof(openers[0]); i++) {
        char *deep = repeat(openers[i], 200000, "x\n");
        expect_refused(deep, strlen(deep), "too-deep", 1, 1, "100 levels");
        free(deep);
    }
}

Test(parse, nesting_by_indentation_beyond_the_limit_is_refused) {
    char *text = memory_alloc(200 * 420);
    for (int depth = 0; depth < 200; depth++)
        sprintf(text + strlen(text), "%*s- level\n", depth * 2, "");
    struct document document = parse_text(text);
    cr_assert(eq(sz, diagnostics_count(&document.diagnostics, SEVERITY_ERROR), 1));
    cr_expect(eq(str, (char *)document.diagnostics.items[0].code, "too-deep"));
    document_free(&document);
    free(text);
}

Test(parse, a_long_line_of_dashes_is_a_rule) {
    char *rule = repeat("- ", 500, "\n\n# [E] What is below?\n");
    struct document document = parse_text(rule);
    cr_assert(eq(sz, document.question_count, 1));
    document_free(&document);
    free(rule);
}

Test(parse, an_empty_source_has_no_questions_and_says_so) {
    const char *const empty[] = {"", "\n", "\r", " ", "\xef\xbb\xbf", "---\n---\n"};
    for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
        struct document document = parse_text(empty[i]);
        cr_expect(eq(sz, document.question_count, 0));
        cr_assert(eq(sz, document.diagnostics.count, 1));
        cr_expect(eq(str, (char *)document.diagnostics.items[0].code, "no-questions"));
        document_free(&document);
    }
}

Test(parse, line_ends_and_a_byte_order_mark_change_nothing) {
    const char *const sources[] = {
        "# [E] a?\n\n```\nx\n\ny\n```\n", "# [E] a?\r\n\r\n```\r\nx\r\n\r\ny\r\n```\r\n",
        "# [E] a?\r\r```\rx\r\ry\r```\r", "\xef\xbb\xbf# [E] a?\n\n```\nx\n\ny\n```"};
    for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
        struct document document = parse_text(sources[i]);
        cr_assert(eq(sz, document.question_count, 1), "source %zu", i);
        cr_expect(eq(str, document.questions[0].text, "a?"));
        cr_expect(eq(str, document.questions[0].answer, "```\nx\n\ny\n```"));
        cr_expect(eq(uint, document.questions[0].source.line, 1));
        document_free(&document);
    }
}

Test(parse, questions_know_their_place_and_their_steps) {
    struct document document =
        parse_text("---\ntitle: T\n---\n\n1. [M] a?\n   - x\n   - y\n   - z\n");
    cr_assert(eq(sz, document.question_count, 1));
    cr_expect(eq(uint, document.questions[0].source.line, 5));
    cr_expect(eq(uint, document.questions[0].source.column, 4));
    cr_expect(eq(uint, document.questions[0].steps, 3));
    cr_expect(eq(str, document.title, "T"));
    document_free(&document);
}

Test(parse, steps_are_those_of_the_answer_without_the_definition_above_it) {
    struct document document = parse_text("[E] a?\n\n[g]: x\n-\nb\n");
    cr_assert(eq(sz, document.question_count, 1));
    cr_expect(eq(str, document.questions[0].answer, "-\nb"));
    cr_expect(eq(uint, document.questions[0].steps, 2));
    document_free(&document);
}

Test(parse, sections_get_slugs) {
    struct document document = parse_text(
        "# What's *new* in L₂?\n- [E] a?\n# Größe & Maß {#size}\n- [E] b?\n# ???\n- [E] c?\n");
    cr_assert(eq(sz, document.section_count, 3));
    cr_expect(eq(str, document.sections[0].id, "whats-new-in-l₂"));
    cr_expect(eq(str, document.sections[1].id, "size"));
    cr_expect(eq(str, document.sections[1].title, "Größe & Maß"));
    cr_expect(eq(str, document.sections[2].id, "section"));
    cr_expect(eq(uint, document.sections[2].line, 5));
    document_free(&document);
}
