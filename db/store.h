/* Where questions live: one SQLite file, behind domain calls. No caller sees SQL.
 *
 * A store is one connection with its prepared statements; it belongs to one thread at a time.
 * A reader (STORE_READ) sees one revision of the bank, the catalog and the text alike, until
 * store_refresh() moves it on. Strings that a call returns are owned by the structure they stand
 * in and freed by its `_free` function; `ret_` parameters are written on STORE_OK only, unless
 * said otherwise. */
#ifndef QBANK_DB_STORE_H
#define QBANK_DB_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "content/question.h"
#include "db/status.h"

struct store;
struct catalog; /* db/catalog.h: the bank's index in memory, one immutable snapshot per revision */

enum store_mode {
    STORE_WRITE, /* creates the file if it is missing (not its directory), migrates the schema */
    STORE_READ   /* the file must exist with the current schema; nothing is ever written */
};

/* A bank of the process alone, in a temporary file without a name that vanishes with the store:
 * opened with STORE_WRITE it lets an import be tried without a database. */
#define STORE_SCRATCH_PATH ""

/* Opens the database. On anything but STORE_OK, *ret_error is an owned one-line message that names
 * the file, what is wrong and what to do; free() it. */
enum store_status store_open(const char *path, enum store_mode mode, struct store **ret_store,
                             char **ret_error);
void store_close(struct store *store); /* accepts NULL */

/* Gives the store another user within the same thread, who reads what it is pinned to for as long
 * as it takes: each user calls store_close(). See store_move_on(). */
struct store *store_share(struct store *store);

/* Memory for pages of the database, unless store_set_cache() says otherwise. */
enum { STORE_CACHE_DEFAULT = 16 << 20 };

/* Bounds the memory, in bytes, in which the store keeps pages of the database, mapped ones
 * included. Before the first store_pin(). */
enum store_status store_set_cache(struct store *store, size_t bytes);

/* The last failure on this store in words, for the log; never contains text of the bank. */
const char *store_error(const struct store *store);

/* ---- revisions ------------------------------------------------------------------------------ */

/* A string of 16 lower-case hexadecimal digits: the hash over the content of every question in
 * order. */
enum { REVISION_LENGTH = 16 };

/* Loads the catalog of the newest revision from a STORE_READ or STORE_WRITE store, in a read
 * transaction of its own. The caller gets one reference: catalog_unref(). */
enum store_status store_load_catalog(struct store *store, struct catalog **ret_catalog);

/* Whether another connection has committed since the last call: a few microseconds. */
bool store_has_changed(struct store *store);

/* Whether there is another file, or none, by now where the store's path leads to: a system call.
 * Not known, and not so, where nobody can look. */
bool store_has_moved(const struct store *store);

/* Pins a STORE_READ store to `catalog`: begins a read transaction and makes sure that it is of
 * the catalog's revision. The store takes a reference of its own and drops the one it had.
 * STORE_STALE, everything as before, if the database has moved on to another revision meanwhile, or
 * is another one: try again with a newer catalog. */
enum store_status store_pin(struct store *store, struct catalog *catalog);

/* Pins *store to `catalog`, or leaves it to the others who share it and puts one of its own,
 * pinned, in its place. On anything but STORE_OK *store is as before, with the error noted on it.
 */
enum store_status store_move_on(struct store **store, struct catalog *catalog);

/* The catalog that the store is pinned to, or NULL; the store keeps its reference. */
struct catalog *store_catalog(const struct store *store);

/* The revision the store is pinned to; valid until the next store_pin(). */
const char *store_revision(const struct store *store);

/* One trivial read from the database: the store answers. */
enum store_status store_ping(struct store *store);

/* ---- reading, pinned stores only --------------------------------------------------------------
 */

enum answer_filter { ANSWER_ANY, ANSWER_AVAILABLE, ANSWER_MISSING };
enum { ANSWER_FILTER_COUNT = 3 };

/* Members of one list mean OR, the lists together AND; an empty list does not restrict.
 * A section includes the sections below it. Nothing is owned. */
struct question_filter {
    unsigned difficulties; /* bit mask, 1u << enum difficulty; 0: all */
    const char *const *sections;
    size_t section_count;
    const char *const *sources; /* source paths */
    size_t source_count;
    enum answer_filter answer;
    const struct changes *changes; /* only these (db/history.h); NULL: changed or not */
    const char *const *exclude; /* ids or their aliases; unknown ids are ignored: a client's history
                                   may hold questions that are gone */
    size_t exclude_count;
};

/* A question's position is its place in the bank, from 0; it means something in one revision only.
 * The calls that say which questions give these (db/listing.h has more of them),
 * store_questions_at() reads them. */
struct question_draw {
    size_t count;
    size_t available; /* how many the filter leaves, exclusions taken off */
};

