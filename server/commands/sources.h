/* The road that import and lint share: find the files, read them, parse them, report. While one
 * source is taken the next one is parsed on a thread of its own; no more than these two are in
 * memory at a time. */
#ifndef QBANK_SERVER_COMMANDS_SOURCES_H
#define QBANK_SERVER_COMMANDS_SOURCES_H

#include "server/commands/files.h"
#include "server/commands/report.h"

/* What becomes of the sources: they are stored, say. Called from the caller's thread, in the order
 * of the files. `all` are the files of the run, `name` is one of theirs. */
struct source_sink {
    void *context;

    /* Whether keep() is likely to do for a source, so that it need not be parsed ahead. May be
     * asked before the turn of the source has come. */
    bool (*knows)(void *context, const struct source_files *all, const char *name,
                  const struct fingerprint *fingerprint);

    /* Takes a source that it knows without its document. False: it has to be parsed. */
    bool (*keep)(void *context, const char *name, const struct fingerprint *fingerprint,
                 struct difficulty_counts *ret_counts);

    /* Takes a parsed source that has no errors; may append to the document's diagnostics. False:
     * there is no use in going on (the reason has been printed). */
    bool (*take)(void *context, const struct source_files *all, const char *name,
                 struct document *document);
};

/* Goes on after errors, so that one run finds them all. False if the sink gave up. */
bool sources_parse(char *const *paths, size_t path_count, struct report *report,
                   const struct source_sink *sink);

/* Reports as an error if a run without any found no question either. */
void sources_require_question(struct report *report);

#endif
