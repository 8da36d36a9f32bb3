/* The yardstick of the HTTP benchmarks: libmicrohttpd and nothing else, which answers every request
 * with the response that it was given. It drives its daemon as qbank serve does, with one worker: a
 * socket of its own, MHD_USE_EPOLL without a thread, a loop of poll(), MHD_get_timeout() and
 * MHD_run(). What qbank costs on top of it is qbank's own. */
#include <arpa/inet.h>
#include <getopt.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/reference_texts.h"

static const char help[] =
    "Usage: reference_http [OPTION]... RESPONSE\n"
    "Answer every request on a free port of 127.0.0.1, which is printed, with the HTTP response "
    "in\n"
    "the file RESPONSE: status line, headers, an empty line, body. Until SIGTERM.\n"
    "\n"
    "  --memory BYTES  for each connection; the library clears it for each request (default 8192)\n"
    "  --built         build a response with a copy of the body for each request\n"
    "  --texts FILE    put the body together for each request, of texts from this database\n"
    "  --count NUMBER  of so many (default 1)\n"
    "  --adjacent      that stand side by side\n"
    "  --from PLACE    database, file or memory, each text when it is wanted (default database)\n";

enum { HEADERS_MAX = 32, CONNECTIONS_MAX = 4096, IDLE_MS = 10000, IDLE_SECONDS = 60 };

struct reference {
    char *text; /* the file; the rest points into it */
    unsigned status;
    struct {
        const char *name, *value;
    } headers[HEADERS_MAX];
    size_t header_count;
    const char *body;
    size_t body_size;
    struct MHD_Response *shared;   /* NULL: one is built for each request, */
    struct reference_texts *texts; /* NULL: of the body in the file */
    size_t count;
    bool adjacent;
};

struct options {
    size_t memory;
    bool built;
    const char *texts;
    enum reference_texts_place from;
};

static volatile sig_atomic_t stopping;

static void stop(int signal) {
    (void)signal;
    stopping = 1;
}

/* ---- the response ---------------------------------------------------------------------------- */

/* The library writes these itself. */
static bool is_own(const char *name) {
    return strcasecmp(name, "Date") == 0 || strcasecmp(name, "Connection") == 0 ||
           strcasecmp(name, "Content-Length") == 0;
}

/* Cuts the head, which ends with a line end, in place. */
static bool parse_head(struct reference *reference, char *head) {
    char *rest = NULL;
    const char *first = strtok_r(head, "\r\n", &rest);
    if (first == NULL || sscanf(first, "HTTP/1.1 %u", &reference->status) != 1) return false;
    for (char *line; (line = strtok_r(NULL, "\r\n", &rest)) != NULL;) {
        char *colon = strchr(line, ':');
        if (colon == NULL || reference->header_count == HEADERS_MAX) return false;
        *colon = '\0';
        if (is_own(line)) continue;
        reference->headers[reference->header_count].name = line;
        reference->headers[reference->header_count++].value = colon + 1 + strspn(colon + 1, " ");
    }
    return true;
}

static char *read_file(const char *path, size_t *ret_size) {
    FILE *file = fopen(path, "re");
    char *text = NULL;
    size_t room = 0;
    if (file == NULL) return NULL;
    ssize_t size = getdelim(&text, &room, EOF, file);
    fclose(file);
    *ret_size = size > 0 ? (size_t)size : 0;
    return text;
}

static bool load(struct reference *reference, const char *path) {
    size_t size;
    reference->text = read_file(path, &size);
    char *end = reference->text == NULL ? NULL : strstr(reference->text, "\r\n\r\n");
    if (end == NULL) return false;
    reference->body = end + 4;
    reference->body_size = size - (size_t)(reference->body - reference->text);
    end[2] = '\0';
    return parse_head(reference, reference->text);
}

static struct MHD_Response *build(const struct reference *reference, const char *body, size_t size,
                                  enum MHD_ResponseMemoryMode mode) {
    struct MHD_Response *response = MHD_create_response_from_buffer(size, (void *)body, mode);
    for (size_t i = 0; response != NULL && i < reference->header_count; i++)
        MHD_add_response_header(response, reference->headers[i].name, reference->headers[i].value);
    return response;
}

static struct MHD_Response *build_of_texts(const struct reference *reference) {
    size_t size;
    char *body =
        reference_texts_join(reference->texts, reference->count, reference->adjacent, &size);
    return body == NULL ? NULL : build(reference, body, size, MHD_RESPMEM_MUST_FREE);
}

