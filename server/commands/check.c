#include <stdio.h>
#include <stdlib.h>

#include "db/store.h"
#include "server/commands/commands.h"
#include "server/commands/options.h"

static const char help[] =
    "Usage: qbank check [OPTION]...\n"
    "Check that a database is sound: SQLite's own checks, the full-text index and the rules of\n"
    "the schema. Each finding is a line on standard output.\n"
    "\n"
    "      --db FILE  the database; default: as for 'qbank import'\n"
    "  -h, --help     print this help\n"
    "\n"
    "Exit status: 0 sound, 1 findings or no database, 2 wrong usage.\n";

static const struct option table[] = {OPTION_DATABASE, OPTION_HELP, {0}};

struct check {
    const char *database;
    size_t findings;
};

static void print_finding(void *context, const char *line) {
    struct check *check = context;
    check->findings++;
    printf("%s: %s\n", check->database, line);
}

static enum store_status read_stats(struct store *store, struct bank_stats *ret_stats) {
    enum store_status status = command_pin_newest(store);
    return status == STORE_OK ? store_stats(store, ret_stats) : status;
}

static bool print_soundness(struct store *store, const char *database) {
    struct bank_stats stats = {0};
    switch (read_stats(store, &stats)) {
    case STORE_EMPTY:
        printf("%s: sound (nothing has been imported yet)\n", database);
        return true;
    case STORE_OK:
        break;
    default:
        return false;
    }
    size_t total = difficulty_counts_total(&stats.counts);
    printf("%s: sound (%zu question%s, revision %s)\n", database, total, total == 1 ? "" : "s",
           stats.revision);
    bank_stats_free(&stats);
    return true;
}

static int check(const char *command, const char *database) {
    struct store *store = NULL;
    char *error = NULL;
    if (store_open(database, STORE_READ, &store, &error) != STORE_OK) {
        fprintf(stderr, "%s: %s\n", command, error);
        free(error);
        return EXIT_STATUS_FAILURE;
    }
    struct check findings = {.database = database};
    enum store_status status = store_check(store, print_finding, &findings);
    bool sound = status == STORE_OK && print_soundness(store, database);
    if (!sound && findings.findings == 0)
        fprintf(stderr, "%s: %s: %s\n", command, database, store_error(store));
    store_close(store);
    return sound ? EXIT_STATUS_OK : EXIT_STATUS_FAILURE;
}

int command_check(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_parse(argc, argv, table, help, &options, &status)) return status;
    if (options.argument_count > 0)
        return options_misused(argv[0], "unexpected argument '%s'", options.arguments[0]);
    char *database = command_database_path(options.database);
    if (database == NULL) return EXIT_STATUS_FAILURE;
    status = check(argv[0], database);
    free(database);
    return status;
}
