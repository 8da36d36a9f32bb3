#include "server/commands/summary.h"

/* What an import tells apart, in the order of the summary. */
static const struct change {
    const char *name;
    size_t offset;
} changes[] = {
    {"added", offsetof(struct import_summary, added)},
    {"changed", offsetof(struct import_summary, changed)},
    {"renamed", offsetof(struct import_summary, renamed)},
    {"unchanged", offsetof(struct import_summary, unchanged)},
    {"removed", offsetof(struct import_summary, removed)},
};
enum { CHANGE_COUNT = sizeof(changes) / sizeof(changes[0]) };

static size_t change_count(const struct import_summary *imported, const struct change *change) {
    return *(const size_t *)(const void *)((const char *)imported + change->offset);
}

static void print_number(FILE *stream, size_t number, const char *noun) {
    fprintf(stream, "%zu %s%s", number, noun, number == 1 ? "" : "s");
}

static void print_counts(FILE *stream, const struct difficulty_counts *counts) {
    print_number(stream, difficulty_counts_total(counts), "question");
    for (int i = 0; i < DIFFICULTY_COUNT; i++)
        fprintf(stream, "%s%zu %s", i == 0 ? " (" : ", ", counts->by_difficulty[i],
                difficulty_name((enum difficulty)i));
    fputc(')', stream);
}

void summary_print(const struct summary *summary, FILE *stream) {
    const struct import_summary *imported = summary->imported;
    print_number(stream, summary->sources, "source");
    fputs(", ", stream);
    print_counts(stream, &summary->counts);
    for (int i = 0; imported != NULL && i < CHANGE_COUNT; i++)
        fprintf(stream, "%s%zu %s", i == 0 ? ": " : ", ", change_count(imported, &changes[i]),
                changes[i].name);
    fputs("; ", stream);
    print_number(stream, summary->warnings, "warning");
    if (summary->errors > 0) {
        fputs(", ", stream);
        print_number(stream, summary->errors, "error");
    }
    fputc('\n', stream);
    if (imported == NULL) return;
    fprintf(stream, "revision %s%s%s\n", imported->revision,
            imported->revision_changed ? "" : " (unchanged)",
            summary->dry_run ? "; dry run, nothing was stored" : "");
}

static json_t *count_json(size_t number) {
    return json_integer((json_int_t)number);
}

static json_t *counts_json(const struct difficulty_counts *counts) {
    json_t *object = json_object();
    for (int i = 0; i < DIFFICULTY_COUNT; i++)
        json_object_set_new(object, difficulty_name((enum difficulty)i),
                            count_json(counts->by_difficulty[i]));
    json_object_set_new(object, "total", count_json(difficulty_counts_total(counts)));
    return object;
}

static void add_imported(json_t *object, const struct summary *summary) {
    const struct import_summary *imported = summary->imported;
    for (int i = 0; i < CHANGE_COUNT; i++)
        json_object_set_new(object, changes[i].name,
                            count_json(change_count(imported, &changes[i])));
    json_object_set_new(object, "revision", json_string(imported->revision));
    json_object_set_new(object, "revision_changed", json_boolean(imported->revision_changed));
    json_object_set_new(object, "dry_run", json_boolean(summary->dry_run));
}

json_t *summary_json(const struct summary *summary) {
    json_t *object = json_object();
    json_object_set_new(object, "sources", count_json(summary->sources));
    json_object_set_new(object, "questions", counts_json(&summary->counts));
    json_object_set_new(object, "warnings", count_json(summary->warnings));
    json_object_set_new(object, "errors", count_json(summary->errors));
    if (summary->imported != NULL) add_imported(object, summary);
    return object;
}
