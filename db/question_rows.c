/* What stands in the questions: their rows, from the snapshot of the catalog's revision, and their
 * answers. */
#include "db/catalog_internal.h"
#include "db/store_internal.h"

#include <stdlib.h>
#include <string.h>

/* The levels of context of one question, outermost first. */
struct levels {
    char **texts; /* owned, as are the strings */
    size_t count;
};

static void clear_levels(struct levels *levels) {
    for (size_t i = 0; i < levels->count; i++) free(levels->texts[i]);
    free(levels->texts);
    *levels = (struct levels){0};
}

static bool append_level(struct levels *levels, const unsigned char *text) {
    char **longer = reallocarray(levels->texts, levels->count + 1, sizeof(*longer));
    if (longer == NULL) return false;
    levels->texts = longer;
    longer[levels->count] = text != NULL ? strdup((const char *)text) : NULL;
    return longer[levels->count] != NULL && ++levels->count > 0;
}

/* Takes the levels of the question with this key. The query over the contexts goes through the same
 * keys as that over the questions and is always one row ahead; *code is of its last step. */
static bool read_levels(sqlite3_stmt *contexts, int *code, int64_t key, struct levels *levels) {
    while (*code == SQLITE_ROW && sqlite3_column_int64(contexts, 0) == key) {
        if (!append_level(levels, sqlite3_column_text(contexts, 1))) return false;
        *code = sqlite3_step(contexts);
    }
    return true;
}

/* The question of a row; everything in it is borrowed: from the row, the catalog, the levels and
 * `id`. */
static struct question view_question(const struct catalog *catalog, uint32_t position, char *id,
                                     sqlite3_stmt *row, const struct levels *levels) {
    const struct catalog_question *entry = &catalog->questions[position];
    const struct section *section = &catalog->sections.items[entry->section];
    return (struct question){
        .id = id,
        .pinned = sqlite3_column_int(row, 1) != 0,
        .difficulty = (enum difficulty)sqlite3_column_int(row, 2),
        .text = (char *)sqlite3_column_text(row, 3),
        .context = levels->texts,
        .context_count = levels->count,
        .section = {.index = entry->section, .id = section->id, .title = section->title},
        .source = {.path = catalog->sources[entry->source].path,
                   .line = (unsigned)sqlite3_column_int64(row, 4)},
        .steps = (unsigned)sqlite3_column_int64(row, 5)};
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
    return run->store->catalog->questions[run->positions[index]].key;
}

static enum store_status hand_over(const struct run *run, size_t index, sqlite3_stmt *row,
                                   sqlite3_stmt *contexts, int *context_code) {
    const struct catalog *catalog = run->store->catalog;
    struct levels levels = {0};
    bool complete = read_levels(contexts, context_code, key_of(run, index), &levels);
    char id[QUESTION_ID_MAX + 1];
    catalog_question_id(catalog, run->positions[index], id);
    struct question question = view_question(catalog, run->positions[index], id, row, &levels);
    if (complete && question.text != NULL)
        run->take(run->context, run->positions[index], &question);
    else
        complete = false;
    clear_levels(&levels);
    return complete ? STORE_OK : connection_out_of_memory(run->store->pinned);
}

static enum store_status read_run(const struct run *run) {
    struct connection *connection = run->store->pinned;
    int64_t first = key_of(run, 0), last = key_of(run, run->count - 1);
    QUERY rows = connection_query(connection, STATEMENT_QUESTIONS,
                                  VALUES(value_integer(first), value_integer(last)));
    QUERY contexts = connection_query(connection, STATEMENT_CONTEXTS,
                                      VALUES(value_integer(first), value_integer(last)));
    if (rows == NULL || contexts == NULL) return STORE_ERROR;
    int context_code = sqlite3_step(contexts);
    for (size_t i = 0; i < run->count; i++) {
        int code = sqlite3_step(rows);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return connection_finish(connection, STATEMENT_QUESTIONS, code);
        if (code == SQLITE_DONE || sqlite3_column_int64(rows, 0) != key_of(run, i))
            return store_fail(run->store, STORE_ERROR, "a question is missing");
        enum store_status status = hand_over(run, i, rows, contexts, &context_code);
        if (status != STORE_OK) return status;
    }
    if (context_code == SQLITE_ROW) return STORE_OK;
    return connection_finish(connection, STATEMENT_CONTEXTS, context_code);
}

/* How many questions from the first on have keys in a row: most of a page have, since an import
 * gives them out in bank order. */
static size_t count_run(const struct catalog *catalog, const uint32_t *positions, size_t count) {
    uint32_t first = catalog->questions[positions[0]].key;
    size_t length = 1;
    while (length < count && catalog->questions[positions[length]].key == first + length) length++;
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
                                   VALUES(value_integer(store->catalog->questions[position].key)));
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
