#include "server/watch.h"

#include <stdio.h>
#include <time.h>

/* The longest wait for another try, in turns: half a minute. */
enum { TURNS_MAX = 30000 / WATCH_INTERVAL_MS };

struct watch {
    struct store *store;
    struct publication *publication;
    /* A change is told once: what could not be loaded is tried again unasked, after this many
     * turns; 0: there is nothing to try again. */
    unsigned wait, turns_left;
    bool reported; /* the failure, since the last change */
    bool moved;    /* the file; and that has been reported */
};

static enum store_status load(struct store *store, struct publication *publication) {
    struct catalog *catalog;
    enum store_status status = store_load_catalog(store, &catalog);
    if (status == STORE_OK) publication_set(publication, catalog);
    return status;
}

static bool is_failure(enum store_status status) {
    return status != STORE_OK && status != STORE_EMPTY && status != STORE_BUSY;
}

static void report(struct store *store) {
    fprintf(stderr, "qbank serve: cannot load the bank: %s\n", store_error(store));
}

enum store_status watch_publish(struct store *store, struct publication *publication) {
    enum store_status status = load(store, publication);
    if (is_failure(status)) report(store);
    return status;
}

/* A busy database is asked again at once. Whatever else is wrong may last, and a large bank is much
 * to load in vain. */
static unsigned next_wait(enum store_status status, unsigned wait) {
    if (status == STORE_BUSY) return 1;
    if (!is_failure(status)) return 0;
    return wait == 0 ? 1 : wait * 2 < TURNS_MAX ? wait * 2 : TURNS_MAX;
}

static bool is_due(struct watch *watch) {
    if (store_has_changed(watch->store)) {
        watch->wait = 0;
        watch->reported = false;
        return true;
    }
    return watch->wait > 0 && --watch->turns_left == 0;
}

static enum store_status publish(struct watch *watch) {
    enum store_status status = load(watch->store, watch->publication);
    if (is_failure(status) && !watch->reported) {
        report(watch->store);
        watch->reported = true;
    }
    watch->turns_left = watch->wait = next_wait(status, watch->wait);
    return status;
}

/* The new file cannot be followed: what SQLite keeps beside the old one would be taken for its. */
static void look_for_file(struct watch *watch) {
    if (watch->moved || !store_has_moved(watch->store)) return;
    watch->moved = true;
    fputs(
        "qbank serve: the database's file was moved, removed or replaced; what was read from it is "
        "served on. Stop the server before you replace it, or import into it instead\n",
        stderr);
}

int watch_until_signal(struct store *store, struct publication *publication,
                       struct workers *workers, const sigset_t *signals) {
    const struct timespec interval = {.tv_nsec = WATCH_INTERVAL_MS * 1000000L};
    struct watch watch = {.store = store, .publication = publication};
    int signal_number;
    if (publication_generation(publication) == 0) /* watch_publish() has failed, and said so */
        watch = (struct watch){store, publication, .wait = 1, .turns_left = 1, .reported = true};
    while ((signal_number = sigtimedwait(signals, NULL, &interval)) < 0) {
        if (is_due(&watch) && publish(&watch) == STORE_OK) workers_wake(workers);
        look_for_file(&watch);
    }
    return signal_number;
}
