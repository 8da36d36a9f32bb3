/* A source whose bytes are those of the last time gives the rows of the last time, unless what
 * stands before it has changed and with it the ids that are free:
 *   - a question or a section of it was taken over by another source of this run, or
 *   - a section of it has a number in its id, and the sections of the same title that it was
 *     numbered after may be gone.
 * Questions are not numbered here: a source that repeats one of another has a warning, and no
 * fingerprint is kept of sources that there is something to say of. */
#include <stdlib.h>
#include <string.h>

#include "content/wording.h"
#include "db/import_internal.h"

static bool is_known(const struct import_source_row *row, const struct fingerprint *fingerprint) {
    return row->key != 0 && !fingerprint_is_none(fingerprint) &&
           memcmp(&row->fingerprint, fingerprint, sizeof(*fingerprint)) == 0;
}

static bool has_own_id(const char *id, const char *title) {
    char *slug = wording_slug(title);
    bool same = strcmp(slug, id) == 0;
    free(slug);
    return same;
}

static enum store_status check_section_ids(struct import *import, int64_t source, bool *ret_own) {
    QUERY query = connection_query(import->connection, STATEMENT_SECTIONS_OF_SOURCE,
                                   VALUES(value_integer(source)));
    if (query == NULL) return STORE_ERROR;
    *ret_own = true;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW && *ret_own) {
        const char *id = (const char *)sqlite3_column_text(query, 1);
        const char *title = (const char *)sqlite3_column_text(query, 2);
        *ret_own = id != NULL && title != NULL && has_own_id(id, title);
    }
    return code == SQLITE_ROW
               ? STORE_OK
               : connection_finish(import->connection, STATEMENT_SECTIONS_OF_SOURCE, code);
}

/* The sources before this one are those of the last time, and gave what they gave then. One that
 * was read may have lost a section, which is written at the end only. With `add` they may come in
 * another order than they stand in the bank. */
static bool is_bank_same_so_far(const struct import *import, const struct import_source_row *row) {
    return !import->options.add && !import->has_read && import->writes == 0 &&
           row->position == import->next_position;
}

static enum store_status can_keep(struct import *import, const struct import_source_row *row,
                                  const struct fingerprint *fingerprint, bool *ret_can) {
    *ret_can = is_known(row, fingerprint) &&
               !roaring_bitmap_contains(import->sources_given, (uint32_t)row->key) &&
               !roaring_bitmap_contains(import->sources_robbed, (uint32_t)row->key);
    if (!*ret_can || is_bank_same_so_far(import, row)) return STORE_OK;
    return check_section_ids(import, row->key, ret_can);
}

static enum store_status give_sections(struct import *import, int64_t source) {
    QUERY query = connection_query(import->connection, STATEMENT_SECTIONS_OF_SOURCE,
                                   VALUES(value_integer(source)));
    if (query == NULL) return STORE_ERROR;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW)
        roaring_bitmap_add(import->sections_given, (uint32_t)sqlite3_column_int64(query, 0));
    return connection_finish(import->connection, STATEMENT_SECTIONS_OF_SOURCE, code);
}

static enum store_status give_questions(struct import *import, int64_t source,
                                        struct difficulty_counts *ret_counts) {
    QUERY query = connection_query(import->connection, STATEMENT_QUESTIONS_OF_SOURCE,
                                   VALUES(value_integer(source)));
    if (query == NULL) return STORE_ERROR;
    *ret_counts = (struct difficulty_counts){0};
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW) {
        roaring_bitmap_add(import->questions_given, (uint32_t)sqlite3_column_int64(query, 0));
        ret_counts->by_difficulty[sqlite3_column_int(query, 1)]++;
    }
    return connection_finish(import->connection, STATEMENT_QUESTIONS_OF_SOURCE, code);
}

static void count(struct import_summary *summary, const struct difficulty_counts *counts) {
    summary->sources++;
    summary->unchanged += difficulty_counts_total(counts);
    for (int i = 0; i < DIFFICULTY_COUNT; i++)
        summary->counts.by_difficulty[i] += counts->by_difficulty[i];
}

enum store_status import_knows(struct import *import, const char *path,
                               const struct fingerprint *fingerprint, bool *ret_known) {
    struct import_source_row row;
    enum store_status status = import_find_source(import, path, "", &row);
    if (status == STORE_OK) *ret_known = is_known(&row, fingerprint);
    return status;
}

enum store_status import_keep(struct import *import, const char *path,
                              const struct fingerprint *fingerprint,
                              struct difficulty_counts *ret_counts, bool *ret_kept) {
    struct import_source_row row;
    int64_t key;
    enum store_status status = import_find_source(import, path, "", &row);
    if (status == STORE_OK) status = can_keep(import, &row, fingerprint, ret_kept);
    if (status != STORE_OK || !*ret_kept) return status;
    row.same_title = true;
    status = import_write_source(import, path, NULL, &row, &key);
    if (status == STORE_OK) status = give_sections(import, key);
    if (status == STORE_OK) status = give_questions(import, key, ret_counts);
    if (status == STORE_OK)
        count(&import->summary, ret_counts);
    else
        import->failed = true;
    return status;
}

enum store_status import_forget_numbered(struct import *import) {
    if (!import->options.add || import->writes == 0) return STORE_OK;
    return connection_run(import->connection, STATEMENT_SOURCES_FORGET_NUMBERED, NO_VALUES);
}
