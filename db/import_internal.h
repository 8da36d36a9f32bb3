/* An import under way: what its parts share. Internal to db/. */
#ifndef QBANK_DB_IMPORT_INTERNAL_H
#define QBANK_DB_IMPORT_INTERNAL_H

#include <roaring/roaring.h>

#include "db/connection.h"
#include "db/import.h"
#include "db/store_internal.h"

/* Sets of row keys: a few bits for each question, whatever the size of the bank. */
struct import {
    struct store *store;
    struct connection *connection;
    struct import_options options;
    struct import_summary summary;
    struct bank_version before; /* revision "" and serial 0: nothing was imported yet */
    int64_t now;                /* seconds since the epoch */
    int64_t next_position;      /* of a source that is new */
    size_t writes;              /* rows written so far: none, and the bank stays what it is */
    bool has_read;              /* a source was read, not kept: it may have lost something */
    bool failed;                /* can only be aborted */
    roaring_bitmap_t *sources_given, *sources_expected;
    roaring_bitmap_t *sources_robbed; /* another one took over a row of theirs */
    roaring_bitmap_t *sections_given;
    roaring_bitmap_t *questions_given, *questions_new;
    roaring_bitmap_t *questions_unindexed; /* out of the full-text index for now: search_index.h */
};

/* Runs a statement that writes rows of the bank, and counts them. */
enum store_status import_write(struct import *import, enum statement statement, size_t count,
                               const struct value *values);

/* The serial that the bank will have if this import writes anything. */
static inline int64_t import_serial(const struct import *import) {
    return import->before.serial + 1;
}

/* Whether a row is out of reach for what is being imported: it was given in this run already, or
 * stands in a source that this run keeps. */
bool import_is_taken(const struct import *import, const roaring_bitmap_t *given, int64_t key,
                     int64_t source);

/* Notes that a row of the source `old` now belongs to `new`. */
void import_note_move(struct import *import, int64_t old, int64_t new);

struct import_source_row {
    int64_t key; /* 0: not there */
    int64_t position;
    bool same_title;
    struct fingerprint fingerprint; /* none: it is to be read anew */
};
enum store_status import_find_source(struct import *import, const char *path, const char *title,
                                     struct import_source_row *ret_row);

/* Gives the source its place in this run; `title` NULL keeps the old one. */
enum store_status import_write_source(struct import *import, const char *path, const char *title,
                                      const struct import_source_row *old, int64_t *ret_key);

/* The number of the next attempt to find a free name, from 1. Counting goes on where it stopped for
 * this name, so that a title that a thousand files share does not cost a thousand tries each. */
enum import_name { IMPORT_NAME_SECTION, IMPORT_NAME_QUESTION };
enum store_status import_next_attempt(struct import *import, enum import_name kind,
                                      const char *name, unsigned *ret_attempt);

/* ---- import_sections.c ---- */

struct import_section {
    int64_t key;
    bool retitled; /* the full-text rows of its questions name the old title */
};

/* Writes the sections of a document; *ret_sections is an owned array beside them. */
enum store_status import_sections(struct import *import, int64_t source,
                                  const struct document *document,
                                  struct import_section **ret_sections);

/* ---- import_questions.c ---- */

/* Gives every question of the document its id, and writes it. */
enum store_status import_questions(struct import *import, int64_t source, struct document *document,
                                   const struct import_section *sections);

/* ---- import_keep.c ---- */

/* After a run that added to the bank the numbers in the ids of sections may differ from those that
 * an import of all sources gives: it must read them anew. */
enum store_status import_forget_numbered(struct import *import);

/* ---- import_remove.c ---- */

/* Removes what this run did not give, and files the ids under gone or aliases. */
enum store_status import_remove_vanished(struct import *import);

/* Takes a question and everything that hangs on it out of the bank; its aliases must be gone. */
enum store_status import_delete_question(struct import *import, int64_t key);

/* ---- import_packs.c ---- */

/* Packs the questions that are in no pack: new ones, changed ones and those of an old database.
 * Counts as a write, for readers to move on to the packs; the revision does not know of them. */
enum store_status import_packs(struct import *import);

/* ---- import_rename.c ---- */

/* Recognises vanished questions in new ones whose words were edited: makes their ids aliases,
 * deletes them and takes them out of `vanished`. */
enum store_status import_recognise_renamed(struct import *import, roaring_bitmap_t *vanished);

#endif
