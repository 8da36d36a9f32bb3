/* HTTP itself: what clients send by mistake, on purpose, or all at once. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;

static void set_up(void) {
    bank_start(&bank);
}

/* Whatever a test does to it, the server is alive afterwards. */
static void tear_down(void) {
    json_decref(client_get_json(&bank.server, 200, "/livez"));
    bank_stop(&bank);
}

TestSuite(http_protocol, .init = set_up, .fini = tear_down);

/* Sends the bytes on a connection of their own and returns all that comes back. */
static char *exchange(const char *text) {
    int connection = client_connect(&bank.server);
    cr_assert_geq(connection, 0);
    client_send(connection, text);
    char *reply = client_receive(connection, NULL);
    close(connection);
    return reply;
}

static void expect_status(const char *text, const char *status_line) {
    char *reply = exchange(text);
    cr_expect_eq(strncmp(reply, status_line, strlen(status_line)), 0, "%.60s: %.200s", text, reply);
    free(reply);
}

#define CLOSE "Host: x\r\nConnection: close\r\n\r\n"

Test(http_protocol, malformed_targets_are_a_problem) {
    static const char *const targets[] = {
        "/v1/questions/%",     "/v1/questions/%4",          "/%zz",   "/v1/questions?section=%00",
        "/v1/questions/a%00b", "/v1/questions?section=%ff", "/%C0%AF"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        json_t *problem = client_get_json(&bank.server, 400, targets[i]);
        cr_expect_str_eq(json_text(problem, "type"), "/problems/malformed-target", "%s",
                         targets[i]);
        json_decref(problem);
    }
}

Test(http_protocol, forms_of_the_target) {
    expect_status("GET http://example.org/livez HTTP/1.1\r\n" CLOSE, "HTTP/1.1 200 ");
    expect_status("OPTIONS * HTTP/1.1\r\n" CLOSE, "HTTP/1.1 204 ");
    expect_status("GET * HTTP/1.1\r\n" CLOSE, "HTTP/1.1 400 ");
    expect_status("GET //livez HTTP/1.1\r\n" CLOSE, "HTTP/1.1 404 ");
    expect_status("GET /livez? HTTP/1.1\r\n" CLOSE, "HTTP/1.1 200 ");
    expect_status("GET /%6Civez HTTP/1.1\r\n" CLOSE, "HTTP/1.1 200 ");
}

Test(http_protocol, versions) {
    expect_status("GET /livez HTTP/1.0\r\n\r\n", "HTTP/1.1 200 ");
    expect_status("GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 400 ");
}

Test(http_protocol, garbage_does_no_harm) {
    free(exchange("\x16\x03\x01\x02\x01\x01\xfc\x03\x03\r\n\r\n"));
    free(exchange("GET\r\n\r\n"));
    free(exchange("GET /livez HTTP/9.9\r\n" CLOSE));
    free(exchange("GET /livez HTTP/1.1\r\nContent-Length: -1\r\n" CLOSE));
    free(exchange("GET /livez HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n" CLOSE));
}

Test(http_protocol, endless_heads_are_refused) {
    enum { SIZE = 200000 };
    char *text = malloc(SIZE + 64);
    strcpy(text, "GET /livez?");
    memset(text + strlen(text), 'a', SIZE);
    strcpy(text + SIZE, " HTTP/1.1\r\n" CLOSE);
    char *reply = exchange(text);
    cr_expect(strncmp(reply, "HTTP/1.1 4", 10) == 0 || reply[0] == '\0', "%.200s", reply);
    free(reply);
    free(text);
}

Test(http_protocol, pipelined_requests_are_answered_in_order) {
    char *reply = exchange("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
                           "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
                           "GET /readyz HTTP/1.1\r\n" CLOSE);
    const char *first = strstr(reply, "alive"), *second = strstr(reply, "no-such-resource"),
               *third = strstr(reply, "ready\"");
    cr_assert(first != NULL && second != NULL && third != NULL, "%s", reply);
    cr_assert(first < second && second < third);
    free(reply);
}

/* A body has no meaning for a GET, but the connection must not lose its place. */
Test(http_protocol, bodies_are_read_and_dropped) {
    char *reply = exchange("GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
                           "GET /readyz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "5\r\nhello\r\n0\r\n\r\n"
                           "GET /nothing HTTP/1.1\r\n" CLOSE);
    cr_expect_not_null(strstr(reply, "alive"));
    cr_expect_not_null(strstr(reply, "ready\""));
    cr_expect_not_null(strstr(reply, "no-such-resource"), "%s", reply);
    free(reply);
}

