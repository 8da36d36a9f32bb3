/* Builds a catalog from the database: sources and sections, then the questions in bank order, then
 * the aliases, then what follows from them. */
#include "db/catalog_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A catalog that is being built: room in its arrays, and where the questions are being read. */
struct loading {
    struct connection *connection;
    struct catalog *catalog;
    size_t source_capacity, question_capacity, name_capacity, texts_capacity, texts_size;
    size_t id_count; /* names that are ids; aliases stand behind them */
    size_t source;   /* the one whose questions come now */
};

static enum store_status broken(struct loading *loading, const char *what) {
    snprintf(loading->connection->error, CONNECTION_ERROR_MAX, "the bank is inconsistent: %s",
             what);
    return STORE_ERROR;
}

static enum store_status out_of_memory(struct loading *loading) {
    return connection_out_of_memory(loading->connection);
}

/* Room for `needed` elements in all: returns where `items` is now, or NULL, nothing lost, when
 * memory runs out. */
static void *reserve(void *items, size_t needed, size_t *capacity, size_t element_size) {
    if (needed <= *capacity) return items;
    size_t wanted = *capacity < 32 ? 64 : *capacity * 2;
    if (wanted < needed) wanted = needed;
    void *moved = reallocarray(items, wanted, element_size);
    if (moved != NULL) *capacity = wanted;
    return moved;
}

static char *column_copy(sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text == NULL ? NULL : strdup(text);
}

static enum store_status append_source(struct loading *loading, sqlite3_stmt *row) {
    struct catalog *catalog = loading->catalog;
    struct catalog_source *sources = reserve(catalog->sources, catalog->source_count + 1,
                                             &loading->source_capacity, sizeof(*sources));
    if (sources == NULL) return out_of_memory(loading);
    catalog->sources = sources;
    struct catalog_source *source = &sources[catalog->source_count++];
    *source = (struct catalog_source){.key = sqlite3_column_int64(row, 0),
                                      .path = column_copy(row, 1),
                                      .title = column_copy(row, 2)};
    return source->path == NULL || source->title == NULL ? out_of_memory(loading) : STORE_OK;
}

/* Appends to the texts; returns the offset, or SIZE_MAX. Offsets are 32 bits wide. */
static size_t append_text(struct loading *loading, const char *text) {
    size_t offset = loading->texts_size, size = strlen(text) + 1;
    if (offset + size > UINT32_MAX) return SIZE_MAX;
    char *texts = reserve(loading->catalog->texts, offset + size, &loading->texts_capacity, 1);
    if (texts == NULL) return SIZE_MAX;
    loading->catalog->texts = texts;
    memcpy(texts + offset, text, size);
    loading->texts_size += size;
    return offset;
}

static enum store_status append_name(struct loading *loading, const char *text, uint32_t position) {
    struct catalog *catalog = loading->catalog;
    size_t offset = text == NULL ? SIZE_MAX : append_text(loading, text);
    struct catalog_name *names =
        reserve(catalog->names, catalog->name_count + 1, &loading->name_capacity, sizeof(*names));
    if (names != NULL) catalog->names = names;
    if (offset == SIZE_MAX || names == NULL) return out_of_memory(loading);
    names[catalog->name_count++] =
        (struct catalog_name){.text = (uint32_t)offset, .position = position};
    return STORE_OK;
}

/* Adds a question to the sets and counts of everything that it is directly part of. */
static void classify(struct catalog *catalog, const struct catalog_question *question,
                     uint32_t position, int difficulty, bool has_answer) {
    struct catalog_source *source = &catalog->sources[question->source];
    if (source->count++ == 0) source->first = position;
    source->counts.by_difficulty[difficulty]++;
    catalog->counts.by_difficulty[difficulty]++;
    catalog->section_counts[question->section].by_difficulty[difficulty]++;
    roaring_bitmap_add(catalog->by_difficulty[difficulty], position);
    roaring_bitmap_add(catalog->by_section[question->section], position);
    if (has_answer) roaring_bitmap_add(catalog->with_answer, position);
}

