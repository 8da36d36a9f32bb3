/* Parsed questions -> the bank, one transaction for the whole run.
 *
 *     import_begin(store, options, &import)
 *     import_source(import, path, &document, …)      for each source, in bank order
 *     import_commit(import, &summary)                or import_abort(import)
 *
 * Until import_commit() returns, readers see the old bank; if the process dies at any point, the
 * database holds the old bank or the new one. Importing what is already there rewrites no row and
 * keeps the revision. Questions that are not given again are removed, and their ids remembered as
 * gone (or as aliases of the question whose words were edited).
 *
 * Memory does not grow with the bank, but for a few bits for each question and some fifty bytes for
 * each that is gone: 32 MB for pages, the words that the full-text engine gathers (`hashsize` of
 * each index, and as much again for its table), and the document in hand. */
#ifndef QBANK_DB_IMPORT_H
#define QBANK_DB_IMPORT_H

#include "content/parse.h"
#include "db/store.h"

struct import;

struct import_options {
    bool add;     /* keep the sources that this run does not name; new sources go to the end */
    bool dry_run; /* do everything, then roll back */
};

struct import_summary {
    size_t sources;
    struct difficulty_counts counts; /* of what was given in this run */
    /* changed: in words, answer, section or source; one that merely moved to another line of its
     * source counts as unchanged. renamed: recognised under a new id, not counted as added. */
    size_t added, changed, unchanged, removed, renamed;
    char revision[REVISION_LENGTH + 1];
    bool revision_changed;
};

/* Begins on a STORE_WRITE store. STORE_BUSY: another import is running. */
enum store_status import_begin(struct store *store, const struct import_options *options,
                               struct import **ret_import);

/* With `add`, announces a source that this run is going to give. A question may then move between
 * the announced sources whichever comes first; without, it can only move out of a source that was
 * given before, and counts as a duplicate otherwise. */
enum store_status import_expect(struct import *import, const char *path);

/* Takes one source. `path` is what the record's source.path will be: relative to the import root,
 * '/'-separated. Gives every question its id, and appends what there is to say to
 * document->diagnostics: the same question twice (`duplicate-question`, a warning that names the
 * first place), one id pinned twice (`duplicate-id`, an error: STORE_CONFLICT, and the run can
 * only be aborted). STORE_CONFLICT also for a path that was given before (`duplicate-source`). */
enum store_status import_source(struct import *import, const char *path, struct document *document);

/* Whether a source has the bytes that it had when it was imported last, and there was nothing to
 * say of it: it is likely that import_keep() will keep it. */
enum store_status import_knows(struct import *import, const char *path,
                               const struct fingerprint *fingerprint, bool *ret_known);

/* Takes such a source as it is in the bank, instead of import_source(), with the same outcome. Its
 * turn must have come. *ret_kept false: something else in this run may have changed what would
 * come of it; it has to be parsed. *ret_counts are its questions; undefined where it is not kept.
 */
enum store_status import_keep(struct import *import, const char *path,
                              const struct fingerprint *fingerprint,
                              struct difficulty_counts *ret_counts, bool *ret_kept);

/* Removes what was not given, resolves aliases, computes the revision, packs questions, commits (or
 * rolls back a dry run) and frees the import, whatever the status. */
enum store_status import_commit(struct import *import, struct import_summary *ret_summary);

/* Rolls back and frees; accepts NULL. */
void import_abort(struct import *import);

#endif
