/* Questions from a pinned store: pages, draws, one by its id. The catalog says which; their text
 * comes from the database, from the snapshot of the same revision. */
#include "db/catalog_internal.h"
#include "db/cursor.h"
#include "db/draw.h"
#include "db/selection.h"
#include "db/store_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool copy_text(char **ret_copy, const char *text) {
    *ret_copy = text == NULL ? NULL : strdup(text);
    return *ret_copy != NULL;
}

/* What the catalog knows of a question. */
static bool fill_place(const struct catalog *catalog, uint32_t position,
                       struct question *question) {
    const struct catalog_question *entry = &catalog->questions[position];
    const struct section *section = &catalog->sections.items[entry->section];
    question->section.index = entry->section;
    return copy_text(&question->section.id, section->id) &&
           copy_text(&question->section.title, section->title) &&
           copy_text(&question->source.path, catalog->sources[entry->source].path);
}

static bool fill_row(sqlite3_stmt *row, struct question *question) {
    question->pinned = sqlite3_column_int(row, 1) != 0;
    question->difficulty = (enum difficulty)sqlite3_column_int(row, 2);
    question->source.line = (unsigned)sqlite3_column_int64(row, 4);
    question->steps = (unsigned)sqlite3_column_int64(row, 5);
    return copy_text(&question->id, (const char *)sqlite3_column_text(row, 0)) &&
           copy_text(&question->text, (const char *)sqlite3_column_text(row, 3));
}

/* Each row of the query carries one level of the context; a question without any has one row. */
static bool append_context(sqlite3_stmt *row, struct question *question) {
    if (sqlite3_column_type(row, 6) == SQLITE_NULL) return true;
    char **longer = reallocarray(question->context, question->context_count + 1, sizeof(*longer));
    if (longer == NULL) return false;
    question->context = longer;
    if (!copy_text(&longer[question->context_count], (const char *)sqlite3_column_text(row, 6)))
        return false;
    question->context_count++;
    return true;
}

static enum store_status read_question(struct store *store, uint32_t position,
                                       struct question *question) {
    const struct catalog *catalog = store->catalog;
    QUERY query = connection_query(store->pinned, STATEMENT_QUESTION,
                                   VALUES(value_integer(catalog->questions[position].key)));
    if (query == NULL) return STORE_ERROR;
    int code = sqlite3_step(query);
    if (code == SQLITE_DONE) return store_fail(store, STORE_ERROR, "a question is missing");
    if (code == SQLITE_ROW &&
        (!fill_place(catalog, position, question) || !fill_row(query, question)))
        return connection_out_of_memory(store->pinned);
    for (; code == SQLITE_ROW; code = sqlite3_step(query))
        if (!append_context(query, question)) return connection_out_of_memory(store->pinned);
    return connection_finish(store->pinned, STATEMENT_QUESTION, code);
}

static enum store_status load_question(struct store *store, uint32_t position,
                                       struct question *ret_question) {
    struct question question = {0};
    enum store_status status = read_question(store, position, &question);
    if (status == STORE_OK)
        *ret_question = question;
    else
        question_free(&question);
    return status;
}

static void free_questions(struct question *items, size_t count) {
    for (size_t i = 0; i < count; i++) question_free(&items[i]);
    free(items);
}

static enum store_status load_questions(struct store *store, const uint32_t *positions,
                                        size_t count, struct question **ret_items) {
    struct question *items = calloc(count + 1, sizeof(*items));
    if (items == NULL) return connection_out_of_memory(store->pinned);
    for (size_t i = 0; i < count; i++) {
        enum store_status status = load_question(store, positions[i], &items[i]);
        if (status == STORE_OK) continue;
        free_questions(items, i);
        return status;
    }
    *ret_items = items;
    return STORE_OK;
}

static enum store_status select_questions(struct store *store, const struct question_filter *filter,
                                          struct selection *ret_selection, size_t *ret_index) {
    enum store_status status = selection_create(store->catalog, filter, ret_selection, ret_index);
    return status == STORE_ERROR ? store_fail(store, status, "out of memory") : status;
}

/* Where the page begins: behind the cursor's question. */
static enum store_status read_cursor(struct store *store, const char *cursor, uint32_t *ret_start) {
    struct cursor decoded;
    if (cursor == NULL || cursor[0] == '\0') {
        *ret_start = 0;
        return STORE_OK;
    }
    if (!cursor_decode(cursor, &decoded))
        return store_fail(store, STORE_NO_ROW, "malformed cursor");
    if (decoded.revision != store->catalog->revision_bits)
        return store_fail(store, STORE_STALE, "the cursor is of another revision");
    if (decoded.position >= store->catalog->count)
        return store_fail(store, STORE_NO_ROW, "the cursor points beyond the bank");
    *ret_start = decoded.position + 1;
    return STORE_OK;
}

