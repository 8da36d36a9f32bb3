#include "tests/unit/db/fixture.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "content/memory.h"
#include "db/catalog_internal.h"

void bank_open(struct bank *bank) {
    char *error = NULL;
    *bank = (struct bank){0};
    const char *parent = getenv("TMPDIR");
    snprintf(bank->directory, sizeof(bank->directory), "%s/qbank-db-XXXXXX",
             parent == NULL ? "/tmp" : parent);
    cr_assert_not_null(mkdtemp(bank->directory));
    snprintf(bank->path, sizeof(bank->path), "%s/bank.db", bank->directory);
    cr_assert_eq(store_open(bank->path, STORE_WRITE, &bank->writer, &error), STORE_OK, "%s", error);
}

void bank_close(struct bank *bank) {
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    store_close(bank->reader);
    catalog_unref(bank->catalog);
    store_close(bank->writer);
    for (size_t i = 0; i < 3; i++) {
        char file[128];
        snprintf(file, sizeof(file), "%s%s", bank->path, suffixes[i]);
        unlink(file);
    }
    cr_expect_eq(rmdir(bank->directory), 0, "something was left in %s", bank->directory);
}

static char *slug(const char *title) {
    char *copy = strdup(title);
    for (char *c = copy; *c != '\0'; c++) *c = *c == ' ' ? '-' : (char)tolower((unsigned char)*c);
    return copy;
}

/* Appends one section; returns its index. */
static int add_section(struct document *document, const char *title, unsigned level, int parent) {
    document->sections =
        reallocarray(document->sections, document->section_count + 1, sizeof(*document->sections));
    document->sections[document->section_count] = (struct section){
        .id = slug(title), .title = strdup(title), .level = level, .parent = parent, .line = 1};
    return (int)document->section_count++;
}

/* The last section of this title under this parent, or a new one. */
static int find_section(struct document *document, const char *title, unsigned level, int parent) {
    for (size_t i = document->section_count; i-- > 0;) {
        const struct section *section = &document->sections[i];
        if (section->parent == parent && strcmp(section->title, title) == 0) return (int)i;
    }
    return add_section(document, title, level, parent);
}

static size_t walk_sections(struct document *document, const char *path) {
    char *copy = strdup(path), *rest = copy, *title;
    int parent = SECTION_NONE;
    unsigned level = 1;
    while ((title = strsep(&rest, "/")) != NULL)
        parent = find_section(document, title, level++, parent);
    free(copy);
    return (size_t)parent;
}

static char *copy_or_null(const char *text) {
    return text == NULL ? NULL : strdup(text);
}

void bank_document(const struct given_source *source, struct document *ret_document) {
    struct document document = {.title = strdup(source->path)};
    document.questions = memory_alloc((source->count + 1) * sizeof(*document.questions));
    for (size_t i = 0; i < source->count; i++) {
        const struct given *given = &source->questions[i];
        struct question *question = &document.questions[document.question_count++];
        *question = (struct question){.id = copy_or_null(given->id),
                                      .pinned = given->id != NULL,
                                      .difficulty = given->difficulty,
                                      .text = strdup(given->text),
                                      .answer = copy_or_null(given->answer),
                                      .steps = given->answer != NULL};
        question->section.index =
            walk_sections(&document, given->section == NULL ? "Section" : given->section);
        question->source.line = given->line > 0 ? given->line : (unsigned)i + 1;
        question->source.column = 1;
        if (given->context == NULL) continue;
        question->context = memory_alloc(sizeof(*question->context));
        question->context[question->context_count++] = strdup(given->context);
    }
    *ret_document = document;
}

struct import_summary bank_import_with(struct bank *bank, struct import_options options,
                                       const struct given_source *sources, size_t count) {
    struct import *import;
    struct import_summary summary;
    cr_assert_eq(import_begin(bank->writer, &options, &import), STORE_OK);
    for (size_t i = 0; i < count && options.add; i++)
        cr_assert_eq(import_expect(import, sources[i].path), STORE_OK);
    for (size_t i = 0; i < count; i++) {
        struct document document;
        bank_document(&sources[i], &document);
        cr_assert_eq(import_source(import, sources[i].path, &document), STORE_OK, "%s",
                     store_error(bank->writer));
        document_free(&document);
    }
    cr_assert_eq(import_commit(import, &summary), STORE_OK, "%s", store_error(bank->writer));
    return summary;
}

void bank_import_numbered(struct bank *bank, unsigned count) {
    struct given *questions = calloc(count, sizeof(*questions));
    char(*texts)[32] = calloc(count, sizeof(*texts)), (*ids)[16] = calloc(count, sizeof(*ids));
    for (unsigned i = 0; i < count; i++) {
        snprintf(texts[i], sizeof(texts[i]), "Question number %u?", i);
        snprintf(ids[i], sizeof(ids[i]), "q%u", i);
        questions[i] = (struct given){.section = "Top/Below",
                                      .text = texts[i],
                                      .answer = i % 2 == 0 ? "The answer." : NULL,
                                      .context = i == 5 ? "Given five" : NULL,
                                      .id = ids[i],
                                      .difficulty = i % 3 == 0 ? DIFFICULTY_HARD : DIFFICULTY_EASY,
                                      .line = 10 + i};
    }
    const struct given_source source = {"a.md", questions, count};
    bank_import_with(bank, (struct import_options){0}, &source, 1);
    free(questions);
    free(texts);
    free(ids);
}

