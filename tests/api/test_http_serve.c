/* The command line of `qbank serve`. */
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"
#include "tests/lib/temporary.h"

static char *directory, *database;

static void set_up(void) {
    directory = temporary_create();
    database = temporary_path(directory, "bank.db");
}

static void tear_down(void) {
    free(database);
    temporary_remove(directory);
}

TestSuite(http_serve, .init = set_up, .fini = tear_down);

/* Runs a command line that must end by itself. */
static void expect_exit(int status, const char *message, const char *const *arguments,
                        const char *const *environment) {
    const char *command[16] = {QBANK_PROGRAM, "serve"};
    for (size_t i = 2; *arguments != NULL; i++) command[i] = *arguments++;
    struct process_result result =
        process_run(command, &(struct process_options){.environment = environment});
    cr_expect_eq(result.status, status, "%d: %s", result.status, result.err);
    cr_expect_not_null(strstr(status == 0 ? result.out : result.err, message), "%s%s", result.out,
                       result.err);
    process_result_free(&result);
}

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

Test(http_serve, help_names_every_option) {
    static const char *const options[] = {
        "--db",         "--listen",          "--workers",    "--import",
        "--cache-size", "--no-bulk-answers", "--access-log", "--cors-origin",
        "--rate-limit", "--trusted-proxy",   "--help"};
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
        expect_exit(0, options[i], ARGUMENTS("--help"), server_environment);
    }
}

Test(http_serve, wrong_usage_is_status_2_and_names_the_remedy) {
    expect_exit(2, "--help", ARGUMENTS("--nonsense"), server_environment);
    expect_exit(2, "--help", ARGUMENTS("--db"), server_environment);
    expect_exit(2, "'somewhere'", ARGUMENTS("somewhere"), server_environment);
    expect_exit(2, "from 1 to 256", ARGUMENTS("--workers", "0"), server_environment);
    expect_exit(2, "from 1 to 256", ARGUMENTS("--workers", "257"), server_environment);
    expect_exit(2, "from 1 to 256", ARGUMENTS("--workers", "2x"), server_environment);
    static const char *const sizes[] = {"", "K", "-1", " 1", "1.5M", "1T", "1KB", "17179869184G"};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        expect_exit(2, "with K, M or G", ARGUMENTS("--cache-size", sizes[i]), server_environment);
    }
    expect_exit(2, "127.0.0.1:8080", ARGUMENTS("--listen", "8080"), server_environment);
    expect_exit(2, "60/min", ARGUMENTS("--rate-limit", "60"), server_environment);
    expect_exit(2, "10.0.0.1", ARGUMENTS("--trusted-proxy", "proxy.example"), server_environment);
    expect_exit(2, "https://quiz", ARGUMENTS("--cors-origin", "quiz.example"), server_environment);
    expect_exit(2, "alone", ARGUMENTS("--cors-origin", "none", "--cors-origin", "https://a"),
                server_environment);
    expect_exit(2, "alone", ARGUMENTS("--cors-origin", "https://a", "--cors-origin", "none"),
                server_environment);
    expect_exit(2, "QBANK_RATE_LIMIT", ARGUMENTS("--db", database),
                ARGUMENTS("QBANK_RATE_LIMIT=many"));
    expect_exit(2, "QBANK_CORS_ORIGIN", ARGUMENTS("--db", database),
                ARGUMENTS("QBANK_CORS_ORIGIN=*"));
    expect_exit(2, "QBANK_TRUSTED_PROXY", ARGUMENTS("--db", database),
                ARGUMENTS("QBANK_TRUSTED_PROXY=10.0.0.0/33"));
    expect_exit(2, "QBANK_WORKERS", ARGUMENTS("--db", database), ARGUMENTS("QBANK_WORKERS=many"));
    expect_exit(2, "QBANK_CACHE_SIZE", ARGUMENTS("--db", database),
                ARGUMENTS("QBANK_CACHE_SIZE=much"));
    expect_exit(2, "127.0.0.1:8080", ARGUMENTS("--db", database), ARGUMENTS("QBANK_LISTEN=x"));
}

