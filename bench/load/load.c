/* Puts an HTTP server under load: a closed loop of keep-alive connections, each with one request
 * under way, no pipelining. One thread, so that it fits beside the server on a small machine. */
#include <arpa/inet.h>
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench/load/connection.h"
#include "bench/load/record.h"

static const char help[] =
    "Usage: http_load [OPTION]... --port PORT TARGETS\n"
    "Ask the server on 127.0.0.1 for the paths in the file TARGETS, one a line, and print one\n"
    "line of JSON. SIGINT ends it early. Exit status: 0 all answered as expected, 1 not.\n"
    "\n"
    "  --port PORT        where the server listens\n"
    "  --connections N    keep-alive connections (default 64)\n"
    "  --warm-up SECONDS  not measured (default 0.2)\n"
    "  --seconds SECONDS  measured, longer where answers are slow (default 1)\n"
    "  --requests N       stop after so many answers (default 2000000)\n"
    "  --skip N           begin with the path on line N + 1\n"
    "  --header LINE      send this header too\n"
    "  --status N         the status that is expected (default 200)\n"
    "  --pid PID          the server's process: tell its CPU time for each request\n";

enum { EVENTS_MAX = 256, BODY_BUFFER = 256 * 1024, POLL_MS = 50, CONNECTIONS_MAX = 20000 };

/* Slow answers come in batches of as many as there are connections: so many batches are waited for,
 * but no longer than that, lest the edges of the time that is measured weigh too much. */
enum { BATCHES_MIN = 8, BATCHES_SECONDS = 10 };

struct settings {
    struct sockaddr_in address;
    unsigned connections;
    double warm_up, seconds;
    size_t requests;
    size_t skip;
    const char *header;
    const char *targets;
    int status;
    pid_t server;
};

struct load {
    const struct settings *settings;
    struct targets targets;
    struct record record;
    struct connection *connections;
    unsigned alive;
    int epoll;
};

static volatile sig_atomic_t interrupted;

static void interrupt(int signal) {
    (void)signal;
    interrupted = 1;
}

/* ---- the loop -------------------------------------------------------------------------------- */

static void drop(struct load *load, struct connection *connection) {
    connection_close(connection);
    load->record.failures++;
    load->alive--;
}

static void ask(struct load *load, struct connection *connection, uint64_t now) {
    connection->started = now;
    if (!connection_send(connection, targets_next(&load->targets))) drop(load, connection);
}

static void handle(struct load *load, struct connection *connection, char *scratch) {
    enum connection_event event = connection_read(connection, scratch, BODY_BUFFER);
    if (event == CONNECTION_WAITING) return;
    if (event == CONNECTION_BROKEN) {
        drop(load, connection);
        return;
    }
    uint64_t now = record_now_ns();
    record_answer(&load->record, now - connection->started);
    if (connection->status != load->settings->status) load->record.failures++;
    ask(load, connection, now);
}

/* Runs for so long, and on until so many answers are there. */
static void run(struct load *load, double seconds, size_t answers) {
    uint64_t deadline = record_now_ns() + (uint64_t)(seconds * 1e9);
    uint64_t last = deadline + BATCHES_SECONDS * UINT64_C(1000000000);
    static char scratch[BODY_BUFFER];
    struct epoll_event events[EVENTS_MAX];
    while (!interrupted && load->alive > 0 && load->record.count < load->settings->requests &&
           record_now_ns() < (load->record.count < answers ? last : deadline)) {
        int ready = epoll_wait(load->epoll, events, EVENTS_MAX, POLL_MS);
        for (int i = 0; i < ready; i++) handle(load, events[i].data.ptr, scratch);
    }
}

static uint64_t oldest_wait(const struct load *load, uint64_t now) {
    uint64_t oldest = 0;
    for (unsigned i = 0; i < load->settings->connections; i++) {
        const struct connection *connection = &load->connections[i];
        if (connection->fd >= 0 && now - connection->started > oldest)
            oldest = now - connection->started;
    }
    return oldest;
}

static uint64_t server_cpu(const struct load *load) {
    return load->settings->server > 0 ? record_process_cpu_ns(load->settings->server) : 0;
}