struct store *bank_read(struct bank *bank) {
    char *error = NULL;
    if (bank->reader == NULL)
        cr_assert_eq(store_open(bank->path, STORE_READ, &bank->reader, &error), STORE_OK, "%s",
                     error);
    catalog_unref(bank->catalog);
    bank->catalog = NULL;
    cr_assert_eq(store_load_catalog(bank->reader, &bank->catalog), STORE_OK, "%s",
                 store_error(bank->reader));
    cr_assert_eq(store_move_on(&bank->reader, bank->catalog), STORE_OK);
    return bank->reader;
}

struct wanted {
    const char *text;
    char *id;
};

static void compare_text(void *context, uint32_t position, const struct question *question) {
    (void)position;
    struct wanted *wanted = context;
    if (wanted->id == NULL && strcmp(question->text, wanted->text) == 0)
        wanted->id = strdup(question->id);
}

char *bank_id_of(struct bank *bank, const char *text) {
    struct wanted wanted = {.text = text};
    for (uint32_t position = 0; position < bank->catalog->count; position++)
        cr_assert_eq(store_questions_at(bank->reader, &position, 1, compare_text, &wanted),
                     STORE_OK);
    cr_assert_not_null(wanted.id, "no question reads \"%s\"", text);
    return wanted.id;
}

static void copy_question(void *context, uint32_t position, const struct question *question) {
    (void)position;
    struct question *copy = context;
    *copy = *question;
    copy->id = strdup(question->id);
    copy->text = strdup(question->text);
    copy->section.id = strdup(question->section.id);
    copy->section.title = strdup(question->section.title);
    copy->source.path = strdup(question->source.path);
    copy->context = calloc(question->context_count + 1, sizeof(char *));
    for (size_t i = 0; i < question->context_count; i++)
        copy->context[i] = strdup(question->context[i]);
}

struct question bank_question(struct bank *bank, const char *id) {
    struct question question;
    uint32_t position;
    char moved_to[QUESTION_ID_MAX + 1];
    cr_assert_eq(store_question_position(bank->reader, id, &position, moved_to), STORE_OK);
    cr_assert_eq(store_questions_at(bank->reader, &position, 1, copy_question, &question),
                 STORE_OK);
    return question;
}

enum store_status bank_status(struct bank *bank, const char *id, char *ret_moved_to) {
    uint32_t position;
    return store_question_position(bank->reader, id, &position, ret_moved_to);
}

static sqlite3 *connect_plainly(const struct bank *bank) {
    sqlite3 *handle = NULL;
    cr_assert_eq(sqlite3_open(bank->path, &handle), SQLITE_OK);
    sqlite3_busy_timeout(handle, 5000);
    return handle;
}

void bank_execute(const struct bank *bank, const char *sql) {
    sqlite3 *handle = connect_plainly(bank);
    char *error = NULL;
    cr_assert_eq(sqlite3_exec(handle, sql, NULL, NULL, &error), SQLITE_OK, "%s: %s", sql, error);
    sqlite3_close(handle);
}

char *bank_query(const struct bank *bank, const char *sql) {
    sqlite3 *handle = connect_plainly(bank);
    sqlite3_stmt *statement = NULL;
    cr_assert_eq(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL), SQLITE_OK, "%s: %s", sql,
                 sqlite3_errmsg(handle));
    cr_assert_eq(sqlite3_step(statement), SQLITE_ROW, "%s: no row", sql);
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    char *copy = strdup(text == NULL ? "NULL" : text);
    sqlite3_finalize(statement);
    sqlite3_close(handle);
    return copy;
}

void bank_expect_query(const struct bank *bank, const char *sql, const char *expected) {
    char *text = bank_query(bank, sql);
    cr_expect_str_eq(text, expected, "%s: %s", sql, text);
    free(text);
}

static void report_finding(void *context, const char *line) {
    (void)context;
    cr_expect_fail("%s", line);
}

void bank_expect_sound(struct bank *bank) {
    cr_expect_eq(store_check(bank->writer, report_finding, NULL), STORE_OK, "%s",
                 store_error(bank->writer));
}

void bank_expect_summary(struct bank *bank, const struct import_summary *summary, size_t added,
                         size_t changed, size_t unchanged, size_t removed, size_t renamed) {
    cr_expect_eq(summary->added, added, "added %zu", summary->added);
    cr_expect_eq(summary->changed, changed, "changed %zu", summary->changed);
    cr_expect_eq(summary->unchanged, unchanged, "unchanged %zu", summary->unchanged);
    cr_expect_eq(summary->removed, removed, "removed %zu", summary->removed);
    cr_expect_eq(summary->renamed, renamed, "renamed %zu", summary->renamed);
    bank_expect_sound(bank);
}

char *bank_dump(const struct bank *bank) {
    return bank_query(
        bank, "SELECT (SELECT json_group_array(json_array(revision, serial, imported_at)) FROM"
              " revision) || (SELECT json_group_array(json_array(key, path, title, position)) FROM"
              " sources) || (SELECT json_group_array(json_array(key, id, title, level, parent,"
              " source, ordinal)) FROM sections) || (SELECT json_group_array(json_array(key, id,"
              " pinned, difficulty, text, section, source, ordinal, line, steps, context,"
              " context_ends, changed)) FROM questions)"
              " || (SELECT json_group_array(json_array(question, text)) FROM answers)"
              " || (SELECT json_group_array(json_array(id, question)) FROM aliases)"
              " || (SELECT json_group_array(json_array(id, removed_at)) FROM gone)"
              " || (SELECT json_group_array(json_array(id, serial)) FROM removed)"
              " || (SELECT json_group_array(json_array(serial, revision, imported_at)) FROM"
              " revisions)");
}
