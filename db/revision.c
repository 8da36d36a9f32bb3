#include "db/revision.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_STATIC_LINKING_ONLY /* the state may live on the stack */
#include <xxhash.h>

#include "db/section_table.h"

/* With its NUL, so that neighbouring texts cannot flow into each other. */
static void hash_text(XXH3_state_t *state, const char *text) {
    XXH3_64bits_update(state, text, strlen(text) + 1);
}

/* Byte order must not matter. */
static void hash_integer(XXH3_state_t *state, uint64_t integer) {
    XXH64_canonical_t bytes;
    XXH64_canonicalFromHash(&bytes, integer);
    XXH3_64bits_update(state, &bytes, sizeof(bytes));
}

/* The path of a section is the path of its parent and itself. */
static uint64_t hash_section(const struct section *section, const uint64_t *hashes) {
    XXH3_state_t state;
    XXH3_INITSTATE(&state);
    XXH3_64bits_reset(&state);
    if (section->parent != SECTION_NONE) hash_integer(&state, hashes[section->parent]);
    hash_text(&state, section->id);
    hash_text(&state, section->title);
    hash_integer(&state, section->level);
    return XXH3_64bits_digest(&state);
}

static bool hash_question(XXH3_state_t *state, sqlite3_stmt *row,
                          const struct section_table *sections, const uint64_t *section_hashes) {
    size_t section;
    const char *id = (const char *)sqlite3_column_text(row, 1);
    if (id == NULL || !section_table_find(sections, sqlite3_column_int64(row, 3), &section))
        return false;
    hash_text(state, id);
    hash_integer(state, section_hashes[section]);
    XXH3_64bits_update(state, sqlite3_column_blob(row, 6), (size_t)sqlite3_column_bytes(row, 6));
    return true;
}

static enum store_status hash_questions(struct connection *connection, XXH3_state_t *state,
                                        const struct section_table *sections,
                                        const uint64_t *section_hashes) {
    QUERY query = connection_query(connection, STATEMENT_QUESTIONS_IN_ORDER, NO_VALUES);
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW)
        if (!hash_question(state, query, sections, section_hashes)) {
            snprintf(connection->error, CONNECTION_ERROR_MAX, "a question without a section");
            return STORE_ERROR;
        }
    return connection_finish(connection, STATEMENT_QUESTIONS_IN_ORDER, code);
}

enum store_status revision_compute(struct connection *connection,
                                   char ret_revision[REVISION_LENGTH + 1]) {
    struct section_table sections;
    enum store_status status = section_table_load(connection, &sections);
    if (status != STORE_OK) return status;
    XXH3_state_t state;
    XXH3_INITSTATE(&state);
    XXH3_64bits_reset(&state);
    uint64_t *hashes = calloc(sections.count + 1, sizeof(*hashes));
    if (hashes == NULL) {
        status = connection_out_of_memory(connection);
    } else {
        for (size_t i = 0; i < sections.count; i++)
            hashes[i] = hash_section(&sections.items[i], hashes);
        status = hash_questions(connection, &state, &sections, hashes);
    }
    if (status == STORE_OK)
        snprintf(ret_revision, REVISION_LENGTH + 1, "%016" PRIx64, XXH3_64bits_digest(&state));
    free(hashes);
    section_table_free(&sections);
    return status;
}