static void measure(struct load *load) {
    run(load, load->settings->warm_up, 0);
    uint64_t cpu = server_cpu(load);
    record_restart(&load->record, record_now_ns());
    run(load, load->settings->seconds, (size_t)BATCHES_MIN * load->settings->connections);
    load->record.ended_ns = record_now_ns();
    load->record.cpu_ns = server_cpu(load) - cpu;
    load->record.oldest_ns = oldest_wait(load, load->record.ended_ns);
}

/* ---- before and after ------------------------------------------------------------------------ */

static bool connect_all(struct load *load) {
    for (unsigned i = 0; i < load->settings->connections; i++) {
        struct connection *connection = &load->connections[i];
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        if (!connection_open(connection, &load->settings->address) ||
            epoll_ctl(load->epoll, EPOLL_CTL_ADD, connection->fd, &event) != 0) {
            perror("http_load: connect");
            return false;
        }
        load->alive++;
    }
    for (unsigned i = 0; i < load->settings->connections; i++)
        ask(load, &load->connections[i], record_now_ns());
    return true;
}

static bool load_open(struct load *load, const struct settings *settings) {
    char host[32];
    snprintf(host, sizeof(host), "127.0.0.1:%u", ntohs(settings->address.sin_port));
    *load = (struct load){.settings = settings, .epoll = epoll_create1(EPOLL_CLOEXEC)};
    load->connections = calloc(settings->connections, sizeof(load->connections[0]));
    if (load->epoll < 0 || load->connections == NULL) return false;
    for (unsigned i = 0; i < settings->connections; i++) load->connections[i].fd = -1;
    if (!targets_load(settings->targets, host, settings->header, &load->targets)) return false;
    load->targets.next = settings->skip % load->targets.count;
    return record_open(&load->record, settings->requests + EVENTS_MAX) && connect_all(load);
}

static void load_close(struct load *load) {
    for (unsigned i = 0; load->connections != NULL && i < load->settings->connections; i++)
        connection_close(&load->connections[i]);
    free(load->connections);
    targets_free(&load->targets);
    record_close(&load->record);
    if (load->epoll >= 0) close(load->epoll);
}

/* ---- the command line ------------------------------------------------------------------------ */

static const struct option table[] = {
    {"port", required_argument, NULL, 'p'},     {"connections", required_argument, NULL, 'c'},
    {"warm-up", required_argument, NULL, 'w'},  {"seconds", required_argument, NULL, 's'},
    {"requests", required_argument, NULL, 'r'}, {"skip", required_argument, NULL, 'k'},
    {"header", required_argument, NULL, 'h'},   {"status", required_argument, NULL, 'e'},
    {"pid", required_argument, NULL, 'P'},      {0},
};

static bool take(int option, struct settings *settings) {
    switch (option) {
    case 'p':
        settings->address.sin_port = htons((uint16_t)atoi(optarg));
        return true;
    case 'c':
        settings->connections = (unsigned)atoi(optarg);
        return settings->connections > 0 && settings->connections <= CONNECTIONS_MAX;
    case 'w':
        settings->warm_up = atof(optarg);
        return true;
    case 's':
        settings->seconds = atof(optarg);
        return true;
    case 'r':
        settings->requests = strtoul(optarg, NULL, 10);
        return settings->requests > 0;
    case 'k':
        settings->skip = strtoul(optarg, NULL, 10);
        return true;
    case 'h':
        settings->header = optarg;
        return true;
    case 'e':
        settings->status = atoi(optarg);
        return true;
    case 'P':
        settings->server = atoi(optarg);
        return true;
    default:
        return false;
    }
}

static bool read_arguments(int argc, char **argv, struct settings *settings) {
    int option;
    while ((option = getopt_long(argc, argv, "", table, NULL)) != -1)
        if (!take(option, settings)) return false;
    if (optind != argc - 1 || settings->address.sin_port == 0) return false;
    settings->targets = argv[optind];
    return true;
}

static void raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int argc, char **argv) {
    struct settings settings = {
        .address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
        .connections = 64,
        .warm_up = 0.2,
        .seconds = 1,
        .requests = 2000000,
        .status = 200,
    };
    if (!read_arguments(argc, argv, &settings)) {
        fputs(help, stderr);
        return 2;
    }
    raise_descriptor_limit();
    sigaction(SIGINT, &(struct sigaction){.sa_handler = interrupt}, NULL);
    struct load load;
    bool good = load_open(&load, &settings);
    if (good) {
        measure(&load);
        record_print(&load.record, stdout);
        good = load.record.failures == 0 && load.record.count > 0;
    }
    load_close(&load);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
