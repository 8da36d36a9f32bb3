#include "db/search_marks.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *database;

static void set_up(void) {
    cr_assert_eq(sqlite3_open(":memory:", &database), SQLITE_OK);
}
static void tear_down(void) {
    sqlite3_close(database);
}
TestSuite(search_marks, .init = set_up, .fini = tear_down);

/* The text with brackets around what is marked; owned. */
static char *mark(const char *search, const char *text) {
    struct search_words words;
    struct span *marks;
    size_t count, done = 0;
    char *marked = calloc(1, 3 * strlen(text) + 1);
    cr_assert_eq(search_words_read(database, search, &words), STORE_OK);
    cr_assert(search_marks_find(&words, text, &marks, &count));
    for (size_t i = 0; i < count; i++) {
        cr_assert_leq(done, marks[i].start);
        strncat(marked, text + done, marks[i].start - done);
        strcat(marked, "[");
        strncat(marked, text + marks[i].start, marks[i].end - marks[i].start);
        strcat(marked, "]");
        done = marks[i].end;
    }
    strcat(marked, text + done);
    search_words_free(&words);
    free(marks);
    return marked;
}

static void expect_marked(const char *search, const char *text, const char *expected) {
    char *marked = mark(search, text);
    cr_expect_str_eq(marked, expected, "%s: %s", search, marked);
    free(marked);
}

Test(search_marks, words_as_they_stand_whatever_their_case_and_accents) {
    expect_marked("loss", "A loss is a LOSS; lossy glosses", "A [loss] is a [LOSS]; lossy glosses");
    expect_marked("cafe", "Caf\xc3\xa9?", "[Caf\xc3\xa9]?");
    expect_marked("caf\xc3\xa9", "cafe", "[cafe]");
    expect_marked("gone", "Nothing here", "Nothing here");
    expect_marked("x", "", "");
}

Test(search_marks, every_word_that_is_wanted_and_none_that_is_not) {
    expect_marked("loss hinge", "hinge loss", "[hinge] [loss]");
    expect_marked("loss -hinge", "hinge loss", "hinge [loss]");
}

Test(search_marks, phrases_only_where_their_words_stand_together) {
    expect_marked("\"loss function\"", "function loss function", "function [loss function]");
    expect_marked("k-means", "k-Means, k and means", "[k-Means], k and means");
    expect_marked("\"a a\"", "a a a a a", "[a a] [a a] a");
    expect_marked("loss \"loss function\"", "loss, loss function", "[loss], [loss function]");
    expect_marked("\"at the end\"", "not at the", "not at the");
}

Test(search_marks, prefixes_mark_the_whole_word) {
    expect_marked("grad*", "Gradient of grad, degrade", "[Gradient] of [grad], degrade");
    expect_marked("\"loss fun\"*", "loss functions, fun", "[loss functions], fun");
}

Test(search_marks, the_end_of_a_very_long_text_is_left_alone) {
    enum { WORDS = SEARCH_MARKS_WORDS + 10 };
    char *text = calloc(1, 2 * WORDS + 1);
    for (size_t i = 0; i < WORDS; i++) memcpy(text + 2 * i, "a ", 2);
    char *marked = mark("a", text);
    cr_expect_eq(strlen(marked), 2 * WORDS + 2 * SEARCH_MARKS_WORDS);
    free(marked);
    free(text);
}
