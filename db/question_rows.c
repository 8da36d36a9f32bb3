/* What stands in the questions: their rows, from the snapshot of the catalog's revision, and their
 * answers. */
#include "db/catalog_internal.h"
#include "db/context.h"
#include "db/store_internal.h"

#include <stdlib.h>
#include <string.h>

/* The columns of STATEMENT_QUESTIONS. */
enum { KEY, PINNED, DIFFICULTY, TEXT, LINE, STEPS, CONTEXT, CONTEXT_ENDS };

/* The context of a row, owned by the caller; false when memory runs out. */
static bool read_context(sqlite3_stmt *row, char ***ret_levels, size_t *ret_count) {
    *ret_levels = NULL;
    *ret_count = 0;
    if (sqlite3_column_type(row, CONTEXT) == SQLITE_NULL) return true;
    const char *text = (const char *)sqlite3_column_text(row, CONTEXT);
    const char *ends = (const char *)sqlite3_column_text(row, CONTEXT_ENDS);
    if (text == NULL || ends == NULL) return false;
    *ret_levels = context_split(text, ends, ret_count);
    return *ret_levels != NULL;
}

/* The question of a row; everything in it is borrowed: from the row, the catalog and `id`. */
static struct question view_question(const struct catalog *catalog, const struct catalog_run *place,
                                     char *id, sqlite3_stmt *row) {
    const struct section *section = &catalog->sections.items[place->section];
    return (struct question){
        .id = id,
        .pinned = sqlite3_column_int(row, PINNED) != 0,
        .difficulty = (enum difficulty)sqlite3_column_int(row, DIFFICULTY),
        .text = (char *)sqlite3_column_text(row, TEXT),
        .section = {.index = place->section, .id = section->id, .title = section->title},
        .source = {.path = catalog->sources[place->source].path,
                   .line = (unsigned)sqlite3_column_int64(row, LINE)},
        .steps = (unsigned)sqlite3_column_int64(row, STEPS)};
}

/* Questions whose rows are neighbours, and who wants them. */
struct run {
    struct store *store;
    const uint32_t *positions;
    size_t count;
    question_take *take;
    void *context;
};

static int64_t key_of(const struct run *run, size_t index) {
    return run->store->catalog->keys[run->positions[index]];
}

/* *place is that of the question before. */
static enum store_status hand_over(const struct run *run, size_t index, sqlite3_stmt *row,
                                   size_t *place) {
    const struct catalog *catalog = run->store->catalog;
    uint32_t position = run->positions[index];
    char id[QUESTION_ID_MAX + 1];
    catalog_question_id(catalog, position, id);
    *place = catalog_find_run(catalog, position, *place);
    struct question question = view_question(catalog, &catalog->runs[*place], id, row);
    bool complete =
        question.text != NULL && read_context(row, &question.context, &question.context_count);
    if (complete) run->take(run->context, position, &question);
    free(question.context);
    return complete ? STORE_OK : connection_out_of_memory(run->store->pinned);
}

static enum store_status read_run(const struct run *run) {
    struct connection *connection = run->store->pinned;
    int64_t first = key_of(run, 0), last = key_of(run, run->count - 1);
    QUERY rows = connection_query(connection, STATEMENT_QUESTIONS,
                                  VALUES(value_integer(first), value_integer(last)));
    if (rows == NULL) return STORE_ERROR;
    size_t place = 0;
    for (size_t i = 0; i < run->count; i++) {
        int code = sqlite3_step(rows);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return connection_finish(connection, STATEMENT_QUESTIONS, code);
        if (code == SQLITE_DONE || sqlite3_column_int64(rows, KEY) != key_of(run, i))
            return store_fail(run->store, STORE_ERROR, "a question is missing");
        enum store_status status = hand_over(run, i, rows, &place);
        if (status != STORE_OK) return status;
    }
    return STORE_OK;
}

/* How many questions from the first on have keys in a row: most of a page have, since an import
 * gives them out in bank order. */
static size_t count_run(const struct catalog *catalog, const uint32_t *positions, size_t count) {
    uint32_t first = catalog->keys[positions[0]];
    size_t length = 1;
    while (length < count && catalog->keys[positions[length]] == first + length) length++;
    return length;
}

enum store_status store_questions_at(struct store *store, const uint32_t *positions, size_t count,
                                     question_take *take, void *context) {
    while (count > 0) {
        size_t length = count_run(store->catalog, positions, count);
        struct run run = {store, positions, length, take, context};
        enum store_status status = read_run(&run);
        if (status != STORE_OK) return status;
        positions += length;
        count -= length;
    }
    return STORE_OK;
}

enum store_status store_answer_at(struct store *store, uint32_t position, char **ret_answer) {
    QUERY query = connection_query(store->pinned, STATEMENT_ANSWER,
                                   VALUES(value_integer(store->catalog->keys[position])));
    if (query == NULL) return STORE_ERROR;
    int code = sqlite3_step(query);
    if (code != SQLITE_ROW) {
        enum store_status status = connection_finish(store->pinned, STATEMENT_ANSWER, code);
        if (status == STORE_OK) *ret_answer = NULL;
        return status;
    }
    const char *text = (const char *)sqlite3_column_text(query, 0);
    char *answer = text != NULL ? strdup(text) : NULL;
    if (answer == NULL) return connection_out_of_memory(store->pinned);
    *ret_answer = answer;
    return STORE_OK;
}

enum store_status store_answer(struct store *store, const char *id, char **ret_answer,
                               char ret_moved_to[QUESTION_ID_MAX + 1]) {
    uint32_t position;
    enum store_status status = store_question_position(store, id, &position, ret_moved_to);
    if (status != STORE_OK) return status;
    return store_answer_at(store, position, ret_answer);
}
