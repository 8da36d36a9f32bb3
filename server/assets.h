/* Files that are built into the program and served as they are. The table is written at build time
 * by scripts/embed-files. */
#ifndef QBANK_SERVER_ASSETS_H
#define QBANK_SERVER_ASSETS_H

#include <stddef.h>

struct asset {
    const char *path; /* where it is served */
    const char *type; /* Content-Type */
    const char *bytes, *end;
};

extern const struct asset assets[];
extern const size_t asset_count;

/* NULL where this program has no such asset. */
const struct asset *asset_find(const char *path);

#endif
