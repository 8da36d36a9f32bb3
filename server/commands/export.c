#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/commands/commands.h"
#include "server/commands/export_options.h"
#include "server/commands/output.h"
#include "server/commands/progress.h"
#include "server/export/stream.h"

struct run {
    const char *command; /* begins its messages */
    const char *database;
    const struct export_options *options;
};

static int fail(const struct run *run, const char *what, const char *why) {
    fprintf(stderr, "%s: %s: %s\n", run->command, what, why);
    return EXIT_STATUS_FAILURE;
}

/* Copies the stream; a terminal is told how far it has come unless it is where the copy goes. */
static int copy(const struct run *run, struct store *store, struct export_stream *stream,
                struct output *output) {
    char buffer[32 * 1024];
    struct progress progress;
    ssize_t size;
    progress_begin(&progress, stderr);
    progress.questions_total = export_stream_total(stream);
    if (run->options->output == NULL) progress.terminal = NULL;
    while ((size = export_stream_read(stream, buffer, sizeof(buffer))) > 0) {
        if (!output_write(output, buffer, (size_t)size)) break;
        progress_step(&progress, export_stream_done(stream) - progress.questions, (size_t)size);
    }
    progress_clear(&progress);
    if (size < 0) return fail(run, run->database, store_error(store));
    if (!output_commit(output)) return fail(run, output->name, strerror(errno));
    return EXIT_STATUS_OK;
}

static int explain(const struct run *run, struct store *store, enum store_status status,
                   size_t index) {
    const struct question_filter *filter = &run->options->filter;
    if (status == STORE_UNKNOWN_SECTION)
        return fail(run, filter->sections[index], "there is no section of this id");
    if (status == STORE_UNKNOWN_SOURCE)
        return fail(run, filter->sources[index], "there is no source of this path");
    return fail(run, run->database, store_error(store));
}

static int write_bank(const struct run *run, struct store *store) {
    const struct export_options *options = run->options;
    struct export_stream *stream;
    size_t index = 0;
    enum store_status status =
        export_stream_open(store, &options->choice, &options->filter, &stream, &index);
    if (status != STORE_OK) return explain(run, store, status, index);
    struct output output;
    int result = output_open(&output, options->output) ? copy(run, store, stream, &output)
                                                       : fail(run, output.name, strerror(errno));
    output_close(&output);
    export_stream_close(stream);
    return result;
}

static int export_bank(const struct run *run) {
    struct store *store = NULL;
    char *error = NULL;
    if (store_open(run->database, STORE_READ, &store, &error) != STORE_OK) {
        fprintf(stderr, "%s: %s\n", run->command, error);
        free(error);
        return EXIT_STATUS_FAILURE;
    }
    enum store_status status = command_pin_newest(store);
    int result =
        status == STORE_OK ? write_bank(run, store) : fail(run, run->database, store_error(store));
    store_close(store);
    return result;
}

int command_export(int argc, char **argv) {
    struct export_options options;
    int status;
    if (!export_options_read(argc, argv, &options, &status)) return status;
    char *database = command_database_path(options.database);
    status = EXIT_STATUS_FAILURE;
    if (database != NULL) status = export_bank(&(struct run){argv[0], database, &options});
    free(database);
    export_options_free(&options);
    return status;
}
