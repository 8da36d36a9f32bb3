#include "tests/lib/http_loop.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

void http_loop_start(struct http_loop *ret_loop, struct http_settings settings) {
    static const struct http_policy policy;
    char *error = NULL;
    cr_assert(listen_resolve("127.0.0.1:0", &ret_loop->address, &error));
    cr_assert(listen_open(&ret_loop->address, 1, &settings.listen_fd, &error));
    settings.policy = &policy;
    settings.connections = 16;
    settings.cache_size = 1 << 20;
    ret_loop->http = http_start(&settings);
    cr_assert_not_null(ret_loop->http);
}

void http_loop_stop(struct http_loop *loop) {
    http_stop(loop->http);
}

void http_loop_send(int connection, const char *text) {
    cr_assert_eq(write(connection, text, strlen(text)), (ssize_t)strlen(text));
}

int http_loop_connect(const struct http_loop *loop, const char *text) {
    const struct listen_address *address = &loop->address;
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    /* The less the kernel takes for who does not read the better. */
    cr_assert_eq(setsockopt(connection, SOL_SOCKET, SO_RCVBUF, &(int){16384}, sizeof(int)), 0);
    cr_assert_eq(connect(connection, (struct sockaddr *)&address->storage, address->length), 0);
    http_loop_send(connection, text);
    return connection;
}

bool http_loop_turn(const struct http_loop *loop, int connection, time_t now) {
    struct pollfd descriptors[] = {{.fd = connection, .events = POLLIN},
                                   {.fd = http_descriptor(loop->http), .events = POLLIN}};
    poll(descriptors, 2, http_timeout(loop->http, 1000));
    http_run(loop->http, now);
    return descriptors[0].revents != 0;
}
