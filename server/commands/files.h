/* From the paths of a command line to the sources of a bank, and their bytes. */
#ifndef QBANK_SERVER_COMMANDS_FILES_H
#define QBANK_SERVER_COMMANDS_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "server/commands/report.h"

struct source_file {
    char *path; /* to open and to show: as given, or as found below what was given; "-" is the
                   standard input */
    char *name; /* what the bank calls it: relative to the directory given, '/'-separated; of a file
                   given directly its last component, of the standard input "stdin.md" */
};

struct source_files {
    struct source_file *items;
    size_t count, capacity;
};

/* Finds the sources: files given directly, whatever their name, and in directories, at any depth
 * and through symbolic links, what ends in .md or .markdown. Hidden files and directories below one
 * given are passed over. Paths stay in the order given; within a directory the order is that of
 * the bytes of the names.
 *
 * Reports as errors: what cannot be read or is no regular file, a link that leads back to a
 * directory above it, a name that is not UTF-8, two sources of the same name. */
void files_find(char *const *paths, size_t path_count, struct report *report,
                struct source_files *ret_files);

void files_free(struct source_files *files);

struct file_buffer {
    char *bytes;
    size_t size, capacity;
};

/* Reads a whole file into *buffer, which it grows as needed, so that one buffer can serve many
 * files. False, and an error added to `diagnostics`: unreadable, no regular file, larger than
 * PARSE_SIZE_MAX. */
bool files_read(const struct source_file *file, struct diagnostics *diagnostics,
                struct file_buffer *buffer);
void file_buffer_free(struct file_buffer *buffer);

/* Last component of the name without its extension. Owned. */
char *files_title(const struct source_file *file);

#endif