static struct MHD_Response *respond(const struct reference *reference) {
    if (reference->shared != NULL) return reference->shared;
    if (reference->texts != NULL) return build_of_texts(reference);
    return build(reference, reference->body, reference->body_size, MHD_RESPMEM_MUST_COPY);
}

/* ---- the server ------------------------------------------------------------------------------ */

/* A response that is queued on the first call would close the connection. */
static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *body,
                              size_t *body_size, void **state) {
    (void)url, (void)method, (void)version, (void)body;
    const struct reference *reference = context;
    if (*state == NULL) {
        *state = context;
        return MHD_YES;
    }
    *body_size = 0;
    struct MHD_Response *response = respond(reference);
    if (response == NULL) return MHD_NO;
    enum MHD_Result result = MHD_queue_response(connection, reference->status, response);
    if (response != reference->shared) MHD_destroy_response(response);
    return result;
}

static int open_socket(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &(int){1}, sizeof(int)) != 0 ||
        bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, SOMAXCONN) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0)
        return -1;
    printf("reference listening on http://127.0.0.1:%u\n", ntohs(address.sin_port));
    return fflush(stdout) == 0 ? fd : -1;
}

static void run(struct MHD_Daemon *daemon) {
    int epoll = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    while (!stopping) {
        MHD_UNSIGNED_LONG_LONG due;
        bool capped = MHD_get_timeout(daemon, &due) != MHD_YES || due > IDLE_MS;
        poll(&(struct pollfd){.fd = epoll, .events = POLLIN}, 1, capped ? IDLE_MS : (int)due);
        MHD_run(daemon);
    }
}

static bool serve(struct reference *reference, size_t memory) {
    int fd = open_socket();
    struct MHD_Daemon *daemon =
        fd < 0 ? NULL
               : MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, answer, reference,
                                  MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                  memory, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
                                  MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
                                  MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
    if (daemon == NULL) return false;
    run(daemon);
    MHD_stop_daemon(daemon);
    return true;
}

static void prepare_process(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    signal(SIGPIPE, SIG_IGN);
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = stop}, NULL);
}

static bool read_place(const char *name, enum reference_texts_place *ret_place) {
    static const char *const names[] = {[REFERENCE_TEXTS_DATABASE] = "database",
                                        [REFERENCE_TEXTS_FILE] = "file",
                                        [REFERENCE_TEXTS_MEMORY] = "memory"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(name, names[i]) != 0) continue;
        *ret_place = (enum reference_texts_place)i;
        return true;
    }
    return false;
}

static bool read_options(int argc, char **argv, struct options *options,
                         struct reference *reference) {
    static const struct option table[] = {{"memory", required_argument, NULL, 'm'},
                                          {"built", no_argument, NULL, 'b'},
                                          {"texts", required_argument, NULL, 't'},
                                          {"count", required_argument, NULL, 'c'},
                                          {"adjacent", no_argument, NULL, 'a'},
                                          {"from", required_argument, NULL, 'f'},
                                          {0}};
    for (int option; (option = getopt_long(argc, argv, "", table, NULL)) != -1;) {
        if (option == 'm') options->memory = strtoul(optarg, NULL, 10);
        if (option == 'b') options->built = true;
        if (option == 't') options->texts = optarg;
        if (option == 'c') reference->count = strtoul(optarg, NULL, 10);
        if (option == 'a') reference->adjacent = true;
        if (option == 'f' && !read_place(optarg, &options->from)) return false;
        if (option == '?') return false;
    }
    return optind == argc - 1;
}

static bool prepare(struct reference *reference, const struct options *options, const char *path) {
    if (!load(reference, path)) return false;
    if (options->texts != NULL) {
        reference->texts = reference_texts_open(options->texts, options->from);
        return reference->texts != NULL;
    }
    if (!options->built)
        reference->shared =
            build(reference, reference->body, reference->body_size, MHD_RESPMEM_PERSISTENT);
    return true;
}

int main(int argc, char **argv) {
    struct reference reference = {.count = 1};
    struct options options = {.memory = 8192};
    if (!read_options(argc, argv, &options, &reference)) {
        fputs(help, stderr);
        return 2;
    }
    prepare_process();
    bool good = prepare(&reference, &options, argv[optind]) && serve(&reference, options.memory);
    if (!good) fprintf(stderr, "reference_http: cannot serve %s\n", argv[optind]);
    if (reference.shared != NULL) MHD_destroy_response(reference.shared);
    reference_texts_close(reference.texts);
    free(reference.text);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
