#include "db/import_internal.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "db/search_index.h"

/* A section as it is in the bank, or shall be. */
struct row {
    int64_t key; /* 0: not there */
    int64_t source, level, parent, ordinal;
    bool same_title;
};

static enum store_status find(struct import *import, const char *id, const char *title,
                              struct row *ret_row) {
    QUERY query =
        connection_query(import->connection, STATEMENT_SECTION_BY_ID, VALUES(value_text(id)));
    if (query == NULL) return STORE_ERROR;
    *ret_row = (struct row){0};
    int code = sqlite3_step(query);
    if (code != SQLITE_ROW)
        return connection_finish(import->connection, STATEMENT_SECTION_BY_ID, code);
    const char *old_title = (const char *)sqlite3_column_text(query, 2);
    *ret_row = (struct row){.key = sqlite3_column_int64(query, 0),
                            .source = sqlite3_column_int64(query, 1),
                            .level = sqlite3_column_int64(query, 3),
                            .parent = sqlite3_column_int64(query, 4),
                            .ordinal = sqlite3_column_int64(query, 5),
                            .same_title = old_title != NULL && strcmp(old_title, title) == 0};
    return STORE_OK;
}

/* Finds a free id: the slug, else slug-2, slug-3, … *ret_row is what stands there now. */
static enum store_status choose_id(struct import *import, const struct section *section,
                                   char **ret_id, struct row *ret_row) {
    char *id = memory_copy(section->id, strlen(section->id));
    enum store_status status = find(import, id, section->title, ret_row);
    while (status == STORE_OK && ret_row->key != 0 &&
           import_is_taken(import, import->sections_given, ret_row->key, ret_row->source)) {
        unsigned attempt = 0;
        status = import_next_attempt(import, IMPORT_NAME_SECTION, section->id, &attempt);
        if (status != STORE_OK) break;
        free(id);
        id = memory_format("%s-%u", section->id, attempt + 1);
        status = find(import, id, section->title, ret_row);
    }
    if (status == STORE_OK)
        *ret_id = id;
    else
        free(id);
    return status;
}

static bool is_same(const struct row *old, const struct row *new) {
    return old->same_title && old->source == new->source && old->level == new->level &&
           old->parent == new->parent && old->ordinal == new->ordinal;
}

static enum store_status write_section(struct import *import, const struct section *section,
                                       const struct row *new, struct import_section *ret_placed) {
    char *id = NULL;
    struct row old;
    enum store_status status = choose_id(import, section, &id, &old);
    if (status != STORE_OK) return status;
    bool retitled = old.key != 0 && !old.same_title;
    if (retitled) status = search_index_remove_section(import, old.key);
    if (status == STORE_OK && (old.key == 0 || !is_same(&old, new)))
        status = import_write(
            import, old.key == 0 ? STATEMENT_SECTION_INSERT : STATEMENT_SECTION_UPDATE,
            VALUES(value_text(id), value_text(section->title), value_integer(new->level),
                   new->parent == 0 ? value_null() : value_integer(new->parent),
                   value_integer(new->source), value_integer(new->ordinal)));
    free(id);
    if (status != STORE_OK) return status;
    int64_t key = old.key != 0 ? old.key : sqlite3_last_insert_rowid(import->connection->handle);
    roaring_bitmap_add(import->sections_given, (uint32_t)key);
    if (old.key != 0) import_note_move(import, old.source, new->source);
    *ret_placed = (struct import_section){.key = key, .retitled = retitled};
    return STORE_OK;
}

enum store_status import_sections(struct import *import, int64_t source,
                                  const struct document *document,
                                  struct import_section **ret_sections) {
    struct import_section *placed = memory_alloc((document->section_count + 1) * sizeof(*placed));
    for (size_t i = 0; i < document->section_count; i++) {
        const struct section *section = &document->sections[i];
        struct row new = {.source = source,
                          .level = section->level,
                          .parent =
                              section->parent == SECTION_NONE ? 0 : placed[section->parent].key,
                          .ordinal = (int64_t)i};
        enum store_status status = write_section(import, section, &new, &placed[i]);
        if (status == STORE_OK) continue;
        free(placed);
        return status;
    }
    *ret_sections = placed;
    return STORE_OK;
}