Test(http_serve, port_in_use_names_address_and_remedy) {
    struct server server;
    server_start(&server, database, NULL);
    const char *address = server.url + strlen("http://");
    expect_exit(1, address, ARGUMENTS("--db", database, "--listen", address), server_environment);
    expect_exit(1, "--listen", ARGUMENTS("--db", database, "--listen", address),
                server_environment);
    json_decref(client_get_json(&server, 200, "/livez"));
    cr_assert_eq(server_stop(&server), 0);
}

Test(http_serve, port_is_free_again_at_once) {
    struct server first, second;
    server_start(&first, database, NULL);
    int connection = client_connect(&first);
    client_send(connection, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    free(client_receive(connection, "alive"));
    char address[64];
    snprintf(address, sizeof(address), "%s", first.url + strlen("http://"));
    cr_assert_eq(server_stop(&first), 0);
    server_launch(&second, ARGUMENTS(QBANK_PROGRAM, "serve", "--db", database, "--listen", address),
                  server_environment);
    cr_assert_eq(second.port, first.port);
    cr_assert_eq(server_stop(&second), 0);
    close(connection);
}

Test(http_serve, databases_that_cannot_be_opened_are_named) {
    char *text =
        temporary_write(directory, "notes.txt", "This is no database, but it is a text.\n");
    expect_exit(1, text, ARGUMENTS("--db", text, "--listen", "127.0.0.1:0"), server_environment);
    free(text);
}

Test(http_serve, imports_before_it_listens) {
    struct server server;
    server_start(
        &server, database,
        ARGUMENTS("--import", "tests/data/bank/alpha.md", "--import", "tests/data/bank/further"));
    json_t *stats = client_get_json(&server, 200, "/v1/stats");
    cr_expect_eq(json_number(stats, "questions.total"), 6);
    json_decref(stats);
    cr_assert_eq(server_stop(&server), 0);
}

Test(http_serve, failing_import_ends_it) {
    char *missing = temporary_path(directory, "missing.md");
    expect_exit(1, missing, ARGUMENTS("--db", database, "--import", missing), server_environment);
    free(missing);
}

Test(http_serve, environment_stands_behind_the_flags) {
    char *variable;
    cr_assert(asprintf(&variable, "QBANK_DB=%s", database) > 0);
    const char *const environment[] = {variable,
                                       "QBANK_LISTEN=127.0.0.1:0",
                                       "QBANK_WORKERS=1",
                                       "QBANK_IMPORT=tests/data/bank",
                                       "QBANK_ACCESS_LOG=1",
                                       NULL};
    struct server server;
    server_launch(&server, ARGUMENTS(QBANK_PROGRAM, "serve"), environment);
    json_decref(client_get_json(&server, 200, "/v1/questions/rank"));
    free(server_await_log(&server, " GET /v1/questions/rank 200 "));
    cr_assert_eq(server_stop(&server), 0);

    char *other = temporary_path(directory, "other.db");
    server_launch(
        &server,
        ARGUMENTS(QBANK_PROGRAM, "serve", "--db", other, "--import", "tests/data/bank/further"),
        environment);
    json_decref(client_get_json(&server, 404, "/v1/questions/alpha"));
    cr_assert_eq(server_stop(&server), 0);
    free(other);
    free(variable);
}

Test(http_serve, says_where_it_listens_and_what_to_try) {
    struct server server;
    server_start(&server, database, NULL);
    char *log = server_await_log(&server, "/v1/questions/random");
    cr_expect_not_null(strstr(log, server.url), "%s", log);
    free(log);
    cr_assert_eq(server_stop(&server), 0);
}

static bool has_ipv6(void) {
    int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in6 loopback = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    bool bound = fd >= 0 && bind(fd, (struct sockaddr *)&loopback, sizeof(loopback)) == 0;
    if (fd >= 0) close(fd);
    return bound;
}

Test(http_serve, listens_on_ipv6) {
    if (!has_ipv6()) cr_skip("this machine has no IPv6");
    struct server server;
    server_launch(&server,
                  ARGUMENTS(QBANK_PROGRAM, "serve", "--db", database, "--listen", "[::1]:0"),
                  server_environment);
    cr_expect_eq(strncmp(server.url, "http://[::1]:", 13), 0, "%s", server.url);
    json_decref(client_get_json(&server, 200, "/livez"));
    cr_assert_eq(server_stop(&server), 0);
}

Test(http_serve, access_log_has_a_line_for_each_request) {
    struct server server;
    server_import(database, "tests/data/bank");
    server_start(&server, database, ARGUMENTS("--access-log"));
    struct reply reply;
    client_get(&server, "/v1/questions/alpha?x=%0A", &reply);
    char line[128];
    snprintf(line, sizeof(line), " 127.0.0.1 GET /v1/questions/alpha?x=%%0A 400 %zu ",
             reply.body_size);
    free(server_await_log(&server, line));
    reply_free(&reply);
    client_request(&server, "HEAD", "/livez", NULL, &reply);
    free(server_await_log(&server, " HEAD /livez 200 "));
    reply_free(&reply);
    cr_assert_eq(server_stop(&server), 0);
}

/* What libmicrohttpd refuses by itself, here a request without a Host, and clients that go away. */
Test(http_serve, access_log_has_requests_that_are_no_http) {
    struct server server;
    server_import(database, "tests/data/bank");
    server_start(&server, database, ARGUMENTS("--access-log"));
    int connection = client_connect(&server);
    client_send(connection, "GET /nohost HTTP/1.1\r\n\r\n");
    free(client_receive(connection, NULL));
    close(connection);
    free(server_await_log(&server, " 127.0.0.1 - /nohost 400 0 "));
    connection = client_connect(&server);
    client_send(connection, "GET /halfway HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                            "Expect: 100-continue\r\n\r\n");
    free(client_receive(connection, "100 Continue"));
    close(connection);
    free(server_await_log(&server, " GET /halfway - 0 "));
    cr_assert_eq(server_stop(&server), 0);
}

Test(http_serve, access_log_is_off_unless_asked_for) {
    struct server server;
    server_start(&server, database, NULL);
    json_decref(client_get_json(&server, 200, "/livez"));
    usleep(100000);
    char *log = server_log(&server);
    cr_expect_null(strstr(log, "/livez"), "%s", log);
    free(log);
    cr_assert_eq(server_stop(&server), 0);
}

/* A connection that is waited upon for so long gets no answer. */
static int connect_patiently(const struct server *server) {
    int connection = client_connect(server);
    cr_assert_geq(connection, 0);
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = 5},
               sizeof(struct timeval));
    return connection;
}

