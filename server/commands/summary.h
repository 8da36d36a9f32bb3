/* The words at the end of a run: what was read, and what became of it. */
#ifndef QBANK_SERVER_COMMANDS_SUMMARY_H
#define QBANK_SERVER_COMMANDS_SUMMARY_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "db/import.h"

struct summary {
    size_t sources;
    struct difficulty_counts counts;
    size_t warnings, errors;
    const struct import_summary *imported; /* NULL: nothing was stored, nor tried in a dry run */
    bool dry_run;
};

/* 12 sources, 318 questions (127 easy, 134 medium, 57 hard): 3 added, 1 changed, 0 renamed,
 * 314 unchanged, 2 removed; 4 warnings
 * revision 0123456789abcdef
 *
 * with each of the two on one line; the part from the colon on and the second line only for what
 * was imported. */
void summary_print(const struct summary *summary, FILE *stream);

/* The same as a JSON object; the caller owns the reference. */
json_t *summary_json(const struct summary *summary);

#endif
