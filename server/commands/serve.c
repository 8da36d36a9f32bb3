#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "db/store.h"
#include "server/commands/commands.h"
#include "server/commands/serve_options.h"
#include "server/http.h"
#include "server/listen.h"
#include "server/watch.h"
#include "server/workers.h"

/* The watcher reads a bank from one end to the other: more pages than a few of these do not help.
 */
enum { WATCH_CACHE = 1 << 20 };

/* What is larger than this is mapped, and goes back when it is freed: a bank's catalog, which would
 * otherwise leave holes as large behind with each new revision. */
enum { MAPPED_SIZE = 256 * 1024 };

static int fail(char *error) {
    fprintf(stderr, "qbank serve: %s\n", error != NULL ? error : "out of memory");
    free(error);
    return EXIT_STATUS_FAILURE;
}

/* How many descriptors there may be: as many as the system lets us have. */
static rlim_t raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    return setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

/* Every connection is a descriptor. Where they run out, the database and the files of time zones
 * cannot be read either: so what the process and each of its workers may need is set aside. */
static unsigned count_connections(rlim_t descriptors, unsigned workers) {
    enum { CONNECTIONS_MIN = 4, CONNECTIONS_MAX = 1024, OWN = 64, OF_EACH = 32 };
    if (descriptors < OWN + (rlim_t)workers * (OF_EACH + CONNECTIONS_MIN)) return CONNECTIONS_MIN;
    rlim_t count = (descriptors - OWN) / workers - OF_EACH;
    return count < CONNECTIONS_MAX ? (unsigned)count : CONNECTIONS_MAX;
}

/* The threads inherit the mask, so that only the main thread, which waits for them, gets the
 * signals. A peer that hangs up is the error of a write, not a signal. */
static sigset_t block_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    return set;
}

static bool announce(const struct listen_address *address) {
    char url[LISTEN_URL_SIZE];
    listen_format_url(address, url);
    printf("qbank listening on %s\n", url);
    if (fflush(stdout) != 0) return false;
    fprintf(stderr,
            "Try:  curl %s/v1/questions/random\n"
            "then: curl %s/v1/questions/ID/answer\n",
            url, url);
    return true;
}

static void warn_if_empty(enum store_status status) {
    if (status != STORE_EMPTY) return;
    fputs("qbank serve: the bank is empty; fill it with 'qbank import PATH' at any time\n", stderr);
}

/* Serves until a signal comes. From then on the next one ends the process at once, as it would
 * any other. */
static int run_workers(struct store *store, struct publication *publication,
                       const struct workers_settings *settings,
                       const struct listen_address *address) {
    sigset_t signals = block_signals();
    char *error = NULL;
    struct workers *workers = workers_start(settings, &error);
    if (workers == NULL) return fail(error);
    int status = EXIT_STATUS_FAILURE;
    if (announce(address)) {
        watch_until_signal(store, publication, workers, &signals);
        status = EXIT_STATUS_OK;
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
    workers_stop(workers);
    return status;
}

static int serve_with(struct store *store, const char *database,
                      const struct serve_options *options, const struct http_policy *policy,
                      struct listen_address *address) {
    int sockets[SERVE_WORKERS_MAX];
    char *error = NULL;
    unsigned connections = count_connections(raise_descriptor_limit(), options->workers);
    if (!listen_open(address, options->workers, sockets, &error)) return fail(error);
    struct publication publication;
    publication_init(&publication);
    warn_if_empty(watch_publish(store, &publication));
    struct workers_settings settings = {.database = database,
                                        .sockets = sockets,
                                        .count = options->workers,
                                        .connections = connections,
                                        .cache_size = options->cache_size,
                                        .policy = policy,
                                        .access_log = options->access_log,
                                        .bulk_answers = !options->no_bulk_answers,
                                        .publication = &publication};
    int status = run_workers(store, &publication, &settings, address);
    publication_destroy(&publication);
    return status;
}

static int serve(struct store *store, const char *database, const struct serve_options *options,
                 struct listen_address *address) {
    struct http_policy policy = {.cors = options->access.cors, .proxies = options->access.proxies};
    if (options->access.rate.requests > 0) {
        policy.limit = rate_limit_create(&options->access.rate);
        if (policy.limit == NULL) return fail(NULL);
    }
    int status = serve_with(store, database, options, &policy, address);
    rate_limit_free(policy.limit);
    return status;
}

static int open_and_serve(const char *database, const struct serve_options *options,
                          struct listen_address *address) {
    char *error = NULL;
    struct store *store;
    if (store_open(database, STORE_WRITE, &store, &error) != STORE_OK) return fail(error);
    mallopt(M_MMAP_THRESHOLD, MAPPED_SIZE);
    int status = store_set_cache(store, WATCH_CACHE) == STORE_OK
                     ? serve(store, database, options, address)
                     : fail(strdup(store_error(store)));
    store_close(store);
    return status;
}

static int run_imports(const char *database, const struct serve_options *options) {
    if (options->import_count == 0) return EXIT_STATUS_OK;
    struct import_run run = {.database = database, .format = OUTPUT_TEXT};
    return import_run(&run, options->imports, options->import_count);
}

static int prepare_and_serve(const struct serve_options *options) {
    struct listen_address address;
    char *error = NULL;
    if (!listen_resolve(options->listen, &address, &error)) {
        fail(error);
        return EXIT_STATUS_USAGE;
    }
    char *database = command_database_path(options->database);
    if (database == NULL) return EXIT_STATUS_FAILURE;
    int status = EXIT_STATUS_FAILURE;
    if (command_create_directory(database)) status = run_imports(database, options);
    if (status == EXIT_STATUS_OK) status = open_and_serve(database, options, &address);
    free(database);
    return status;
}

int command_serve(int argc, char **argv) {
    struct serve_options options;
    int status;
    if (!serve_options_read(argc, argv, &options, &status)) return status;
    status = prepare_and_serve(&options);
    serve_options_free(&options);
    return status;
}
