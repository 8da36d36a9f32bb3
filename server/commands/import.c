#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/commands/commands.h"
#include "server/commands/heap.h"
#include "server/commands/options.h"
#include "server/commands/session.h"

static const char name[] = "qbank import";

static const char help[] =
    "Usage: qbank import [OPTION]... PATH...\n"
    "Import questions written in Markdown. The bank is what the last import was given.\n"
    "\n"
    "A PATH is a file of any name, '-' for the standard input (the source 'stdin.md'), or a\n"
    "directory, which is searched at any depth for *.md and *.markdown, in the order of the\n"
    "bytes of their names. Hidden files and directories in it are passed over. An error in\n"
    "any source leaves the database as it was.\n"
    "\n"
    "      --db FILE      the database; default: $QBANK_DB, else qbank/qbank.db below\n"
    "                     $XDG_DATA_HOME (~/.local/share), else /var/lib/qbank/qbank.db\n"
    "      --add          keep the sources that are in the bank and not among the PATHs\n"
    "      --dry-run      do everything, but leave the database as it was\n"
    "      --strict       let warnings stop the import too\n"
    "      --format KIND  text: diagnostics on standard error, a summary on standard output;\n"
    "                     json: one document on standard output. Default: text\n"
    "  -h, --help         print this help\n"
    "\n"
    "Exit status: 0 imported, 1 errors (or warnings with --strict), 2 wrong usage.\n";

static const struct option table[] = {
    OPTION_DATABASE, OPTION_ADD, OPTION_DRY_RUN, OPTION_STRICT, OPTION_FORMAT, OPTION_HELP, {0}};

/* A dry run must not make the file either. */
static const char *choose_database(const struct import_run *run) {
    bool missing = access(run->database, F_OK) != 0 && errno == ENOENT;
    return run->dry_run && missing ? STORE_SCRATCH_PATH : run->database;
}

static void explain(const struct import_run *run, const struct report *report) {
    bool errors = report->errors > 0;
    size_t count = errors ? report->errors : report->warnings;
    if (!errors && !(run->strict && count > 0)) return; /* the reason has been printed */
    fprintf(stderr, "%s: %zu %s%s%s: ", name, count, errors ? "error" : "warning",
            count == 1 ? "" : "s", errors ? "" : " under --strict");
    fputs("nothing was imported, the database is as it was\n", stderr);
}

int import_run(const struct import_run *run, char *const *paths, size_t path_count) {
    struct report report;
    struct session session = {.command = name,
                              .database = choose_database(run),
                              .options = {.add = run->add, .dry_run = run->dry_run},
                              .report = &report};
    struct import_summary summary;
    report_begin(&report, run->format);
    struct source_sink sink = session_sink(&session);
    bool good = sources_parse(paths, path_count, &report, &sink);
    if (good) sources_require_question(&report);
    good = good && report.errors == 0 && !(run->strict && report.warnings > 0) &&
           session_commit(&session, &summary);
    session_end(&session);
    report_end(&report, good ? &summary : NULL, run->dry_run);
    if (!good) explain(run, &report);
    return good ? EXIT_STATUS_OK : EXIT_STATUS_FAILURE;
}

int command_import(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_parse(argc, argv, table, help, &options, &status)) return status;
    if (options.argument_count == 0)
        return options_misused(argv[0], "no PATH given: a file, a directory or '-'");
    char *database = command_database_path(options.database);
    if (database == NULL) return EXIT_STATUS_FAILURE;
    struct import_run run = {.database = database,
                             .add = options.add,
                             .dry_run = options.dry_run,
                             .strict = options.strict,
                             .format = options.format};
    heap_set_up();
    status = import_run(&run, options.arguments, options.argument_count);
    free(database);
    return status;
}
