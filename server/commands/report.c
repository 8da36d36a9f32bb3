#include "server/commands/report.h"

#include <stdarg.h>
#include <stdlib.h>

#include "content/memory.h"
#include "server/commands/printable.h"
#include "server/commands/summary.h"

void report_begin(struct report *report, enum output_format format) {
    *report = (struct report){.format = format};
    progress_begin(&report->progress, stderr);
    if (format == OUTPUT_JSON) fputs("{\"diagnostics\": [", stdout);
}

static void print_text(const char *path, const struct diagnostic *diagnostic) {
    char *shown_path = printable_line(path != NULL ? path : "qbank");
    char *shown_text = printable_line(diagnostic->text);
    fputs(shown_path[0] != '\0' ? shown_path : "''", stderr);
    if (diagnostic->line > 0) fprintf(stderr, ":%u", diagnostic->line);
    if (diagnostic->line > 0 && diagnostic->column > 0) fprintf(stderr, ":%u", diagnostic->column);
    fprintf(stderr, ": %s: %s [%s]\n", severity_name(diagnostic->severity), shown_text,
            diagnostic->code);
    free(shown_path);
    free(shown_text);
}

static void set_text(json_t *object, const char *key, const char *text) {
    char *valid = printable_utf8(text);
    json_object_set_new(object, key, json_string(valid));
    free(valid);
}

static void print_json(const char *path, const struct diagnostic *diagnostic, bool first) {
    json_t *object = json_object();
    if (path != NULL) set_text(object, "path", path);
    if (diagnostic->line > 0) json_object_set_new(object, "line", json_integer(diagnostic->line));
    if (diagnostic->column > 0)
        json_object_set_new(object, "column", json_integer(diagnostic->column));
    json_object_set_new(object, "severity", json_string(severity_name(diagnostic->severity)));
    json_object_set_new(object, "code", json_string(diagnostic->code));
    set_text(object, "text", diagnostic->text);
    fputs(first ? "\n  " : ",\n  ", stdout);
    json_dumpf(object, stdout, 0);
    json_decref(object);
}

void report_diagnostic(struct report *report, const char *path,
                       const struct diagnostic *diagnostic) {
    progress_clear(&report->progress);
    if (report->format == OUTPUT_JSON) {
        print_json(path, diagnostic, report->diagnostics == 0);
    } else {
        print_text(path, diagnostic);
    }
    report->diagnostics++;
    if (diagnostic->severity == SEVERITY_WARNING) report->warnings++;
    if (diagnostic->severity == SEVERITY_ERROR) report->errors++;
}

void report_error(struct report *report, const char *path, const char *code, const char *format,
                  ...) {
    struct diagnostic diagnostic = {.severity = SEVERITY_ERROR, .code = code};
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&diagnostic.text, format, arguments) < 0) diagnostic.text = memory_copy("", 0);
    va_end(arguments);
    report_diagnostic(report, path, &diagnostic);
    free(diagnostic.text);
}

void report_document(struct report *report, const char *path, const struct document *document,
                     size_t size) {
    for (size_t i = 0; i < document->diagnostics.count; i++)
        report_diagnostic(report, path, &document->diagnostics.items[i]);
    if (diagnostics_count(&document->diagnostics, SEVERITY_ERROR) == 0) {
        report->sources++;
        for (size_t i = 0; i < document->question_count; i++)
            report->counts.by_difficulty[document->questions[i].difficulty]++;
    }
    progress_step(&report->progress, document->question_count, size);
}

void report_kept(struct report *report, const struct difficulty_counts *counts, size_t size) {
    report->sources++;
    for (int i = 0; i < DIFFICULTY_COUNT; i++)
        report->counts.by_difficulty[i] += counts->by_difficulty[i];
    progress_step(&report->progress, difficulty_counts_total(counts), size);
}

void report_end(struct report *report, const struct import_summary *imported, bool dry_run) {
    struct summary summary = {.sources = report->sources,
                              .counts = report->counts,
                              .warnings = report->warnings,
                              .errors = report->errors,
                              .imported = imported,
                              .dry_run = dry_run};
    progress_clear(&report->progress);
    if (report->format == OUTPUT_TEXT) {
        summary_print(&summary, stdout);
        return;
    }
    json_t *object = summary_json(&summary);
    fputs(report->diagnostics == 0 ? "], \"summary\": " : "\n], \"summary\": ", stdout);
    json_dumpf(object, stdout, 0);
    fputs("}\n", stdout);
    json_decref(object);
}