static void expect_problem(char *reply, const char *status_line, const char *type) {
    cr_expect_eq(strncmp(reply, status_line, strlen(status_line)), 0, "%.60s", reply);
    cr_expect_not_null(strstr(reply, "application/problem+json"), "%s", reply);
    cr_expect_not_null(strstr(reply, type), "%s", reply);
    free(reply);
}

/* A proxy may have read such a head in another way: what is a body to one of the two is a request
 * to the other. So nothing behind it is answered. */
Test(http_protocol, heads_that_can_be_read_in_two_ways_are_refused) {
    static const char *const heads[] = {
        "Host: x\r\nHost: y\r\n",
        "Host: x\r\nContent-Length: 0\r\nContent-Length: 5\r\n",
        "Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Host: x\r\nTransfer-Encoding: gzip, chunked\r\n",
        "Host: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Host: x\r\nTransfer-Encoding : chunked\r\n",
        "Host: x\r\nContent-Length\t: 5\r\n",
        "Host: x\r\nTransfer-Encoding:\r\n chunked\r\n",
        "Host: x\r\nTransfer-Encoding: chunked\r\n\t, gzip\r\n",
        "Host: x\r\nContent-Length:\r\n 5\r\n",
        "Host: x\r\nTransfer-Encoding\v: chunked\r\nContent-Length: 5\r\n",
        "Host: x\r\nX\r: chunked\r\nContent-Length: 5\r\n",
        " Transfer-Encoding: chunked\r\nHost: x\r\nContent-Length: 5\r\n",
    };
    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        char text[256];
        snprintf(text, sizeof(text),
                 "GET /livez HTTP/1.1\r\n%s\r\n0\r\n\r\nGET /readyz HTTP/1.1\r\n" CLOSE, heads[i]);
        char *reply = exchange(text);
        cr_expect_null(strstr(reply, "ready\""), "%s: %s", heads[i], reply);
        expect_problem(reply, "HTTP/1.1 400 ", "/problems/malformed-head");
    }
    expect_problem(exchange("GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                   "HTTP/1.1 400 ", "/problems/malformed-head");
}

/* The body is not waited for: who sends it on finds the connection closed, perhaps before the
 * answer is read. */
Test(http_protocol, large_bodies_are_refused) {
    char *reply = exchange("POST /v1/questions HTTP/1.1\r\nHost: x\r\n"
                           "Content-Length: 1048576\r\n\r\n");
    cr_expect_eq(strncmp(reply, "HTTP/1.1 413 ", 13), 0, "%s", reply);
    cr_expect_not_null(strstr(reply, "/problems/content-too-large"), "%s", reply);
    free(reply);
}

/* Without a declared length there is nothing to answer before the end, which may never come. */
Test(http_protocol, endless_chunks_are_cut) {
    enum { CHUNK = 0x4000, CHUNKS = 8 };
    char *text = calloc(1, 256 + CHUNKS * (CHUNK + 16));
    strcpy(text, "GET /livez HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < CHUNKS; i++) {
        strcat(text, "4000\r\n");
        memset(text + strlen(text), 'x', CHUNK);
        strcat(text, "\r\n");
    }
    char *reply = exchange(text);
    cr_assert_str_eq(reply, "");
    free(reply);
    free(text);
}

Test(http_protocol, requests_that_stop_halfway_are_forgotten) {
    for (int i = 0; i < 50; i++) {
        int connection = client_connect(&bank.server);
        client_send(connection, "GET /v1/questions HTTP/1.1\r\nHost:");
        close(connection);
    }
}

static void send_livez(int connection) {
    client_send(connection, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
}

static void expect_alive(int connection) {
    char *reply = client_receive(connection, "alive\"}\n");
    cr_assert_eq(strncmp(reply, "HTTP/1.1 200 ", 13), 0, "%s", reply);
    free(reply);
}

Test(http_protocol, hundreds_of_connections_are_kept_alive_at_once) {
    enum { CONNECTIONS = 300 };
    int connections[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++) {
        connections[i] = client_connect(&bank.server);
        cr_assert_geq(connections[i], 0, "connection %d", i);
    }
    for (int turn = 0; turn < 5; turn++) {
        for (int i = 0; i < CONNECTIONS; i++) send_livez(connections[i]);
        for (int i = 0; i < CONNECTIONS; i++) expect_alive(connections[i]);
    }
    for (int i = 0; i < CONNECTIONS; i++) close(connections[i]);
}

/* How many sockets listen on the port of the server, from the kernel's table. */
static int count_listeners(void) {
    enum { TCP_LISTEN_STATE = 0x0A };
    FILE *table = fopen("/proc/net/tcp", "r");
    cr_assert_not_null(table);
    char line[512];
    unsigned port, state;
    int count = 0;
    while (fgets(line, sizeof(line), table) != NULL) {
        if (sscanf(line, " %*d: %*x:%x %*x:%*x %x", &port, &state) != 2) continue;
        count += port == bank.server.port && state == TCP_LISTEN_STATE;
    }
    fclose(table);
    return count;
}

/* The kernel spreads connections over the sockets: one without a living worker would hang. */
Test(http_protocol, every_worker_listens_and_answers) {
    cr_assert_eq(count_listeners(), 2);
    for (int i = 0; i < 64; i++) {
        int connection = client_connect(&bank.server);
        send_livez(connection);
        expect_alive(connection);
        close(connection);
    }
}

/* A target with `count` filters, and a cookie of `cookie` bytes; returns the whole answer. */
static char *ask_at_length(int count, int cookie) {
    int connection = client_connect(&bank.server);
    cr_assert_geq(connection, 0);
    client_send(connection, "GET /v1/questions?limit=1");
    for (int i = 0; i < count; i++) client_send(connection, "&difficulty=easy");
    client_send(connection, " HTTP/1.1\r\nCookie: ");
    for (int i = 0; i < cookie; i++) client_send(connection, "c");
    client_send(connection, "\r\n" CLOSE);
    char *reply = client_receive(connection, NULL);
    close(connection);
    return reply;
}

static void expect_any_of(const char *reply, const char *const *statuses, const char *what) {
    for (; *statuses != NULL; statuses++) {
        if (strncmp(reply + strlen("HTTP/1.1 "), *statuses, 3) == 0) return;
    }
    cr_expect_fail("%s: %.60s", what, reply);
}

/* The response's head shares the connection's memory with the request's. Where the request alone
 * fills nearly all of it, libmicrohttpd has no room left to refuse it with: 12 KB are far from
 * that. */
Test(http_protocol, requests_of_any_length_get_an_answer) {
    for (int count = 0; count <= 700; count += 50) {
        for (int cookie = 1; cookie <= 4001 && 16 * count + cookie < 12000; cookie += 2000) {
            char *reply = ask_at_length(count, cookie), what[64];
            snprintf(what, sizeof(what), "%d filters, %d bytes of cookie", count, cookie);
            expect_any_of(reply, (const char *const[]){"200", "414", "431", NULL}, what);
            free(reply);
        }
    }
    char *reply = ask_at_length(2, 0);
    cr_expect_not_null(strstr(reply, "rel=\"next\""), "%s", reply);
    free(reply);
}

/* The whole answer to a request of one long target. */
static char *ask_long_target(size_t length) {
    int connection = client_connect(&bank.server);
    char *text = malloc(length + 128), *end = stpcpy(text, "GET ");
    memset(end, 'a', length);
    *end = '/';
    strcpy(end + length, " HTTP/1.1\r\n" CLOSE);
    client_send(connection, text);
    free(text);
    char *reply = client_receive(connection, NULL);
    close(connection);
    return reply;
}

Test(http_protocol, targets_may_have_8_kib) {
    expect_problem(ask_long_target(8192), "HTTP/1.1 404 ", "/problems/no-such-resource");
    expect_problem(ask_long_target(8193), "HTTP/1.1 414 ", "/problems/target-too-long");
    expect_problem(ask_long_target(15000), "HTTP/1.1 414 ", "/problems/target-too-long");
}

/* A cookie takes its room twice, and each field some more. */
Test(http_protocol, heads_that_leave_no_room_for_an_answer_are_refused) {
    for (int cookie = 6700; cookie <= 7700; cookie += 500) {
        expect_problem(ask_at_length(1, cookie), "HTTP/1.1 431 ", "/problems/head-too-large");
    }
    char text[4096] = "GET /v1/stats HTTP/1.1\r\n";
    for (int i = 0; i < 200; i++) strcat(text, "A: b\r\n");
    strcat(text, CLOSE);
    expect_problem(exchange(text), "HTTP/1.1 431 ", "/problems/head-too-large");
}
