/* Which pages of other origins a browser lets read the answers (the Fetch standard, section "CORS
 * protocol"). Never with credentials: there are none. Pure. */
#ifndef QBANK_SERVER_CORS_H
#define QBANK_SERVER_CORS_H

#include <stdbool.h>
#include <stddef.h>

enum { CORS_ORIGINS_MAX = 100, CORS_ORIGIN_LENGTH_MAX = 255 };

/* Zeroed: any origin. */
struct cors {
    const char **origins; /* owned, its strings are not; NULL: any */
    size_t count;         /* 0 with a list: none */
};

/* Whether the text is an origin as browsers write it: scheme, "://", host, and a port where it is
 * not the scheme's own, all in lower case. */
bool cors_origin_is_valid(const char *origin);

/* Which origin of the list it is, counted from 1; 0: none of them, or there is no list. `origin`
 * may be NULL. */
size_t cors_find(const struct cors *cors, const char *origin);

/* The value of Access-Control-Allow-Origin for what cors_find() has found, or NULL: no such field.
 */
const char *cors_allowed_origin(const struct cors *cors, size_t found);

/* Whether another origin may get another answer. */
bool cors_varies(const struct cors *cors);

#endif
