#include "server/watch.h"

#include <stdio.h>
#include <time.h>

enum store_status watch_publish(struct store *store, struct publication *publication) {
    struct catalog *catalog;
    enum store_status status = store_load_catalog(store, &catalog);
    if (status == STORE_OK) {
        publication_set(publication, catalog);
    } else if (status != STORE_EMPTY && status != STORE_BUSY) {
        fprintf(stderr, "qbank serve: cannot load the bank: %s\n", store_error(store));
    }
    return status;
}

int watch_until_signal(struct store *store, struct publication *publication,
                       struct workers *workers, const sigset_t *signals) {
    const struct timespec interval = {.tv_nsec = WATCH_INTERVAL_MS * 1000000L};
    enum store_status status = STORE_OK;
    int signal_number;
    while ((signal_number = sigtimedwait(signals, NULL, &interval)) < 0) {
        /* A change is told once: after a busy database it has to be tried again unasked. */
        if (!store_has_changed(store) && status != STORE_BUSY) continue;
        status = watch_publish(store, publication);
        if (status == STORE_OK) workers_wake(workers);
    }
    return signal_number;
}
