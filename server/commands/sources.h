/* The road that import and lint share: find the files, read them, parse them, report, one file in
 * memory at a time. */
#ifndef QBANK_SERVER_COMMANDS_SOURCES_H
#define QBANK_SERVER_COMMANDS_SOURCES_H

#include "server/commands/files.h"
#include "server/commands/report.h"

/* What becomes of a parsed source that has no errors: stored, say. `all` are the files of the run,
 * `name` is one of theirs. May append to the document's diagnostics. False: there is no use in
 * going on (the reason has been printed). */
typedef bool source_taker(void *context, const struct source_files *all, const char *name,
                          struct document *document);

/* Goes on after errors, so that one run finds them all. False if `take` gave up. */
bool sources_parse(char *const *paths, size_t path_count, struct report *report, source_taker *take,
                   void *context);

/* Reports as an error if a run without any found no question either. */
void sources_require_question(struct report *report);

#endif