static enum store_status load_page(struct store *store, const struct selection *selection,
                                   uint32_t start, size_t limit, struct question_page *page) {
    uint32_t rank = selection_rank(selection, start), left = selection_count(selection) - rank;
    uint32_t *positions = calloc(limit + 1, sizeof(*positions));
    if (positions == NULL) return connection_out_of_memory(store->pinned);
    page->count = limit < left ? limit : left;
    for (uint32_t i = 0; i < page->count; i++) positions[i] = selection_select(selection, rank + i);
    enum store_status status = load_questions(store, positions, page->count, &page->items);
    if (status == STORE_OK && page->count < left && page->count > 0)
        cursor_encode(&(struct cursor){.revision = store->catalog->revision_bits,
                                       .position = positions[page->count - 1]},
                      page->next_cursor);
    free(positions);
    return status;
}

enum store_status store_question_page(struct store *store, const struct question_filter *filter,
                                      const char *cursor, size_t limit,
                                      struct question_page *ret_page, size_t *ret_index) {
    uint32_t start = 0;
    struct selection selection;
    enum store_status status = read_cursor(store, cursor, &start);
    if (status != STORE_OK) return status;
    status = select_questions(store, filter, &selection, ret_index);
    if (status != STORE_OK) return status;
    struct question_page page = {.total = selection_count(&selection)};
    status = load_page(store, &selection, start, limit, &page);
    if (status == STORE_OK) *ret_page = page;
    selection_free(&selection);
    return status;
}

void question_page_free(struct question_page *page) {
    free_questions(page->items, page->count);
    *page = (struct question_page){0};
}

static enum store_status load_draw(struct store *store, const struct selection *selection,
                                   const char *seed, struct question_draw *draw) {
    struct draw_generator generator = draw_generator_seeded(seed, store->catalog->revision_bits);
    uint32_t *drawn = calloc(draw->count + 1, sizeof(*drawn));
    if (drawn == NULL) return connection_out_of_memory(store->pinned);
    draw_ranks(&generator, draw->count, draw->available, drawn);
    for (size_t i = 0; i < draw->count; i++) drawn[i] = selection_select(selection, drawn[i]);
    enum store_status status = load_questions(store, drawn, draw->count, &draw->items);
    free(drawn);
    return status;
}

enum store_status store_question_draw(struct store *store, const struct question_filter *filter,
                                      size_t count, const char *seed,
                                      struct question_draw *ret_draw, size_t *ret_index) {
    struct selection selection;
    enum store_status status = select_questions(store, filter, &selection, ret_index);
    if (status != STORE_OK) return status;
    size_t available = selection_count(&selection);
    struct question_draw draw = {.count = count < available ? count : available,
                                 .available = available};
    status = load_draw(store, &selection, seed, &draw);
    if (status == STORE_OK) *ret_draw = draw;
    selection_free(&selection);
    return status;
}

void question_draw_free(struct question_draw *draw) {
    free_questions(draw->items, draw->count);
    *draw = (struct question_draw){0};
}

/* No question has the id: it may have had one once. */
static enum store_status explain_missing(struct store *store, const char *id) {
    int64_t gone;
    enum store_status status =
        connection_integer(store->pinned, STATEMENT_IS_GONE, &gone, VALUES(value_text(id)));
    return status == STORE_OK ? STORE_GONE : status;
}

/* The position of a question; STORE_MOVED where `id` is an alias of it. */
static enum store_status resolve(struct store *store, const char *id, uint32_t *ret_position,
                                 char ret_moved_to[QUESTION_ID_MAX + 1]) {
    uint32_t position;
    if (!catalog_find(store->catalog, id, &position)) return explain_missing(store, id);
    char live[QUESTION_ID_MAX + 1];
    catalog_question_id(store->catalog, position, live);
    if (strcmp(live, id) != 0) {
        snprintf(ret_moved_to, QUESTION_ID_MAX + 1, "%s", live);
        return STORE_MOVED;
    }
    *ret_position = position;
    return STORE_OK;
}

enum store_status store_question(struct store *store, const char *id, struct question *ret_question,
                                 char ret_moved_to[QUESTION_ID_MAX + 1]) {
    uint32_t position;
    enum store_status status = resolve(store, id, &position, ret_moved_to);
    if (status != STORE_OK) return status;
    return load_question(store, position, ret_question);
}

static enum store_status read_answer(struct store *store, uint32_t position, char **ret_answer) {
    QUERY query = connection_query(store->pinned, STATEMENT_ANSWER,
                                   VALUES(value_integer(store->catalog->questions[position].key)));
    if (query == NULL) return STORE_ERROR;
    int code = sqlite3_step(query);
    if (code != SQLITE_ROW) {
        enum store_status status = connection_finish(store->pinned, STATEMENT_ANSWER, code);
        if (status == STORE_OK) *ret_answer = NULL;
        return status;
    }
    char *answer;
    if (!copy_text(&answer, (const char *)sqlite3_column_text(query, 0)))
        return connection_out_of_memory(store->pinned);
    *ret_answer = answer;
    return STORE_OK;
}

enum store_status store_answer(struct store *store, const char *id, char **ret_answer,
                               char ret_moved_to[QUESTION_ID_MAX + 1]) {
    uint32_t position;
    enum store_status status = resolve(store, id, &position, ret_moved_to);
    if (status != STORE_OK) return status;
    return read_answer(store, position, ret_answer);
}