static enum store_status append_question(struct loading *loading, sqlite3_stmt *row) {
    struct catalog *catalog = loading->catalog;
    size_t section;
    int difficulty = sqlite3_column_int(row, 2);
    while (loading->source < catalog->source_count &&
           catalog->sources[loading->source].key != sqlite3_column_int64(row, 4))
        loading->source++;
    if (loading->source == catalog->source_count) return broken(loading, "sources out of order");
    if (!section_table_find(&catalog->sections, sqlite3_column_int64(row, 3), &section))
        return broken(loading, "a question without a section");
    if (difficulty < 0 || difficulty >= DIFFICULTY_COUNT)
        return broken(loading, "a question of no known difficulty");
    struct catalog_question *questions = reserve(catalog->questions, (size_t)catalog->count + 1,
                                                 &loading->question_capacity, sizeof(*questions));
    if (questions == NULL) return out_of_memory(loading);
    catalog->questions = questions;
    struct catalog_question *question = &questions[catalog->count];
    *question = (struct catalog_question){.key = (uint32_t)sqlite3_column_int64(row, 0),
                                          .id = (uint32_t)loading->texts_size, /* appended below */
                                          .section = (uint32_t)section,
                                          .source = (uint32_t)loading->source};
    classify(catalog, question, catalog->count, difficulty, sqlite3_column_int(row, 5) > 0);
    return append_name(loading, (const char *)sqlite3_column_text(row, 1), catalog->count++);
}

static enum store_status append_alias(struct loading *loading, sqlite3_stmt *row) {
    uint32_t position;
    const char *id = (const char *)sqlite3_column_text(row, 1);
    if (id == NULL || !catalog_find_among(loading->catalog, loading->id_count, id, &position))
        return broken(loading, "an alias that leads nowhere");
    return append_name(loading, (const char *)sqlite3_column_text(row, 0), position);
}

static enum store_status load_rows(struct loading *loading, enum statement statement,
                                   enum store_status (*append)(struct loading *, sqlite3_stmt *)) {
    QUERY query = connection_query(loading->connection, statement, NO_VALUES);
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW) {
        enum store_status status = append(loading, query);
        if (status != STORE_OK) return status;
    }
    return connection_finish(loading->connection, statement, code);
}

static roaring_bitmap_t **create_sets(size_t count) {
    roaring_bitmap_t **sets = calloc(count + 1, sizeof(roaring_bitmap_t *));
    for (size_t i = 0; sets != NULL && i < count; i++) {
        sets[i] = roaring_bitmap_create();
        if (sets[i] != NULL) continue;
        while (i > 0) roaring_bitmap_free(sets[--i]);
        free(sets);
        return NULL;
    }
    return sets;
}

static enum store_status prepare_sets(struct loading *loading) {
    struct catalog *catalog = loading->catalog;
    catalog->by_section = create_sets(catalog->sections.count);
    catalog->section_counts = calloc(catalog->sections.count + 1, sizeof(*catalog->section_counts));
    catalog->with_answer = roaring_bitmap_create();
    bool complete = catalog->by_section != NULL && catalog->section_counts != NULL &&
                    catalog->with_answer != NULL;
    for (size_t i = 0; i < DIFFICULTY_COUNT; i++) {
        catalog->by_difficulty[i] = roaring_bitmap_create();
        complete = complete && catalog->by_difficulty[i] != NULL;
    }
    return complete ? STORE_OK : out_of_memory(loading);
}

static int compare_names(const void *a, const void *b, void *texts) {
    const struct catalog_name *left = a, *right = b;
    return strcmp((const char *)texts + left->text, (const char *)texts + right->text);
}

static void sort_names(struct catalog *catalog) {
    if (catalog->name_count > 1)
        qsort_r(catalog->names, catalog->name_count, sizeof(*catalog->names), compare_names,
                catalog->texts);
}

/* Children stand behind their parents, so going backwards everything is complete when it is added
 * to what encloses it. */
static void include_descendants(struct catalog *catalog) {
    for (size_t i = catalog->sections.count; i-- > 0;) {
        int parent = catalog->sections.items[i].parent;
        if (parent == SECTION_NONE) continue;
        roaring_bitmap_or_inplace(catalog->by_section[parent], catalog->by_section[i]);
        for (size_t d = 0; d < DIFFICULTY_COUNT; d++)
            catalog->section_counts[parent].by_difficulty[d] +=
                catalog->section_counts[i].by_difficulty[d];
    }
}

/* Neighbouring positions are stored as runs: a section is a few bytes however large it is. */
static void compress(struct catalog *catalog) {
    roaring_bitmap_run_optimize(catalog->with_answer);
    for (size_t i = 0; i < DIFFICULTY_COUNT; i++)
        roaring_bitmap_run_optimize(catalog->by_difficulty[i]);
    for (size_t i = 0; i < catalog->sections.count; i++) {
        roaring_bitmap_run_optimize(catalog->by_section[i]);
        roaring_bitmap_shrink_to_fit(catalog->by_section[i]);
    }
}

