#include "db/search_query.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *database;
static const struct search_ability able = {.phrases = true, .exclusions = true},
                                   unable = {.prefix_length = 4};

static enum store_status compile(const char *text, const struct search_ability *ability,
                                 char **ret_expression) {
    struct search_words words = {0};
    enum store_status status = search_words_read(database, text, &words);
    if (status == STORE_OK) status = search_query_compile(&words, ability, ret_expression);
    search_words_free(&words);
    return status;
}

static void set_up(void) {
    cr_assert_eq(sqlite3_open(":memory:", &database), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(database, "CREATE VIRTUAL TABLE t USING fts5 (x)", NULL, NULL, NULL),
                 SQLITE_OK);
}
static void tear_down(void) {
    sqlite3_close(database);
}
TestSuite(search_query, .init = set_up, .fini = tear_down);

/* The engine must take what comes out. */
static void expect_valid(const char *expression) {
    sqlite3_stmt *statement = NULL;
    cr_assert_eq(sqlite3_prepare_v2(database, "SELECT * FROM t (?1)", -1, &statement, NULL),
                 SQLITE_OK);
    sqlite3_bind_text(statement, 1, expression, -1, SQLITE_STATIC);
    cr_expect_eq(sqlite3_step(statement), SQLITE_DONE, "%s: %s", expression,
                 sqlite3_errmsg(database));
    sqlite3_finalize(statement);
}

static void expect_expression(const char *text, bool phrases, const char *expected) {
    char *expression = NULL;
    cr_assert_eq(compile(text, phrases ? &able : &unable, &expression), STORE_OK, "%s", text);
    cr_expect_str_eq(expression, expected, "%s: %s", text, expression);
    expect_valid(expression);
    free(expression);
}

Test(search_query, words_are_wanted_all) {
    expect_expression("loss", true, "(\"loss\")");
    expect_expression("  Loss \t FUNCTION\n", true, "(\"loss\") AND (\"function\")");
    expect_expression("café", true, "(\"cafe\")");
}

Test(search_query, quotes_make_a_phrase) {
    expect_expression("\"loss function\" why", true, "(\"loss\" + \"function\") AND (\"why\")");
    expect_expression("loss\"squared error\"", true, "(\"loss\") AND (\"squared\" + \"error\")");
    expect_expression("\"loss function", true, "(\"loss\" + \"function\")");
    expect_expression("\"loss function\"", false, "(\"loss\" AND \"function\")");
}

Test(search_query, what_the_tokenizer_splits_is_a_phrase) {
    expect_expression("k-means", true, "(\"k\" + \"means\")");
    expect_expression("k-means", false, "(\"k\" AND \"means\")");
}

Test(search_query, a_star_makes_a_prefix) {
    expect_expression("grad*", true, "(\"grad\" *)");
    expect_expression("\"loss func\"*", true, "(\"loss\" + \"func\" *)");
    expect_expression("\"loss\" * x", true, "(\"loss\") AND (\"x\")");
}

Test(search_query, a_minus_sign_means_not) {
    expect_expression("loss -hinge -\"squared error\" -l*", true,
                      "((\"loss\")) NOT ((\"hinge\") OR (\"squared\" + \"error\") OR (\"l\" *))");
    expect_expression("-hinge loss", true, "((\"loss\")) NOT ((\"hinge\"))");
    expect_expression("loss - hinge", true, "(\"loss\") AND (\"hinge\")");
}

Test(search_query, exclusions_can_be_left_to_others) {
    expect_expression("loss -hinge -l*", false, "(\"loss\")");
}

Test(search_query, the_engines_own_language_is_text) {
    expect_expression("a AND b", true, "(\"a\") AND (\"and\") AND (\"b\")");
    expect_expression("NEAR(x y, 2)", true, "(\"near\" + \"x\") AND (\"y\") AND (\"2\")");
    expect_expression("question:loss ^x {y}", true,
                      "(\"question\" + \"loss\") AND (\"x\") AND (\"y\")");
    expect_expression("'); DROP TABLE t --", true, "(\"drop\") AND (\"table\") AND (\"t\")");
}

Test(search_query, signs_are_no_words) {
    expect_expression("loss +++ \"\" \"?\" -! *", true, "(\"loss\")");
}

Test(search_query, a_search_for_nothing_is_told_apart) {
    static const char *const texts[] = {"",  "  ",  "\"",    "\"\"",    "-",
                                        "*", "+ -", "-loss", "-\"a b\""};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        char *expression = NULL;
        cr_expect_eq(compile(texts[i], &able, &expression), STORE_NO_WORDS, "%s", texts[i]);
        cr_expect_null(expression);
    }
}

Test(search_query, words_are_limited) {
    char text[2 * SEARCH_WORDS_MAX + 3] = "", *expression = NULL;
    for (int i = 0; i < SEARCH_WORDS_MAX; i++) strcat(text, "a ");
    cr_expect_eq(compile(text, &able, &expression), STORE_OK);
    free(expression);
    strcat(text, "a");
    cr_expect_eq(compile(text, &able, &expression), STORE_TOO_MANY_WORDS);
    for (char *c = text; *c != '\0'; c++)
        if (*c == ' ') *c = '-';
    cr_expect_eq(compile(text, &able, &expression), STORE_TOO_MANY_WORDS);
}

Test(search_query, no_byte_is_a_mistake) {
    for (int first = 1; first < 256; first++)
        for (int second = 1; second < 256; second += 3) {
            char text[] = {'a', ' ', (char)first, (char)second, 'b', '\0'}, *expression = NULL;
            cr_assert_eq(compile(text, &able, &expression), STORE_OK);
            expect_valid(expression);
            free(expression);
        }
}

Test(search_query, a_prefix_can_be_too_short_for_an_index) {
    static const char *const texts[] = {"los*", "a \xc3\xa4\xc3\xb6\xc3\xbc*", "\"loss of\"*"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        char *expression = NULL;
        cr_expect_eq(compile(texts[i], &unable, &expression), STORE_SHORT_PREFIX, "%s", texts[i]);
    }
    expect_expression("loss*", false, "(\"loss\" *)");
    expect_expression("l*", true, "(\"l\" *)");
}

Test(search_query, columns_hold_for_all_of_it) {
    static const struct search_ability one = {.phrases = true, .exclusions = true, .columns = "x "};
    char *expression = NULL;
    cr_assert_eq(compile("loss -hinge", &one, &expression), STORE_OK);
    cr_expect_str_eq(expression, "{x } : (((\"loss\")) NOT ((\"hinge\")))");
    expect_valid(expression);
    free(expression);
}
