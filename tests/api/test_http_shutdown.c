/* How the server ends. */
#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "server/workers.h"
#include "tests/lib/bank.h"
#include "tests/lib/client.h"
#include "tests/lib/temporary.h"

static struct bank bank;

static void set_up(void) {
    bank_start(&bank);
}

static void tear_down(void) {
    free(bank.database);
    temporary_remove(bank.directory);
}

TestSuite(http_shutdown, .init = set_up, .fini = tear_down);

/* Only when no worker listens any more is a connection refused. One that is reset was let in by a
 * worker that has closed its socket since: the others may not have yet. */
static void expect_refused(void) {
    for (int turn = 0; turn < 2000; turn++) {
        int connection = client_connect(&bank.server);
        if (connection < 0 && errno == ECONNREFUSED) return;
        if (connection >= 0) close(connection);
        usleep(5000);
    }
    cr_assert_fail("the server still accepts connections");
}

/* Begins a request; its body is still to come when the server has said that it waits for it. */
static int begin_request(void) {
    int connection = client_connect(&bank.server);
    client_send(connection, "GET /v1/questions/descent/answer HTTP/1.1\r\nHost: x\r\n"
                            "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    char *reply = client_receive(connection, "\r\n\r\n");
    cr_assert_eq(strncmp(reply, "HTTP/1.1 100 ", 13), 0, "%s", reply);
    free(reply);
    return connection;
}

Test(http_shutdown, signals_end_it_cleanly) {
    cr_assert_eq(server_stop(&bank.server), 0);
    server_start(&bank.server, bank.database, NULL);
    kill(bank.server.process.pid, SIGINT);
    cr_assert_eq(server_wait(&bank.server, 10), 0);
}

Test(http_shutdown, idle_connections_do_not_delay_it) {
    int connection = client_connect(&bank.server);
    client_send(connection, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    free(client_receive(connection, "alive"));
    kill(bank.server.process.pid, SIGTERM);
    cr_assert_eq(server_wait(&bank.server, WORKERS_DRAIN_SECONDS - 1), 0);
    close(connection);
}

Test(http_shutdown, requests_under_way_are_finished) {
    int connection = begin_request();
    kill(bank.server.process.pid, SIGTERM);
    expect_refused();
    client_send(connection, "abcd");
    char *reply = client_receive(connection, NULL);
    cr_assert_eq(strncmp(reply, "HTTP/1.1 200 ", 13), 0, "%s", reply);
    cr_assert_not_null(strstr(reply, "Connection: close"), "%s", reply);
    cr_assert_not_null(strstr(reply, "It goes down."), "%s", reply);
    cr_assert_eq(server_wait(&bank.server, WORKERS_DRAIN_SECONDS - 1), 0);
    free(reply);
    close(connection);
}

/* More than a worker accepts in one turn come in while the server does not get to run. */
Test(http_shutdown, requests_that_wait_to_be_accepted_are_answered) {
    enum { COUNT = 200 };
    int connections[COUNT];
    kill(bank.server.process.pid, SIGSTOP);
    for (int i = 0; i < COUNT; i++) {
        connections[i] = client_connect(&bank.server);
        cr_assert(connections[i] >= 0);
        client_send(connections[i], "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    kill(bank.server.process.pid, SIGTERM);
    kill(bank.server.process.pid, SIGCONT);
    for (int i = 0; i < COUNT; i++) {
        char *reply = client_receive(connections[i], NULL);
        cr_expect_eq(strncmp(reply, "HTTP/1.1 200 ", 13), 0, "connection %d: %s", i, reply);
        free(reply);
        close(connections[i]);
    }
    cr_assert_eq(server_wait(&bank.server, WORKERS_DRAIN_SECONDS - 1), 0);
}

Test(http_shutdown, requests_that_never_finish_are_dropped_after_five_seconds) {
    int connection = begin_request();
    time_t start = time(NULL);
    kill(bank.server.process.pid, SIGTERM);
    cr_assert_eq(server_wait(&bank.server, 10), 0);
    cr_assert(time(NULL) - start >= WORKERS_DRAIN_SECONDS - 1);
    close(connection);
}

Test(http_shutdown, second_signal_ends_it_at_once) {
    int connection = begin_request();
    kill(bank.server.process.pid, SIGTERM);
    expect_refused();
    kill(bank.server.process.pid, SIGTERM);
    cr_assert_eq(server_wait(&bank.server, 2), 128 + SIGTERM);
    close(connection);
}