static void expect_alive(int connection) {
    client_send(connection, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    char *reply = client_receive(connection, "alive\"}\n");
    cr_expect_not_null(strstr(reply, "alive"), "%s", reply);
    free(reply);
}

/* Of 128 descriptors 64 are set aside, and 32 for each worker. */
Test(http_serve, who_waits_to_be_accepted_is_as_soon_as_there_is_room) {
    enum { ROOM = 32, ALL = 2 * ROOM };
    struct server server;
    int connections[ALL];
    server_launch(&server,
                  ARGUMENTS("sh", "-c",
                            "ulimit -n 128; exec \"$0\" serve --db \"$1\" --workers 1 "
                            "--listen 127.0.0.1:0",
                            QBANK_PROGRAM, database),
                  server_environment);
    for (int i = 0; i < ALL; i++) connections[i] = connect_patiently(&server);
    for (int i = 0; i < ROOM; i++) expect_alive(connections[i]);
    for (int i = ROOM; i < ALL; i++) {
        close(connections[i - ROOM]);
        expect_alive(connections[i]);
    }
    for (int i = ROOM; i < ALL; i++) close(connections[i]);
    cr_expect_eq(server_stop(&server), 0);
}

/* The limit that is in force at first may be the lower one of two, and each worker listens on a
 * socket of its own. */
Test(http_serve, more_workers_than_descriptors_at_first) {
    struct server server;
    server_launch(&server,
                  ARGUMENTS("sh", "-c",
                            "ulimit -S -n 32; exec \"$0\" serve --db \"$1\" --workers 40 "
                            "--listen 127.0.0.1:0",
                            QBANK_PROGRAM, database),
                  server_environment);
    json_decref(client_get_json(&server, 200, "/livez"));
    cr_expect_eq(server_stop(&server), 0);
}
