#include "server/commands/commands.h"
#include "server/commands/heap.h"
#include "server/commands/options.h"
#include "server/commands/session.h"

static const char help[] =
    "Usage: qbank lint [OPTION]... PATH...\n"
    "Say what an import of the PATHs would find wrong with them, without touching a database.\n"
    "\n"
    "A PATH is a file, a directory or '-', as for 'qbank import'.\n"
    "\n"
    "      --strict       exit with 1 if there are warnings\n"
    "      --format KIND  text: diagnostics on standard error, a summary on standard output;\n"
    "                     json: one document on standard output. Default: text\n"
    "  -h, --help         print this help\n"
    "\n"
    "Exit status: 0 no errors, 1 errors (or warnings with --strict), 2 wrong usage.\n";

static const struct option table[] = {OPTION_STRICT, OPTION_FORMAT, OPTION_HELP, {0}};

/* The sources go into a bank that is thrown away: what only a bank as a whole shows, such as one
 * question in two files, is found too. */
int command_lint(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_parse(argc, argv, table, help, &options, &status)) return status;
    if (options.argument_count == 0)
        return options_misused(argv[0], "no PATH given: a file, a directory or '-'");
    struct report report;
    struct session session = {
        .command = argv[0], .database = STORE_SCRATCH_PATH, .report = &report};
    heap_set_up();
    report_begin(&report, options.format);
    struct source_sink sink = session_sink(&session);
    bool good = sources_parse(options.arguments, options.argument_count, &report, &sink);
    if (good) sources_require_question(&report);
    session_end(&session);
    report_end(&report, NULL, false);
    good = good && report.errors == 0 && !(options.strict && report.warnings > 0);
    return good ? EXIT_STATUS_OK : EXIT_STATUS_FAILURE;
}
