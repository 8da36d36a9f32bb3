/* One line on standard error that says how far a long import or export has come. Shown on a
 * terminal only, from the second second on, a few times a second; gone when something else is to be
 * printed. */
#ifndef QBANK_SERVER_COMMANDS_PROGRESS_H
#define QBANK_SERVER_COMMANDS_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>

struct progress {
    FILE *terminal; /* NULL: nobody is watching */
    struct timespec began, drawn;
    size_t files_total;     /* how many there will be */
    size_t questions_total; /* of what is not read from files; 0: it is */
    size_t files, questions, bytes;
    bool visible;
};

/* Begins to count the time. `stream` is written to only if it is a terminal. */
void progress_begin(struct progress *progress, FILE *stream);

/* One more file is done; draws the line when it is time to. */
void progress_step(struct progress *progress, size_t questions, size_t bytes);

/* Takes the line away; the next step may draw it again. */
void progress_clear(struct progress *progress);

#endif
