/* Follows the database while the server runs: a bank that another process imports is published to
 * the workers without a restart. */
#ifndef QBANK_SERVER_WATCH_H
#define QBANK_SERVER_WATCH_H

#include <signal.h>

#include "db/store.h"
#include "server/publication.h"
#include "server/workers.h"

/* How often the database is asked whether it has changed; each time costs microseconds. */
enum { WATCH_INTERVAL_MS = 100 };

/* Loads the newest catalog and publishes it. STORE_EMPTY, nothing published: nothing has been
 * imported yet. What stands behind an unexpected status goes to standard error. */
enum store_status watch_publish(struct store *store, struct publication *publication);

/* Publishes every new bank and wakes the workers, until one of `signals`, which must be blocked,
 * comes in; returns its number. A bank that cannot be loaded is reported once and tried again, the
 * longer it lasts the more seldom, down to twice a minute; the one before is served meanwhile. So
 * it is where the database's file was moved, removed or replaced, which is reported too. */
int watch_until_signal(struct store *store, struct publication *publication,
                       struct workers *workers, const sigset_t *signals);

#endif
