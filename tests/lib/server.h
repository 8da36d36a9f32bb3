/* A real qbank server for tests: the program under test as a child process, on a port of its own
 * choice. It dies with the test whatever happens. Every failure ends the test. */
#ifndef QBANK_TESTS_LIB_SERVER_H
#define QBANK_TESTS_LIB_SERVER_H

#include "tests/lib/process.h"

struct server {
    struct process process;
    unsigned port;
    char url[64]; /* http://ADDRESS:PORT, no slash at the end */
};

/* Imports `path` (file or directory) into `database`; it must succeed. */
void server_import(const char *database, const char *path);

/* Starts `qbank serve --db DATABASE --listen 127.0.0.1:0 --workers 2 ARGUMENT…` (`arguments`: NULL,
 * or a list that ends with NULL) and waits until it listens. */
void server_start(struct server *ret_server, const char *database, const char *const *arguments);

/* The same with a command line and an environment (struct process_options) of the test's choice. */
void server_launch(struct server *ret_server, const char *const *command,
                   const char *const *environment);

/* Unsets what whoever runs the tests may have set for qbank. */
extern const char *const server_environment[];

/* What the server has written to standard error so far; owned. */
char *server_log(const struct server *server);

/* Waits until the text stands there, for a second at most: a line of the access log is written when
 * the response is out, which the client may see first. Returns all of the log; owned. */
char *server_await_log(const struct server *server, const char *text);

/* Sends SIGTERM and waits for the end. Returns the exit status, or 128 + the signal that ended the
 * server. */
int server_stop(struct server *server);

/* Waits for the end without asking for it; as for server_stop(), or -1 if the server is still there
 * after so many seconds. */
int server_wait(struct server *server, unsigned seconds);

#endif
