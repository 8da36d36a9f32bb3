#include "server/workers.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "db/store.h"
#include "server/clock.h"
#include "server/dispatch.h"
#include "server/http.h"
#include "server/items.h"

/* Longest sleep in milliseconds: of an idle worker, which looks after clients that are behind as
 * well; of one that could not pin the newest bank yet; of one that waits for requests to finish. */
enum { TURN_IDLE = 10000, TURN_BEHIND = 50, TURN_DRAINING = 50 };

struct worker {
    struct workers *all;
    pthread_t thread;
    int wake_fd;
    struct store *store;
    struct items *items;
    struct http *http;          /* NULL until the worker is set up */
    unsigned exports;           /* that are being sent */
    unsigned generation;        /* of the catalog that the store is pinned to */
    unsigned failed_generation; /* the last one whose failure was reported */
};

struct workers {
    struct publication *publication;
    atomic_bool stopping;
    bool bulk_answers;
    unsigned started;
    unsigned count;
    struct worker items[];
};

/* ---- one worker -------------------------------------------------------------------------------
 */

static void answer(void *context, const struct incoming *incoming, struct response *ret_response) {
    struct worker *worker = context;
    const struct dispatch dispatch = {.store = worker->store,
                                      .items = worker->items,
                                      .exports = &worker->exports,
                                      .bulk_answers = worker->all->bulk_answers};
    dispatch_request(&dispatch, incoming, ret_response);
}

static void report_pin_failure(struct worker *worker, unsigned generation) {
    if (worker->failed_generation == generation) return;
    worker->failed_generation = generation;
    fprintf(stderr, "qbank serve: cannot move on to the new bank: %s\n",
            store_error(worker->store));
}

/* Moves the store on to the published catalog, and forgets what was made from the one before. If
 * the database has gone past it meanwhile, the next catalog is on its way; until then the worker
 * serves what it has. */
static void refresh(struct worker *worker) {
    unsigned generation = publication_generation(worker->all->publication);
    if (generation == worker->generation) return;
    struct catalog *catalog = publication_get(worker->all->publication, &generation);
    enum store_status status = store_move_on(&worker->store, catalog);
    catalog_unref(catalog);
    if (status == STORE_OK) {
        worker->generation = generation;
        items_forget(worker->items);
        if (worker->http != NULL) http_forget(worker->http);
    } else if (status != STORE_STALE && status != STORE_BUSY) {
        report_pin_failure(worker, generation);
    }
}

static bool is_behind(const struct worker *worker) {
    return worker->generation != publication_generation(worker->all->publication);
}

/* Sleeps until there is something to do; returns whether there was before the time was up. */
static bool wait_turn(struct worker *worker, int longest) {
    struct pollfd descriptors[] = {
        {.fd = http_descriptor(worker->http), .events = POLLIN},
        {.fd = worker->wake_fd, .events = POLLIN},
    };
    int ready = poll(descriptors, 2, http_timeout(worker->http, longest));
    eventfd_t count;
    if (ready > 0 && descriptors[1].revents != 0) eventfd_read(worker->wake_fd, &count);
    return ready > 0;
}

/* Whom the kernel has let in would find the connection reset when the socket is closed. Under load
 * others keep coming: so no more turns than a full queue takes. */
static void accept_waiting(struct worker *worker) {
    http_run(worker->http, clock_seconds());
    for (unsigned i = 0; i < SOMAXCONN / HTTP_ACCEPTED_A_RUN && wait_turn(worker, 0); i++)
        http_run(worker->http, clock_seconds());
}

/* What has been received or accepted already is served; then only what has begun. */
static void drain(struct worker *worker) {
    time_t deadline = clock_seconds() + WORKERS_DRAIN_SECONDS;
    accept_waiting(worker);
    http_quiesce(worker->http);
    bool active = true;
    while ((active || http_pending(worker->http) > 0) && clock_seconds() < deadline) {
        active = wait_turn(worker, TURN_DRAINING);
        http_run(worker->http, clock_seconds());
    }
}

