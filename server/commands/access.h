/* Who may ask, how often, and who is believed about it: the settings of `qbank serve` that are
 * about clients. */
#ifndef QBANK_SERVER_COMMANDS_ACCESS_H
#define QBANK_SERVER_COMMANDS_ACCESS_H

#include <stdbool.h>

#include "server/cors.h"
#include "server/forwarded.h"
#include "server/rate_limit.h"

struct access {
    struct cors cors;
    struct proxies proxies;
    struct rate rate; /* of 0 requests: no limit */
};

/* Each takes one value of the flag or variable `name`; false after a printed error. What is added
 * to the lists points into `value`. */
bool access_add_origin(struct access *access, const char *command, const char *name,
                       const char *value);
bool access_add_proxy(struct access *access, const char *command, const char *name,
                      const char *value);
bool access_set_rate(struct access *access, const char *command, const char *name,
                     const char *value);

void access_free(struct access *access); /* accepts a zeroed one */

#endif
