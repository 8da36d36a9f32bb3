/* What is typed into the search field comes from outside: whatever it is, the full-text engine
 * takes the expression that is made of it, marks stay within the text, and a text that is found has
 * some. The first line is the search, the rest the text. */
#include <stdlib.h>
#include <string.h>

#include "db/search_marks.h"
#include "db/search_match.h"
#include "db/search_query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition) {
    if (!condition) abort();
}

static sqlite3 *open_index(void) {
    sqlite3 *database;
    require(sqlite3_open(":memory:", &database) == SQLITE_OK);
    require(sqlite3_exec(database, "CREATE VIRTUAL TABLE t USING fts5 (x)", NULL, NULL, NULL) ==
            SQLITE_OK);
    return database;
}

static void check_expression(sqlite3 *database, const struct search_words *words,
                             const struct search_ability *ability) {
    sqlite3_stmt *statement;
    char *expression;
    enum store_status status = search_query_compile(words, ability, &expression);
    require(status == STORE_OK || status == STORE_SHORT_PREFIX);
    if (status != STORE_OK) return;
    require(sqlite3_prepare_v2(database, "SELECT * FROM t (?1)", -1, &statement, NULL) ==
            SQLITE_OK);
    sqlite3_bind_text(statement, 1, expression, -1, SQLITE_STATIC);
    require(sqlite3_step(statement) == SQLITE_DONE);
    sqlite3_finalize(statement);
    free(expression);
}

static void check_marks(const struct search_words *words, const char *text) {
    struct span *marks;
    size_t count, done = 0;
    require(search_marks_find(words, text, &marks, &count));
    for (size_t i = 0; i < count; i++) {
        require(marks[i].start >= done && marks[i].start < marks[i].end);
        done = marks[i].end;
    }
    require(done <= strlen(text));
    free(marks);
}

/* What holds and wants nothing left out has something to mark. */
static void check_match(const struct search_words *words, const char *text) {
    struct search_match match = {0};
    struct span *marks;
    size_t count;
    require(search_match_text(words, text, &match));
    if (!search_match_holds(words, &match) || strlen(text) > SEARCH_MARKS_WORDS) return;
    require(search_marks_find(words, text, &marks, &count));
    require(count > 0);
    free(marks);
}

static void check(sqlite3 *database, const char *search, const char *text) {
    static const struct search_ability abilities[] = {
        {.phrases = true, .exclusions = true},
        {.prefix_length = 4},
        {.phrases = true, .exclusions = true, .columns = "x "}};
    struct search_words words;
    enum store_status status = search_words_read(database, search, &words);
    require(status == STORE_OK || status == STORE_NO_WORDS || status == STORE_TOO_MANY_WORDS);
    if (status != STORE_OK) return;
    for (size_t i = 0; i < sizeof(abilities) / sizeof(abilities[0]); i++)
        check_expression(database, &words, &abilities[i]);
    check_marks(&words, text);
    check_match(&words, text);
    search_words_free(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static sqlite3 *database;
    if (database == NULL) database = open_index();
    char *input = strndup((const char *)data, size);
    require(input != NULL);
    char *text = input + strcspn(input, "\n");
    if (*text != '\0') *text++ = '\0';
    check(database, input, text);
    free(input);
    return 0;
}
