#include "server/commands/sources.h"

#include <pthread.h>
#include <stdlib.h>

/* A source on its way. */
struct reading {
    const struct source_file *file; /* NULL: none */
    char *title;
    struct file_buffer buffer;     /* serves one source after the other that need not be parsed */
    size_t size;                   /* of the source, in bytes */
    struct diagnostics complaints; /* why it could not be read */
    struct fingerprint fingerprint;
    bool is_known;
    pthread_t thread;
    bool has_thread; /* it parses */
    struct document document;
};

struct road {
    struct source_files files;
    struct report *report;
    const struct source_sink *sink;
};

/* The document has copies of all that it needs. */
static void *parse(void *context) {
    struct reading *reading = context;
    document_parse(reading->buffer.bytes, reading->size, reading->title, &reading->document);
    file_buffer_free(&reading->buffer);
    return NULL;
}

/* Reads the source and begins to parse it. */
static void begin(const struct road *road, struct reading *reading,
                  const struct source_file *file) {
    const struct source_sink *sink = road->sink;
    reading->file = file;
    reading->title = files_title(file);
    reading->complaints = (struct diagnostics){0};
    reading->document = (struct document){0};
    reading->has_thread = reading->is_known = false;
    if (!files_read(file, &reading->complaints, &reading->buffer)) return;
    reading->size = reading->buffer.size;
    reading->fingerprint = fingerprint_source(reading->buffer.bytes, reading->size, reading->title);
    reading->is_known = sink->knows(sink->context, &road->files, file->name, &reading->fingerprint);
    if (reading->is_known) return;
    reading->has_thread = pthread_create(&reading->thread, NULL, parse, reading) == 0;
    if (!reading->has_thread) parse(reading);
}

static void wait_for_document(struct reading *reading) {
    if (reading->has_thread) pthread_join(reading->thread, NULL);
    reading->has_thread = false;
}

static void report_complaints(const struct road *road, const struct reading *reading) {
    for (size_t i = 0; i < reading->complaints.count; i++)
        report_diagnostic(road->report, reading->file->path, &reading->complaints.items[i]);
}

static bool keep(const struct road *road, struct reading *reading) {
    const struct source_sink *sink = road->sink;
    struct difficulty_counts counts;
    if (!sink->keep(sink->context, reading->file->name, &reading->fingerprint, &counts))
        return false;
    report_kept(road->report, &counts, reading->size);
    return true;
}

static bool take(const struct road *road, struct reading *reading) {
    const struct source_sink *sink = road->sink;
    struct document *document = &reading->document;
    bool go_on = true;
    if (diagnostics_count(&document->diagnostics, SEVERITY_ERROR) == 0)
        go_on = sink->take(sink->context, &road->files, reading->file->name, document);
    report_document(road->report, reading->file->path, document, reading->size);
    return go_on;
}

/* The turn of the source has come. */
static bool finish(const struct road *road, struct reading *reading) {
    if (reading->complaints.count > 0) {
        report_complaints(road, reading);
        return true;
    }
    if (reading->is_known) {
        if (keep(road, reading)) return true;
        parse(reading);
    }
    wait_for_document(reading);
    return take(road, reading);
}

static void release(struct reading *reading) {
    if (reading->file == NULL) return;
    wait_for_document(reading);
    document_free(&reading->document);
    diagnostics_free(&reading->complaints);
    free(reading->title);
    reading->file = NULL;
}

static bool walk(const struct road *road, struct reading readings[2]) {
    size_t count = road->files.count;
    bool go_on = true;
    for (size_t i = 0; go_on && i < count; i++) {
        if (i == 0) begin(road, &readings[0], &road->files.items[0]);
        if (i + 1 < count) begin(road, &readings[(i + 1) % 2], &road->files.items[i + 1]);
        go_on = finish(road, &readings[i % 2]);
        release(&readings[i % 2]);
    }
    return go_on;
}

bool sources_parse(char *const *paths, size_t path_count, struct report *report,
                   const struct source_sink *sink) {
    struct road road = {.report = report, .sink = sink};
    struct reading readings[2] = {0};
    files_find(paths, path_count, report, &road.files);
    bool go_on = walk(&road, readings);
    for (size_t i = 0; i < 2; i++) {
        release(&readings[i]);
        file_buffer_free(&readings[i].buffer);
    }
    files_free(&road.files);
    return go_on;
}

void sources_require_question(struct report *report) {
    if (report->errors > 0 || difficulty_counts_total(&report->counts) > 0) return;
    report_error(report, NULL, "empty-bank",
                 "no question found in %zu source%s: a question begins with [E], [M] or [H]",
                 report->sources, report->sources == 1 ? "" : "s");
}
