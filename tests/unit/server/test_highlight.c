#include "server/highlight.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "content/excerpt.h"
#include "tests/lib/client.h"

/* The pieces joined, brackets around the matches; owned. */
static char *show(const char *question, const struct span *marks, size_t count) {
    struct json_text text = {0};
    cr_assert(highlight_write(&text, &(struct text_form){0}, question, marks, count));
    cr_assert_not(text.failed);
    json_t *pieces = json_loadb(text.data, text.size, 0, NULL), *piece;
    cr_assert_not_null(pieces, "%.*s", (int)text.size, text.data);
    char *shown = calloc(1, strlen(question) + 2 * count + 16);
    size_t i;
    json_array_foreach(pieces, i, piece) {
        bool match = json_is_true(json_at(piece, "match"));
        cr_expect_str_not_empty(json_text(piece, "text"));
        strcat(strcat(strcat(shown, match ? "[" : ""), json_text(piece, "text")), match ? "]" : "");
    }
    json_decref(pieces);
    json_text_free(&text);
    return shown;
}

/* Marks every "x" of the question. */
static char *show_marked(const char *question) {
    struct span marks[16];
    size_t count = 0;
    for (const char *x = strchr(question, 'x'); x != NULL; x = strchr(x + 1, 'x'))
        marks[count++] = (struct span){(size_t)(x - question), (size_t)(x - question) + 1};
    return show(question, marks, count);
}

static void expect_shown(const char *question, const char *expected) {
    char *shown = show_marked(question);
    cr_expect_str_eq(shown, expected, "%s", shown);
    free(shown);
}

Test(highlight, a_short_question_stands_whole) {
    expect_shown("What is x, and \"why\"?", "What is [x], and \"why\"?");
    expect_shown("x", "[x]");
    expect_shown("xx y x", "[x][x] y [x]");
    expect_shown("<b>x</b> & \\", "<b>[x]</b> & \\");
}

/* `count` times "word " */
static char *words(size_t count, const char *end) {
    char *text = calloc(1, 5 * count + strlen(end) + 1);
    for (size_t i = 0; i < count; i++) memcpy(text + 5 * i, "word ", 5);
    return strcat(text, end);
}

static void expect_cut(const char *question, const char *beginning, const char *end) {
    char *shown = show_marked(question);
    size_t length = strlen(shown);
    cr_expect_leq(length, EXCERPT_MAX + strlen("…") * 2 + 32);
    cr_expect_eq(strncmp(shown, beginning, strlen(beginning)), 0, "%s", shown);
    cr_assert_geq(length, strlen(end));
    cr_expect_str_eq(shown + length - strlen(end), end, "%s", shown);
    cr_expect_not_null(strstr(shown, "[x]"));
    free(shown);
}

Test(highlight, a_long_question_is_cut_between_words_around_the_first_match) {
    char *behind = words(200, "x"), *rest = words(200, "end");
    expect_cut(behind, "…word ", "word [x]");
    char *within, *before;
    cr_assert(asprintf(&within, "%sx %s", behind, rest) > 0);
    cr_assert(asprintf(&before, "x %s", rest) > 0);
    expect_cut(within, "…word ", " word…");
    expect_cut(before, "[x] word", " word…");
    free(before);
    free(within);
    free(rest);
    free(behind);
}

/* Nowhere to cut: the match comes first, and no character is cut in two. */
Test(highlight, a_question_without_blanks_is_cut_at_the_match) {
    char question[4 * EXCERPT_MAX + 1] = "";
    for (size_t i = 0; i < 2 * EXCERPT_MAX; i++) strcat(question, i == 100 ? "x" : "\xc3\xa4");
    char *shown = show_marked(question);
    cr_expect_str_eq(shown, "…[x]…");
    free(shown);
}

/* Chinese has no blanks: what a reader sees is counted, and cut between any two characters. */
Test(highlight, a_question_in_chinese_is_as_long_as_any_other) {
    char question[3 * 4 * EXCERPT_MAX + 2] = "";
    for (size_t i = 0; i < 4 * EXCERPT_MAX; i++)
        strcat(question, i == 2 * EXCERPT_MAX ? "x" : "\xe6\x90\x8d");
    char *shown = show_marked(question);
    size_t pieces = strlen("…[]…");
    cr_expect_geq(strlen(shown) - pieces, 3 * (EXCERPT_MAX - 2), "%s", shown);
    cr_expect_leq(strlen(shown) - pieces, 3 * EXCERPT_MAX, "%s", shown);
    free(shown);
}

/* ---- other markups ----------------------------------------------------------------------------
 */

/* The JSON for what matches "loss" in the question, or "none"; owned. */
static char *show_form(const char *question, struct text_form form) {
    struct json_text text = {0};
    const char *loss = strstr(question, "loss");
    struct span mark = {(size_t)(loss - question), (size_t)(loss - question) + strlen("loss")};
    bool written = highlight_write(&text, &form, question, &mark, 1);
    cr_assert_not(text.failed);
    cr_expect_eq(written, text.size > 0);
    char *shown = written ? strndup(text.data, text.size) : strdup("none");
    json_text_free(&text);
    return shown;
}

static void expect_form(const char *question, enum markup markup, uint32_t max_length,
                        const char *expected) {
    char *shown = show_form(question, (struct text_form){markup, max_length});
    cr_expect_str_eq(shown, expected, "%s as %s: %s", question, markup_name(markup), shown);
    free(shown);
}

Test(highlight, markups_that_have_marks_are_one_text) {
    static const char question[] = "Why *is* \"loss\" < 1?";
    expect_form(question, MARKUP_HTML, 0,
                "\"<p>Why <em>is</em> &quot;<mark>loss</mark>&quot; &lt; 1?</p>\"");
    expect_form(question, MARKUP_SLACK, 0, "\"Why _is_ \\\"*loss*\\\" &lt; 1?\"");
    expect_form(question, MARKUP_DISCORD, 0, "\"Why _is_ \\\"**loss**\\\" \\\\< 1?\"");
    expect_form(question, MARKUP_TELEGRAM, 0, "\"Why _is_ \\\"*loss*\\\" < 1?\"");
}

Test(highlight, plain_text_comes_in_pieces) {
    expect_form("Why *is* \"loss\" so?", MARKUP_TEXT, 0,
                "[{\"text\":\"Why is \\\"\",\"match\":false},{\"text\":\"loss\",\"match\":true},"
                "{\"text\":\"\\\" so?\",\"match\":false}]");
    expect_form("loss so?", MARKUP_TEXT, 6,
                "[{\"text\":\"loss\",\"match\":true},{\"text\":\"…\",\"match\":false}]");
}

Test(highlight, there_is_none_where_nothing_can_be_marked) {
    for (enum markup markup = MARKUP_HTML; markup < MARKUP_COUNT; markup++)
        expect_form("Is $loss_i$ it?", markup, 0, "none");
    expect_form("A loss?", MARKUP_SLACK, 2, "none");
}

Test(highlight, nothing_is_written_where_memory_has_run_out) {
    struct json_text text = {.failed = true};
    highlight_write(&text, &(struct text_form){0}, "x", &(struct span){0, 1}, 1);
    cr_assert(text.failed);
    cr_assert_eq(text.size, 0);
}
