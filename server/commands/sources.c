#include "server/commands/sources.h"

#include <stdlib.h>

#include "server/commands/files.h"

static bool parse(const struct source_files *all, const struct source_file *file,
                  const struct file_buffer *buffer, struct report *report, source_taker *take,
                  void *context) {
    struct document document;
    char *title = files_title(file);
    document_parse(buffer->bytes, buffer->size, title, &document);
    bool go_on = true;
    if (diagnostics_count(&document.diagnostics, SEVERITY_ERROR) == 0) {
        go_on = take(context, all, file->name, &document);
        diagnostics_sort(&document.diagnostics);
    }
    report_document(report, file->path, &document, buffer->size);
    document_free(&document);
    free(title);
    return go_on;
}

bool sources_parse(char *const *paths, size_t path_count, struct report *report, source_taker *take,
                   void *context) {
    struct source_files files;
    struct file_buffer buffer = {0};
    bool go_on = true;
    files_find(paths, path_count, report, &files);
    for (size_t i = 0; go_on && i < files.count; i++) {
        if (files_read(&files.items[i], report, &buffer))
            go_on = parse(&files, &files.items[i], &buffer, report, take, context);
    }
    file_buffer_free(&buffer);
    files_free(&files);
    return go_on;
}

void sources_require_question(struct report *report) {
    if (report->errors > 0 || difficulty_counts_total(&report->counts) > 0) return;
    report_error(report, NULL, "empty-bank",
                 "no question found in %zu source%s: a question begins with [E], [M] or [H]",
                 report->sources, report->sources == 1 ? "" : "s");
}
