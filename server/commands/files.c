#include "server/commands/files.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "content/memory.h"
#include "server/commands/printable.h"

static bool is_markdown(const char *name) {
    const char *extension = strrchr(name, '.');
    return extension != NULL && extension != name &&
           (strcmp(extension, ".md") == 0 || strcmp(extension, ".markdown") == 0);
}

static void add(struct source_files *files, struct report *report, const char *path,
                const char *name) {
    if (!printable_is_utf8(name)) {
        report_error(report, path, "bad-name", "the name is not UTF-8: rename the file");
        return;
    }
    files->items =
        memory_grow(files->items, files->count, &files->capacity, sizeof(files->items[0]));
    files->items[files->count++] = (struct source_file){.path = memory_copy(path, strlen(path)),
                                                        .name = memory_copy(name, strlen(name))};
}

static const char *last_component(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static void report_not_a_file(struct report *report, const char *path) {
    report_error(report, path, "not-a-file", "neither a regular file nor a directory");
}

static void report_unreadable(struct report *report, const char *path, int error) {
    report_error(report, path, "unreadable", "%s", strerror(error));
}

/* A link back to an ancestor; fts(3) keeps the ancestor's path as a prefix of the entry's. */
static void report_loop(struct report *report, const FTSENT *entry) {
    char *ancestor = memory_copy(entry->fts_path, entry->fts_cycle->fts_pathlen);
    report_error(report, entry->fts_path, "directory-loop",
                 "leads back to %s, which it stands in: remove the link", ancestor);
    free(ancestor);
}

/* A link to nothing matters only if its name says Markdown; one that leads to itself might have
 * been meant as anything. */
static void visit_dead_link(const char *path, struct report *report) {
    struct stat status;
    int error = stat(path, &status) == 0 ? 0 : errno;
    if (error == ELOOP || (error != 0 && is_markdown(last_component(path))))
        report_unreadable(report, path, error);
}

/* `name` begins behind the directory that was given. */
static void visit(FTS *tree, FTSENT *entry, const char *name, struct source_files *files,
                  struct report *report) {
    bool below = entry->fts_level > FTS_ROOTLEVEL;
    if (entry->fts_info == FTS_DP) return; /* a directory, the second time */
    if (below && entry->fts_name[0] == '.') {
        if (entry->fts_info == FTS_D) fts_set(tree, entry, FTS_SKIP);
        return;
    }
    switch (entry->fts_info) {
    case FTS_F:
        if (is_markdown(entry->fts_name)) add(files, report, entry->fts_path, name);
        break;
    case FTS_DC:
        report_loop(report, entry);
        break;
    case FTS_SLNONE:
        visit_dead_link(entry->fts_path, report);
        break;
    case FTS_DNR:
    case FTS_NS:
    case FTS_ERR:
        report_unreadable(report, entry->fts_path, entry->fts_errno);
        break;
    case FTS_DEFAULT:
        if (is_markdown(entry->fts_name)) report_not_a_file(report, entry->fts_path);
        break;
    default:
        break;
    }
}

static int compare_names(const void *a, const void *b) {
    return strcmp(((const struct source_file *)a)->name, ((const struct source_file *)b)->name);
}

/* So that diagnostics come in the same order everywhere too. */
static int compare_entries(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Owned, without slashes at the end. */
static char *copy_directory(const char *path) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') length--;
    return memory_copy(path, length);
}

static void walk(FTS *tree, size_t root_length, struct source_files *files, struct report *report) {
    FTSENT *entry;
    while ((errno = 0, entry = fts_read(tree)) != NULL) {
        bool below = entry->fts_level > FTS_ROOTLEVEL;
        const char *name = below ? entry->fts_path + root_length : entry->fts_name;
        visit(tree, entry, name + strspn(name, "/"), files, report);
    }
}

static void find_in_directory(const char *path, struct source_files *files, struct report *report) {
    size_t first = files->count;
    char *directory = copy_directory(path);
    char *roots[] = {directory, NULL};
    FTS *tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, compare_entries);
    if (tree != NULL) walk(tree, strlen(directory), files, report);
    if (errno != 0) report_unreadable(report, path, errno);
    if (tree != NULL) fts_close(tree);
    free(directory);
    /* By whole names: "a-b.md" stands before "a/b.md". */
    if (files->count > first + 1)
        qsort(&files->items[first], files->count - first, sizeof(files->items[0]), compare_names);
}

static void find(const char *path, struct source_files *files, struct report *report) {
    struct stat status;
    if (strcmp(path, "-") == 0) {
        add(files, report, path, "stdin.md");
    } else if (stat(path, &status) != 0) {
        report_unreadable(report, path, errno);
    } else if (S_ISDIR(status.st_mode)) {
        find_in_directory(path, files, report);
    } else if (S_ISREG(status.st_mode)) {
        add(files, report, path, last_component(path));
    } else {
        report_not_a_file(report, path);
    }
}

static int compare_files(const void *a, const void *b) {
    const struct source_file *const *left = a, *const *right = b;
    int order = strcmp((*left)->name, (*right)->name);
    if (order != 0) return order;
    return *left < *right ? -1 : *left > *right; /* as given */
}

static void report_same_names(const struct source_files *files, struct report *report) {
    const struct source_file **sorted = memory_alloc(files->count * sizeof(sorted[0]));
    for (size_t i = 0; i < files->count; i++) sorted[i] = &files->items[i];
    if (files->count > 1) qsort(sorted, files->count, sizeof(sorted[0]), compare_files);
    for (size_t i = 1; i < files->count; i++) {
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) != 0) continue;
        report_error(report, sorted[i]->path, "duplicate-source",
                     "the source path %s is that of %s too: rename one, or import the directory "
                     "that holds both",
                     sorted[i]->name, sorted[i - 1]->path);
    }
    free(sorted);
}

void files_find(char *const *paths, size_t path_count, struct report *report,
                struct source_files *ret_files) {
    *ret_files = (struct source_files){0};
    for (size_t i = 0; i < path_count; i++) find(paths[i], ret_files, report);
    report_same_names(ret_files, report);
    report->progress.files_total = ret_files->count;
}

void files_free(struct source_files *files) {
    for (size_t i = 0; i < files->count; i++) {
        free(files->items[i].path);
        free(files->items[i].name);
    }
    free(files->items);
    *files = (struct source_files){0};
}