/* Draws up to `count` distinct questions, uniformly: their positions in the order drawn;
 * ret_positions has room for `count`. The same seed string, filter and revision give the same draw.
 * STORE_UNKNOWN_SECTION, STORE_UNKNOWN_SOURCE: *ret_index is the place in the filter's list. */
enum store_status store_question_draw(struct store *store, const struct question_filter *filter,
                                      size_t count, const char *seed, uint32_t *ret_positions,
                                      struct question_draw *ret_draw, size_t *ret_index);

/* The question of the day, for each of `count` days, `day` first and then the days before: a pure
 * function of day, filter and revision. Every question that the filter leaves comes once, in random
 * order, before any comes again, and none on two days running. ret_positions has room for `count`
 * and gets none where ret_available, how many the filter leaves, is 0. `day` counts from any fixed
 * day and is not below count - 1. Errors as for store_question_page(). */
enum store_status store_question_daily(struct store *store, const struct question_filter *filter,
                                       uint64_t day, size_t count, uint32_t *ret_positions,
                                       size_t *ret_available, size_t *ret_index);

struct difficulty_counts {
    size_t by_difficulty[DIFFICULTY_COUNT];
};
size_t difficulty_counts_total(const struct difficulty_counts *counts);

struct quiz_blueprint {
    uint32_t by_difficulty[DIFFICULTY_COUNT]; /* how many of each; QUIZ_MAX in all */
    uint32_t per_section; /* the most from one section, not counting those below it; 0: any */
};
enum { QUIZ_MAX = 100 };

struct question_quiz {
    struct difficulty_counts returned;
    struct difficulty_counts available; /* how many the filter leaves, whatever the section */
};

/* Draws a quiz after the blueprint: distinct questions at random, the easy first, each difficulty
 * in random order. Where the blueprint cannot be filled there are as many as there can be, and of
 * these as many easy ones as there can be, then medium ones. The same seed string, blueprint,
 * filter and revision give the same quiz. The filter's difficulties do not count. ret_positions has
 * room for all that the blueprint asks for. Errors as for store_question_page(). */
enum store_status store_question_quiz(struct store *store, const struct question_filter *filter,
                                      const struct quiz_blueprint *blueprint, const char *seed,
                                      uint32_t *ret_positions, struct question_quiz *ret_quiz,
                                      size_t *ret_index);

/* The position of one question. STORE_MOVED: ret_moved_to is the id that is valid now.
 * STORE_GONE, STORE_NO_ROW. */
enum store_status store_question_position(struct store *store, const char *id,
                                          uint32_t *ret_position,
                                          char ret_moved_to[QUESTION_ID_MAX + 1]);

/* Is handed one question, answer withheld. Its strings are borrowed: they live until it returns. */
typedef void question_take(void *context, uint32_t position, const struct question *question);

/* Reads the questions at these positions and hands them to `take`, in this order. Neighbours that
 * stand in a row are read in one go. On anything but STORE_OK some may have been handed over. */
enum store_status store_questions_at(struct store *store, const uint32_t *positions, size_t count,
                                     question_take *take, void *context);

/* The answer of one question, Markdown, owned by the caller; NULL where the question has none.
 * These two are the only calls that read answer text. Status as for store_question_position(). */
enum store_status store_answer(struct store *store, const char *id, char **ret_answer,
                               char ret_moved_to[QUESTION_ID_MAX + 1]);

/* The same of the question at a position. */
enum store_status store_answer_at(struct store *store, uint32_t position, char **ret_answer);

struct section_list {
    struct section *items;            /* in bank order, parents first */
    struct difficulty_counts *counts; /* beside items: the section and all below it */
    size_t count;
};
enum store_status store_sections(struct store *store, struct section_list *ret_list);
void section_list_free(struct section_list *list);

struct source_stats {
    char *path;
    char *title;
    struct difficulty_counts counts;
};
struct bank_stats {
    struct difficulty_counts counts;
    size_t with_answer;
    struct source_stats *sources; /* in bank order */
    size_t source_count;
    char revision[REVISION_LENGTH + 1];
    int64_t imported_at; /* seconds since the epoch, UTC: when this revision came in */
};
enum store_status store_stats(struct store *store, struct bank_stats *ret_stats);
void bank_stats_free(struct bank_stats *stats);

/* ---- maintenance ----------------------------------------------------------------------------- */

/* Runs SQLite's integrity_check, foreign_key_check, the full-text index's own check and the
 * schema's consistency rules, and compares packs and revision with the questions; calls `report`
 * with one line for each finding, which may name ids but never quotes the bank. Writes nothing, but
 * needs the permission to: SQLite lets only writers check a full-text index. STORE_OK: sound;
 * STORE_CONFLICT: there were findings; anything else: a check could not be made. */
enum store_status store_check(struct store *store, void (*report)(void *context, const char *line),
                              void *context);

#endif
