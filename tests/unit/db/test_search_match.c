#include "db/search_match.h"

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
TestSuite(search_match, .init = set_up, .fini = tear_down);

/* The texts of one question: `second` may be NULL. */
static bool holds(const char *search, const char *first, const char *second) {
    struct search_words words;
    struct search_match match = {0};
    cr_assert_eq(search_words_read(database, search, &words), STORE_OK, "%s", search);
    cr_assert(search_match_text(&words, first, &match));
    cr_assert(search_match_text(&words, second, &match));
    bool held = search_match_holds(&words, &match);
    search_words_free(&words);
    return held;
}

Test(search_match, words_may_stand_in_different_texts) {
    cr_expect(holds("hinge loss", "What is the Hinge?", "A LOSS."));
    cr_expect(holds("loss hinge", "hinge loss", NULL));
    cr_expect_not(holds("hinge loss", "What is the hinge?", NULL));
    cr_expect_not(holds("hing", "hinge", NULL));
    cr_expect_not(holds("hinges", "hinge", NULL));
    cr_expect(holds("caf\xc3\xa9", "Cafe", NULL));
}

Test(search_match, phrases_stand_together_in_one_text) {
    cr_expect(holds("\"a b c\"", "a a b a b c", NULL));
    cr_expect_not(holds("\"a b c\"", "a b b c", NULL));
    cr_expect_not(holds("\"a b\"", "c a", "b a"));
    cr_expect(holds("\"a a b\"", "a a a b", NULL));
    cr_expect(holds("\"a b\" \"b c\"", "a b c", NULL));
    cr_expect_not(holds("x \"a b\"", "x b a", NULL));
}

Test(search_match, a_star_stands_for_the_rest_of_the_last_word) {
    cr_expect(holds("grad*", "Gradients", NULL));
    cr_expect(holds("\"loss fun\"*", "a loss function", NULL));
    cr_expect_not(holds("\"los fun\"*", "loss function", NULL));
    cr_expect_not(holds("gradients*", "gradient", NULL));
}

Test(search_match, what_is_excluded_must_not_be_there) {
    cr_expect(holds("a -b", "a", "c"));
    cr_expect_not(holds("a -b", "a", "b"));
    cr_expect(holds("a -\"b c\"", "a b", "c"));
    cr_expect_not(holds("a -\"b c\"", "a b c", NULL));
    cr_expect_not(holds("a -b*", "a", "bc"));
}

Test(search_match, every_word_of_a_long_search_has_a_place) {
    char search[4 * SEARCH_WORDS_MAX + 3] = "\"", text[4 * SEARCH_WORDS_MAX] = "";
    for (int i = 0; i < SEARCH_WORDS_MAX; i++) {
        strcat(search, i % 2 ? "b " : "a ");
        strcat(text, i % 2 ? "b " : "a ");
    }
    strcat(search, "\"");
    cr_expect(holds(search, text, NULL));
    text[strlen(text) - 2] = 'a';
    cr_expect_not(holds(search, text, NULL));
}