static roaring_bitmap_t *create_range(uint32_t first, uint32_t count) {
    roaring_bitmap_t *range = roaring_bitmap_create();
    if (range != NULL && count > 0) roaring_bitmap_add_range(range, first, (uint64_t)first + count);
    return range;
}

static enum store_status add_ranges(struct loading *loading) {
    struct catalog *catalog = loading->catalog;
    catalog->all = create_range(0, catalog->count);
    catalog->by_source = calloc(catalog->source_count + 1, sizeof(roaring_bitmap_t *));
    if (catalog->all == NULL || catalog->by_source == NULL) return out_of_memory(loading);
    for (size_t i = 0; i < catalog->source_count; i++) {
        const struct catalog_source *source = &catalog->sources[i];
        catalog->by_source[i] = create_range(source->first, source->count);
        if (catalog->by_source[i] == NULL) return out_of_memory(loading);
    }
    return STORE_OK;
}

static int compare_index(const void *a, const void *b) {
    const struct catalog_index *left = a, *right = b;
    return strcmp(left->name, right->name);
}

static enum store_status index_lists(struct loading *loading) {
    struct catalog *catalog = loading->catalog;
    size_t sections = catalog->sections.count, sources = catalog->source_count;
    catalog->sections_by_id = calloc(sections + 1, sizeof(*catalog->sections_by_id));
    catalog->sources_by_path = calloc(sources + 1, sizeof(*catalog->sources_by_path));
    if (catalog->sections_by_id == NULL || catalog->sources_by_path == NULL)
        return out_of_memory(loading);
    for (uint32_t i = 0; i < sections; i++)
        catalog->sections_by_id[i] = (struct catalog_index){catalog->sections.items[i].id, i};
    for (uint32_t i = 0; i < sources; i++)
        catalog->sources_by_path[i] = (struct catalog_index){catalog->sources[i].path, i};
    qsort(catalog->sections_by_id, sections, sizeof(struct catalog_index), compare_index);
    qsort(catalog->sources_by_path, sources, sizeof(struct catalog_index), compare_index);
    return STORE_OK;
}

/* The ids are in order before the aliases come: these look up where they lead to. */
static enum store_status load_names(struct loading *loading) {
    sort_names(loading->catalog);
    loading->id_count = loading->catalog->name_count;
    enum store_status status = load_rows(loading, STATEMENT_ALIASES, append_alias);
    if (status == STORE_OK) sort_names(loading->catalog);
    return status;
}

static enum store_status load(struct loading *loading) {
    struct catalog *catalog = loading->catalog;
    enum store_status status = store_read_version(loading->connection, &catalog->version);
    if (status == STORE_OK) status = section_table_load(loading->connection, &catalog->sections);
    if (status == STORE_OK) status = prepare_sets(loading);
    if (status == STORE_OK) status = load_rows(loading, STATEMENT_SOURCES_IN_ORDER, append_source);
    if (status == STORE_OK)
        status = load_rows(loading, STATEMENT_QUESTIONS_IN_ORDER, append_question);
    if (status == STORE_OK) status = load_names(loading);
    if (status == STORE_OK) status = index_lists(loading);
    if (status == STORE_OK) status = add_ranges(loading);
    if (status != STORE_OK) return status;
    include_descendants(catalog);
    compress(catalog);
    catalog->revision_bits = strtoull(catalog->version.revision, NULL, 16);
    return STORE_OK;
}

enum store_status catalog_load(struct connection *connection, struct catalog **ret_catalog) {
    struct loading loading = {.connection = connection,
                              .catalog = calloc(1, sizeof(struct catalog))};
    if (loading.catalog == NULL) return connection_out_of_memory(connection);
    atomic_init(&loading.catalog->references, 1);
    enum store_status status = connection_run(connection, STATEMENT_BEGIN, NO_VALUES);
    if (status == STORE_OK) {
        status = load(&loading);
        connection_run(connection, STATEMENT_ROLLBACK, NO_VALUES);
    }
    if (status == STORE_OK)
        *ret_catalog = loading.catalog;
    else
        catalog_unref(loading.catalog);
    return status;
}
