/* Builds a catalog from the database: sources and sections, then the questions in bank order, then
 * the aliases, then what follows from them. */
#include "db/catalog_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/array.h"

/* A catalog that is being built: room in its arrays, and where the questions are being read. */
struct loading {
    struct connection *connection;
    struct catalog *catalog;
    size_t source_capacity, run_capacity;
    uint32_t expected; /* questions that there is room for */
    uint8_t *classes;  /* of each question: its difficulty, and whether it has an answer */
    size_t source;     /* the one whose questions come now */
    bool keys_ascend;
};

enum { CLASS_ANSWERED = 1, CLASS_DIFFICULTY = 1 /* the bit that it begins at */ };

static enum store_status broken(struct loading *loading, const char *what) {
    snprintf(loading->connection->error, CONNECTION_ERROR_MAX, "the bank is inconsistent: %s",
             what);
    return STORE_ERROR;
}

static enum store_status out_of_memory(struct loading *loading) {
    return connection_out_of_memory(loading->connection);
}

static enum store_status done_or_out_of_memory(struct loading *loading, bool done) {
    return done ? STORE_OK : out_of_memory(loading);
}

static char *column_copy(sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text == NULL ? NULL : strdup(text);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static enum store_status append_source(struct loading *loading, sqlite3_stmt *row) {
    struct catalog *catalog = loading->catalog;
    struct catalog_source *sources = array_reserve(catalog->sources, catalog->source_count + 1,
                                                   &loading->source_capacity, sizeof(*sources));
    if (sources == NULL) return out_of_memory(loading);
    catalog->sources = sources;
    struct catalog_source *source = &sources[catalog->source_count++];
    *source = (struct catalog_source){.key = sqlite3_column_int64(row, 0),
                                      .path = column_copy(row, 1),
                                      .title = column_copy(row, 2)};
    return done_or_out_of_memory(loading, source->path != NULL && source->title != NULL);
}

/* Makes the range that ends at `position` one longer, or begins a new one. */
static bool ranges_append(struct catalog_ranges *ranges, uint32_t position) {
    size_t count = ranges->count;
    if (count > 0 && ranges->items[count - 1].end == position) {
        ranges->items[count - 1].end++;
        return true;
    }
    if ((count & (count - 1)) == 0) { /* full: there is room for a power of two */
        struct catalog_range *moved =
            reallocarray(ranges->items, count == 0 ? 1 : count * 2, sizeof(*moved));
        if (moved == NULL) return false;
        ranges->items = moved;
    }
    ranges->items[ranges->count++] = (struct catalog_range){position, position + 1};
    return true;
}

/* Adds a question to everything that it is part of. */
static bool classify(struct catalog *catalog, const struct catalog_run *place, uint32_t position,
                     int difficulty) {
    struct catalog_source *source = &catalog->sources[place->source];
    if (source->range.end == 0) source->range.first = position;
    source->range.end = position + 1;
    source->counts.by_difficulty[difficulty]++;
    catalog->counts.by_difficulty[difficulty]++;
    for (int i = (int)place->section; i != SECTION_NONE; i = catalog->sections.items[i].parent) {
        catalog->section_counts[i].by_difficulty[difficulty]++;
        if (!ranges_append(&catalog->section_ranges[i], position)) return false;
    }
    return true;
}

static bool add_to_run(struct loading *loading, const struct catalog_run *place) {
    struct catalog *catalog = loading->catalog;
    size_t count = catalog->run_count;
    const struct catalog_run *last = count > 0 ? &catalog->runs[count - 1] : NULL;
    if (last != NULL && last->section == place->section && last->source == place->source)
        return true;
    struct catalog_run *runs =
        array_reserve(catalog->runs, count + 1, &loading->run_capacity, sizeof(*runs));
    if (runs == NULL) return false;
    catalog->runs = runs;
    runs[catalog->run_count++] = *place;
    return true;
}

static bool add_question(struct loading *loading, struct catalog_run place, uint32_t key,
                         const char *id, int difficulty, bool answered) {
    struct catalog *catalog = loading->catalog;
    if (id == NULL) return false;
    uint32_t position = catalog->count++;
    if (position > 0 && catalog->keys[position - 1] > key) loading->keys_ascend = false;
    catalog->keys[position] = key;
    loading->classes[position] =
        (uint8_t)(difficulty << CLASS_DIFFICULTY | (answered ? CLASS_ANSWERED : 0));
    return name_index_add(&catalog->names, id) && add_to_run(loading, &place) &&
           classify(catalog, &place, position, difficulty);
}

static uint8_t read_length(int64_t bytes) {
    int64_t units = bytes / CATALOG_LENGTH_UNIT;
    return units < UINT8_MAX ? (uint8_t)units : UINT8_MAX;
}

static enum store_status append_question(struct loading *loading, sqlite3_stmt *row) {
    struct catalog *catalog = loading->catalog;
    size_t section;
    int difficulty = sqlite3_column_int(row, 2);
    if (catalog->count == loading->expected) return broken(loading, "more questions than counted");
    while (loading->source < catalog->source_count &&
           catalog->sources[loading->source].key != sqlite3_column_int64(row, 4))
        loading->source++;
    if (loading->source == catalog->source_count) return broken(loading, "sources out of order");
    if (!section_table_find(&catalog->sections, sqlite3_column_int64(row, 3), &section))
        return broken(loading, "a question without a section");
    if (difficulty < 0 || difficulty >= DIFFICULTY_COUNT)
        return broken(loading, "a question of no known difficulty");
    catalog->lengths[catalog->count] = read_length(sqlite3_column_int64(row, 7));
    struct catalog_run place = {
        .section = (uint32_t)section, .source = (uint32_t)loading->source, .first = catalog->count};
    return done_or_out_of_memory(loading, add_question(loading, place,
                                                       (uint32_t)sqlite3_column_int64(row, 0),
                                                       (const char *)sqlite3_column_text(row, 1),
                                                       difficulty, sqlite3_column_int(row, 5) > 0));
}

static enum store_status append_alias(struct loading *loading, sqlite3_stmt *row) {
    struct catalog *catalog = loading->catalog;
    const char *alias = (const char *)sqlite3_column_text(row, 0);
    const char *id = (const char *)sqlite3_column_text(row, 1);
    uint32_t position;
    if (alias == NULL || id == NULL || !catalog_find(catalog, id, &position))
        return broken(loading, "an alias that leads nowhere");
    return done_or_out_of_memory(loading, name_index_add_alias(&catalog->names, alias, position));
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

/* ---- what follows from them ------------------------------------------------------------------ */

/* Exact room: arrays that grow to this size would leave holes as large behind. */
static enum store_status prepare_questions(struct loading *loading) {
    int64_t count = 0;
    enum store_status status =
        connection_integer(loading->connection, STATEMENT_QUESTION_COUNT, &count, NO_VALUES);
    if (status != STORE_OK) return status;
    loading->expected = (uint32_t)count;
    loading->classes = calloc((size_t)count + 1, sizeof(*loading->classes));
    struct catalog *catalog = loading->catalog;
    catalog->keys = calloc((size_t)count + 1, sizeof(*catalog->keys));
    catalog->lengths = calloc((size_t)count + 1, sizeof(*catalog->lengths));
    return done_or_out_of_memory(loading, loading->classes != NULL && catalog->keys != NULL &&
                                              catalog->lengths != NULL &&
                                              name_index_reserve(&catalog->names, (size_t)count));
}

static enum store_status prepare_sections(struct loading *loading) {
    struct catalog *catalog = loading->catalog;
    size_t count = catalog->sections.count;
    catalog->section_ranges = calloc(count + 1, sizeof(*catalog->section_ranges));
    catalog->section_counts = calloc(count + 1, sizeof(*catalog->section_counts));
    return done_or_out_of_memory(loading, catalog->section_ranges != NULL &&
                                              catalog->section_counts != NULL);
}

/* Every question goes into the one set that has none but those of its kind. */
static void fill_kinds(struct loading *loading) {
    struct catalog *catalog = loading->catalog;
    for (uint32_t i = 0; i < catalog->count; i++) {
        bool answered = loading->classes[i] & CLASS_ANSWERED;
        unsigned mask = 1u << (loading->classes[i] >> CLASS_DIFFICULTY);
        position_set_add(&catalog->sets[mask][answered ? ANSWER_AVAILABLE : ANSWER_MISSING], i);
    }
}

/* The others have several kinds each. */
static void unite_kinds(struct catalog *catalog, unsigned mask, enum answer_filter answer) {
    struct position_set *set = &catalog->sets[mask][answer];
    for (unsigned kind = 1; kind < CATALOG_DIFFICULTY_MASKS; kind *= 2) {
        if (!(mask & kind)) continue;
        if (answer != ANSWER_MISSING)
            position_set_unite(set, &catalog->sets[kind][ANSWER_AVAILABLE]);
        if (answer != ANSWER_AVAILABLE)
            position_set_unite(set, &catalog->sets[kind][ANSWER_MISSING]);
    }
}

static enum store_status fill_sets(struct loading *loading) {
    struct catalog *catalog = loading->catalog;
    for (unsigned mask = 1; mask < CATALOG_DIFFICULTY_MASKS; mask++)
        for (unsigned answer = 0; answer < ANSWER_FILTER_COUNT; answer++)
            if (!position_set_init(&catalog->sets[mask][answer], catalog->count))
                return out_of_memory(loading);
    fill_kinds(loading);
    for (unsigned mask = 1; mask < CATALOG_DIFFICULTY_MASKS; mask++) {
        for (unsigned answer = 0; answer < ANSWER_FILTER_COUNT; answer++) {
            unite_kinds(catalog, mask, (enum answer_filter)answer);
            position_set_seal(&catalog->sets[mask][answer]);
        }
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

static int compare_keys(const void *a, const void *b, void *keys) {
    const uint32_t *all = keys;
    uint32_t left = all[*(const uint32_t *)a], right = all[*(const uint32_t *)b];
    return (left > right) - (left < right);
}

/* A first import gives keys in bank order; later ones do not. */
static enum store_status index_keys(struct loading *loading) {
    struct catalog *catalog = loading->catalog;
    if (loading->keys_ascend) return STORE_OK;
    catalog->by_key = calloc(catalog->count, sizeof(*catalog->by_key));
    if (catalog->by_key == NULL) return out_of_memory(loading);
    for (uint32_t i = 0; i < catalog->count; i++) catalog->by_key[i] = i;
    qsort_r(catalog->by_key, catalog->count, sizeof(*catalog->by_key), compare_keys, catalog->keys);
    return STORE_OK;
}

/* The ids are complete before the aliases come: these look up where they lead to. */
static enum store_status load_names(struct loading *loading) {
    struct name_index *names = &loading->catalog->names;
    if (!name_index_seal(names)) return out_of_memory(loading);
    enum store_status status = load_rows(loading, STATEMENT_ALIASES, append_alias);
    if (status != STORE_OK || names->count == names->id_count) return status;
    return done_or_out_of_memory(loading, name_index_seal(names));
}

static enum store_status load(struct loading *loading) {
    struct catalog *catalog = loading->catalog;
    enum store_status status = version_read(loading->connection, &catalog->version);
    if (status == STORE_OK) status = section_table_load(loading->connection, &catalog->sections);
    if (status == STORE_OK) status = prepare_sections(loading);
    if (status == STORE_OK) status = load_rows(loading, STATEMENT_SOURCES_IN_ORDER, append_source);
    if (status == STORE_OK) status = prepare_questions(loading);
    if (status == STORE_OK)
        status = load_rows(loading, STATEMENT_QUESTIONS_IN_ORDER, append_question);
    if (status == STORE_OK) status = pack_directory_load(loading->connection, &catalog->packs);
    if (status == STORE_OK) status = load_names(loading);
    if (status == STORE_OK) status = index_lists(loading);
    if (status == STORE_OK) status = index_keys(loading);
    if (status == STORE_OK) status = fill_sets(loading);
    catalog->revision_bits = strtoull(catalog->version.revision, NULL, 16);
    return status;
}

enum store_status catalog_load(struct connection *connection, struct catalog **ret_catalog) {
    struct loading loading = {.connection = connection,
                              .catalog = calloc(1, sizeof(struct catalog)),
                              .keys_ascend = true};
    if (loading.catalog == NULL) return connection_out_of_memory(connection);
    atomic_init(&loading.catalog->references, 1);
    enum store_status status = connection_run(connection, STATEMENT_BEGIN, NO_VALUES);
    if (status == STORE_OK) {
        status = load(&loading);
        connection_run(connection, STATEMENT_ROLLBACK, NO_VALUES);
    }
    free(loading.classes);
    if (status == STORE_OK)
        *ret_catalog = loading.catalog;
    else
        catalog_unref(loading.catalog);
    return status;
}
