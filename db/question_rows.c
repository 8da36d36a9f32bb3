/* What stands in the questions: from packs or from their rows, in the snapshot of the catalog's
 * revision; and their answers. */
#include "db/catalog_internal.h"
#include "db/question_row.h"
#include "db/store_internal.h"

#include <stdlib.h>
#include <string.h>

/* Questions whose keys are neighbours, and who wants them. */
struct run {
    struct store *store;
    const uint32_t *positions;
    size_t count;
    question_take *take;
    void *context;
    size_t place; /* the catalog's run that the question before stood in */
};

static uint32_t key_of(const struct run *run, size_t index) {
    return run->store->catalog->keys[run->positions[index]];
}

/* What the catalog knows of a question; borrowed from it and from `id`. */
static struct question view_question(struct run *run, size_t index, char *id) {
    const struct catalog *catalog = run->store->catalog;
    uint32_t position = run->positions[index];
    catalog_question_id(catalog, position, id);
    run->place = catalog_find_run(catalog, position, run->place);
    const struct catalog_run *place = &catalog->runs[run->place];
    const struct section *section = &catalog->sections.items[place->section];
    return (struct question){
        .id = id,
        .section = {.index = place->section, .id = section->id, .title = section->title},
        .source.path = catalog->sources[place->source].path};
}

/* ---- rows ------------------------------------------------------------------------------------ */

static enum store_status take_row(struct run *run, size_t index, sqlite3_stmt *row) {
    char id[QUESTION_ID_MAX + 1];
    struct question question = view_question(run, index, id);
    bool complete = question_row_read(row, &question);
    if (complete) run->take(run->context, run->positions[index], &question);
    free(question.context);
    return complete ? STORE_OK : connection_out_of_memory(run->store->pinned);
}

static enum store_status read_rows(struct run *run) {
    struct connection *connection = run->store->pinned;
    QUERY rows = connection_query(
        connection, STATEMENT_QUESTIONS,
        VALUES(value_integer(key_of(run, 0)), value_integer(key_of(run, run->count - 1))));
    if (rows == NULL) return STORE_ERROR;
    for (size_t i = 0; i < run->count; i++) {
        int code = sqlite3_step(rows);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return connection_finish(connection, STATEMENT_QUESTIONS, code);
        if (code == SQLITE_DONE || question_row_key(rows) != key_of(run, i))
            return store_fail(run->store, STORE_ERROR, "a question is missing");
        enum store_status status = take_row(run, i, rows);
        if (status != STORE_OK) return status;
    }
    return STORE_OK;
}

/* ---- packs ----------------------------------------------------------------------------------- */

/* The strings that stand one behind the other, owned by the caller: the list, not the strings. */
static char **list_strings(const char *first, size_t count) {
    char **list = malloc(count * sizeof(*list));
    for (size_t i = 0; list != NULL && i < count; i++) {
        list[i] = (char *)first;
        first += strlen(first) + 1;
    }
    return list;
}

static enum store_status take_record(struct run *run, size_t index, const char *record,
                                     size_t size) {
    char id[QUESTION_ID_MAX + 1];
    const char *context;
    struct question question = view_question(run, index, id);
    if (!pack_read(record, size, &question, &context))
        return store_fail(run->store, STORE_ERROR, "the pack of question %s is damaged", id);
    if (question.context_count > 0) {
        question.context = list_strings(context, question.context_count);
        if (question.context == NULL) return connection_out_of_memory(run->store->pinned);
    }
    run->take(run->context, run->positions[index], &question);
    free(question.context);
    return STORE_OK;
}

static enum store_status read_records(struct run *run, const struct pack_span *span) {
    const char *records = run->store->packs.records;
    uint32_t begin = span->begin;
    for (size_t i = 0; i < span->count; i++) {
        uint32_t end = span->ends[i];
        enum store_status status =
            take_record(run, i, records + (begin - span->begin), end - begin);
        if (status != STORE_OK) return status;
        begin = end;
    }
    return STORE_OK;
}

/* ---- both ------------------------------------------------------------------------------------ */

/* As many as can be read in one go, from the first on; *ret_count: how many these were. */
static enum store_status read_some(const struct run *all, size_t *ret_count) {
    struct store *store = all->store;
    const struct pack_directory *directory = &store->catalog->packs;
    struct pack_span span =
        pack_directory_span(directory, key_of(all, 0), all->count, PACK_READ_MAX);
    struct run run = *all;
    bool packed = false;
    run.count = *ret_count = span.count;
    if (span.ends != NULL) {
        enum store_status status =
            pack_reader_read(&store->packs, store->pinned, directory, &span, &packed);
        if (status != STORE_OK) return status;
    }
    return packed ? read_records(&run, &span) : read_rows(&run);
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
        const struct run run = {store, positions, length, take, context, 0};
        enum store_status status = read_some(&run, &length);
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
