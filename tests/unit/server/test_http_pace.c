/* Connections whose clients take their time. */
#include "server/http_pace.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/http_loop.h"

/* More than the kernel takes for a client that does not read. */
enum { LARGE = 32 << 20, RATE = 1 << 20 };

static struct http_loop loop;

static void answer(void *context, const struct incoming *incoming, struct response *ret_response) {
    (void)context;
    size_t size = strcmp(incoming->target, "/large") == 0 ? LARGE : 3;
    *ret_response = (struct response){.body = malloc(size),
                                      .size = size,
                                      .status = 200,
                                      .content_type = "text/plain",
                                      .cache = CACHE_NEVER};
    memset(ret_response->body, 'x', size);
}

static void set_up(void) {
    http_loop_start(
        &loop, (struct http_settings){.answer = answer, .pace = {.seconds = 60, .rate = RATE}});
}
static void tear_down(void) {
    http_loop_stop(&loop);
}
TestSuite(http_pace, .init = set_up, .fini = tear_down, .timeout = 60);

static void await_answer(int connection, time_t now) {
    char bytes[1024];
    while (!http_loop_turn(&loop, connection, now)) continue;
    ssize_t size = read(connection, bytes, sizeof(bytes));
    cr_assert_gt(size, 12);
    cr_assert_eq(strncmp(bytes, "HTTP/1.1 200", 12), 0, "%.*s", (int)size, bytes);
}

/* Lets the server do what there is to do at that time; whether the connection is still there. */
static bool is_open_at(int connection, time_t now) {
    struct pollfd descriptor = {.fd = connection, .events = POLLIN};
    for (int i = 0; i < 5; i++) http_run(loop.http, now);
    return poll(&descriptor, 1, 0) == 0;
}

static void expect_cut_at(int connection, time_t when) {
    cr_expect(is_open_at(connection, when - 1));
    cr_expect_not(is_open_at(connection, when));
    close(connection);
}

Test(http_pace, who_says_nothing_is_cut_off) {
    int connection = http_loop_connect(&loop, "");
    http_loop_turn(&loop, connection, 100);
    expect_cut_at(connection, 160);
}

/* Each byte would be a sign of life for libmicrohttpd. */
Test(http_pace, a_request_has_to_come_in) {
    static const char request[] = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
    int connection = http_loop_connect(&loop, "");
    http_loop_turn(&loop, connection, 100);
    for (size_t i = 0; i < sizeof(request) - 1; i++) {
        http_loop_send(connection, (const char[]){request[i], '\0'});
        cr_assert(is_open_at(connection, 101 + (time_t)i));
    }
    /* The head has had its time since the end of the first line. */
    expect_cut_at(connection, 101 + (time_t)strlen("GET / HTTP/1.1\r") + 60);
}

Test(http_pace, each_request_has_its_time) {
    static const char request[] = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    int connection = http_loop_connect(&loop, request);
    await_answer(connection, 100);
    cr_expect(is_open_at(connection, 159));
    http_loop_send(connection, request);
    await_answer(connection, 159);
    expect_cut_at(connection, 219);
}

/* A long answer has more of it. */
Test(http_pace, an_answer_has_to_be_read) {
    int connection = http_loop_connect(&loop, "GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
    await_answer(connection, 100);
    time_t due = 100 + 60 + LARGE / RATE;
    http_run(loop.http, due - 1);
    cr_expect_eq(http_pending(loop.http), 1);
    http_run(loop.http, due);
    for (int i = 0; i < 100 && http_pending(loop.http) > 0; i++)
        http_loop_turn(&loop, connection, due);
    cr_expect_eq(http_pending(loop.http), 0);
    close(connection);
}
