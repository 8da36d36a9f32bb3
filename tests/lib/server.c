#include "tests/lib/server.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { START_SECONDS = 30, POLL_MS = 5, LOG_MS = 1000, ARGUMENTS_MAX = 32 };

const char *const server_environment[] = {"QBANK_DB",
                                          "QBANK_LISTEN",
                                          "QBANK_WORKERS",
                                          "QBANK_IMPORT",
                                          "QBANK_ACCESS_LOG",
                                          "QBANK_NO_BULK_ANSWERS",
                                          "QBANK_CORS_ORIGIN",
                                          "QBANK_RATE_LIMIT",
                                          "QBANK_TRUSTED_PROXY",
                                          NULL};

static void pause_shortly(void) {
    nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
}

/* What the file in memory holds so far; leaves its position alone. */
static char *peek(int fd) {
    struct stat status;
    cr_assert_eq(fstat(fd, &status), 0);
    char *text = calloc(1, (size_t)status.st_size + 1);
    cr_assert_not_null(text);
    cr_assert(pread(fd, text, (size_t)status.st_size, 0) >= 0);
    return text;
}

void server_import(const char *database, const char *path) {
    const char *const arguments[] = {QBANK_PROGRAM, "import", "--db", database, path, NULL};
    struct process_result result =
        process_run(arguments, &(struct process_options){.environment = server_environment});
    cr_assert_eq(result.status, 0, "import of %s failed: %s", path, result.err);
    process_result_free(&result);
}

static bool find_url(struct server *server) {
    char *out = peek(server->process.out);
    const char *line = strstr(out, "qbank listening on http://");
    bool found = line != NULL && strchr(line, '\n') != NULL &&
                 sscanf(line, "qbank listening on %63s", server->url) == 1 &&
                 sscanf(strrchr(server->url, ':'), ":%u", &server->port) == 1;
    free(out);
    return found;
}

static void wait_until_listening(struct server *server) {
    for (int turn = 0; turn < START_SECONDS * 1000 / POLL_MS; turn++) {
        if (find_url(server)) return;
        int status;
        if (waitpid(server->process.pid, &status, WNOHANG) != 0) break;
        pause_shortly();
    }
    cr_assert_fail("the server did not start: %s", server_log(server));
}

void server_launch(struct server *ret_server, const char *const *command,
                   const char *const *environment) {
    struct server server = {
        .process = process_start(command, &(struct process_options){.environment = environment})};
    wait_until_listening(&server);
    *ret_server = server;
}

void server_start(struct server *ret_server, const char *database, const char *const *arguments) {
    const char *command[ARGUMENTS_MAX] = {QBANK_PROGRAM, "serve",       "--db",      database,
                                          "--listen",    "127.0.0.1:0", "--workers", "2"};
    size_t count = 8;
    for (; arguments != NULL && *arguments != NULL; arguments++) {
        cr_assert_lt(count, ARGUMENTS_MAX - 1);
        command[count++] = *arguments;
    }
    server_launch(ret_server, command, server_environment);
}

char *server_log(const struct server *server) {
    return peek(server->process.err);
}

static int take_status(struct server *server) {
    struct process_result result = process_wait(&server->process);
    int status = result.status;
    process_result_free(&result);
    return status;
}

char *server_await_log(const struct server *server, const char *text) {
    for (int waited = 0; waited < LOG_MS; waited += POLL_MS) {
        char *log = server_log(server);
        if (strstr(log, text) != NULL) return log;
        free(log);
        pause_shortly();
    }
    cr_assert_fail("no '%s' in the log: %s", text, server_log(server));
    return NULL;
}

int server_stop(struct server *server) {
    cr_assert_eq(kill(server->process.pid, SIGTERM), 0);
    return take_status(server);
}

int server_wait(struct server *server, unsigned seconds) {
    for (unsigned turn = 0; turn < seconds * 1000 / POLL_MS; turn++) {
        siginfo_t info = {0};
        waitid(P_PID, (id_t)server->process.pid, &info, WEXITED | WNOHANG | WNOWAIT);
        if (info.si_pid != 0) return take_status(server);
        pause_shortly();
    }
    return -1;
}