static void *run(void *context) {
    struct worker *worker = context;
    while (!atomic_load(&worker->all->stopping)) {
        wait_turn(worker, is_behind(worker) ? TURN_BEHIND : TURN_IDLE);
        refresh(worker);
        http_run(worker->http, clock_seconds());
    }
    drain(worker);
    return NULL;
}

/* ---- all of them ------------------------------------------------------------------------------
 */

static bool fail(char **ret_error, const char *what) {
    if (asprintf(ret_error, "cannot start a worker: %s", what) < 0) *ret_error = NULL;
    return false;
}

/* On failure what is there is freed by worker_close(). */
static bool worker_open(struct worker *worker, const struct workers_settings *settings,
                        int listen_fd, char **ret_error) {
    worker->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (worker->wake_fd < 0) return fail(ret_error, strerror(errno));
    if (store_open(settings->database, STORE_READ, &worker->store, ret_error) != STORE_OK) {
        return false;
    }
    size_t cache_size = settings->cache_size / settings->count;
    if (store_set_cache(worker->store, cache_size / WORKERS_PAGES_PART) != STORE_OK) {
        return fail(ret_error, store_error(worker->store));
    }
    worker->items = items_create(cache_size / WORKERS_ITEMS_PART);
    if (worker->items == NULL) return fail(ret_error, "out of memory");
    refresh(worker);
    worker->http = http_start(&(struct http_settings){
        .listen_fd = listen_fd,
        .answer = answer,
        .context = worker,
        .policy = settings->policy,
        .connections = settings->connections,
        .cache_size = cache_size / WORKERS_ANSWERS_PART,
        .pace = {.seconds = WORKERS_PACE_SECONDS, .rate = WORKERS_PACE_RATE},
        .access_log = settings->access_log});
    return worker->http != NULL || fail(ret_error, "libmicrohttpd refused the socket");
}

static void worker_close(struct worker *worker) {
    http_stop(worker->http);
    items_free(worker->items);
    store_close(worker->store);
    if (worker->wake_fd >= 0) close(worker->wake_fd);
}

static bool start_threads(struct workers *workers, char **ret_error) {
    for (; workers->started < workers->count; workers->started++) {
        struct worker *worker = &workers->items[workers->started];
        int error = pthread_create(&worker->thread, NULL, run, worker);
        if (error != 0) return fail(ret_error, strerror(error));
    }
    return true;
}

static bool open_workers(struct workers *workers, const struct workers_settings *settings,
                         char **ret_error) {
    for (unsigned i = 0; i < settings->count; i++) {
        struct worker *worker = &workers->items[i];
        worker->all = workers;
        worker->wake_fd = -1;
        bool opened = worker_open(worker, settings, settings->sockets[i], ret_error);
        workers->count++;
        if (opened) continue;
        for (unsigned left = i; left < settings->count; left++) close(settings->sockets[left]);
        return false;
    }
    return true;
}

struct workers *workers_start(const struct workers_settings *settings, char **ret_error) {
    struct workers *workers =
        calloc(1, sizeof(*workers) + settings->count * sizeof(workers->items[0]));
    if (workers == NULL) {
        for (unsigned i = 0; i < settings->count; i++) close(settings->sockets[i]);
        fail(ret_error, "out of memory");
        return NULL;
    }
    workers->publication = settings->publication;
    workers->bulk_answers = settings->bulk_answers;
    atomic_init(&workers->stopping, false);
    if (open_workers(workers, settings, ret_error) && start_threads(workers, ret_error)) {
        return workers;
    }
    workers_stop(workers);
    return NULL;
}

void workers_wake(struct workers *workers) {
    for (unsigned i = 0; i < workers->started; i++) eventfd_write(workers->items[i].wake_fd, 1);
}

void workers_stop(struct workers *workers) {
    atomic_store(&workers->stopping, true);
    workers_wake(workers);
    for (unsigned i = 0; i < workers->started; i++) pthread_join(workers->items[i].thread, NULL);
    for (unsigned i = 0; i < workers->count; i++) worker_close(&workers->items[i]);
    free(workers);
}
