/* Where a command writes a document: the standard output, or a file that is there as a whole or not
 * at all. Calls that fail leave the reason in errno. */
#ifndef QBANK_SERVER_COMMANDS_OUTPUT_H
#define QBANK_SERVER_COMMANDS_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

struct output {
    const char *name; /* for messages; borrowed */
    FILE *stream;
    char *target;    /* the file; NULL: the standard output */
    char *temporary; /* what is renamed at the end; NULL: nothing, or not any more */
};

/* `path` NULL: the standard output. Else a file beside `path` is written, which takes its place in
 * output_commit(); what is there and no regular file, a pipe or a device, is written to as it is.
 * *ret_output is to be closed, and has a name, even where that fails. */
bool output_open(struct output *ret_output, const char *path);

bool output_write(struct output *output, const void *bytes, size_t size);

/* Everything has been written: makes it last, and puts it in its place. */
bool output_commit(struct output *output);

/* Frees; removes what was not committed. */
void output_close(struct output *output);

#endif
