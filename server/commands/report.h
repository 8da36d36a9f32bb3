/* What a run of import or lint says: diagnostics as they come up, the summary at the end.
 *
 * Text: diagnostics on standard error, `path:line:column: warning: text [code]`, where the path is
 * the one the user gave or that was found below it; the summary on standard output.
 * JSON: one document on standard output, {"diagnostics": […], "summary": {…}}, written as it comes
 * up, so that memory does not grow with it. */
#ifndef QBANK_SERVER_COMMANDS_REPORT_H
#define QBANK_SERVER_COMMANDS_REPORT_H

#include "content/parse.h"
#include "db/import.h"
#include "server/commands/commands.h"
#include "server/commands/progress.h"

struct report {
    enum output_format format;
    struct progress progress;
    size_t sources; /* those that were read without an error */
    struct difficulty_counts counts;
    size_t diagnostics, warnings, errors;
};

void report_begin(struct report *report, enum output_format format);

/* One diagnostic; `path` may be NULL: the run as a whole. */
void report_diagnostic(struct report *report, const char *path,
                       const struct diagnostic *diagnostic);

/* An error without a place in the text; `code` is static. */
__attribute__((format(printf, 4, 5))) void report_error(struct report *report, const char *path,
                                                        const char *code, const char *format, ...);

/* Counts a parsed source of `size` bytes and reports its diagnostics. */
void report_document(struct report *report, const char *path, const struct document *document,
                     size_t size);

/* Counts a source of `size` bytes that has not changed; there is nothing to say of it. */
void report_kept(struct report *report, const struct difficulty_counts *counts, size_t size);

/* Ends the report with the summary; `imported` is NULL where nothing was stored, nor tried in a dry
 * run. */
void report_end(struct report *report, const struct import_summary *imported, bool dry_run);

#endif
