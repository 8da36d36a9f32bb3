#include "server/listen.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

static void expect_url(const char *text, const char *url) {
    struct listen_address address;
    char *error = NULL, actual[LISTEN_URL_SIZE];
    cr_assert(listen_resolve(text, &address, &error), "%s: %s", text, error);
    listen_format_url(&address, actual);
    cr_expect_str_eq(actual, url);
}

Test(listen, addresses_are_resolved) {
    expect_url("127.0.0.1:8080", "http://127.0.0.1:8080");
    expect_url("0.0.0.0:0", "http://0.0.0.0:0");
    expect_url("[::1]:65535", "http://[::1]:65535");
}

Test(listen, what_is_no_address_is_refused_with_an_example) {
    static const char *const wrong[] = {
        "",         "8080",      "127.0.0.1",       "127.0.0.1:", ":8080",
        "::1:8080", "[::1:8080", "127.0.0.1:65536", "a:-1",       "a:80x",
        "[]:80",    "a:999999",  "1.1.1.1:0x50"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct listen_address address;
        char *error = NULL;
        cr_expect_not(listen_resolve(wrong[i], &address, &error), "%s", wrong[i]);
        cr_assert_not_null(error);
        cr_expect_not_null(strstr(error, "127.0.0.1:8080"), "%s", error);
        free(error);
    }
}

static struct listen_address loopback(void) {
    struct listen_address address;
    char *error = NULL;
    cr_assert(listen_resolve("127.0.0.1:0", &address, &error));
    return address;
}

static in_port_t port_of(int fd) {
    struct sockaddr_in address;
    socklen_t length = sizeof(address);
    cr_assert_eq(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    return ntohs(address.sin_port);
}

Test(listen, sockets_share_the_port_that_the_system_chose) {
    struct listen_address address = loopback();
    int sockets[3];
    char *error = NULL;
    cr_assert(listen_open(&address, 3, sockets, &error), "%s", error);
    cr_assert_neq(port_of(sockets[0]), 0);
    cr_expect_eq(port_of(sockets[1]), port_of(sockets[0]));
    cr_expect_eq(port_of(sockets[2]), port_of(sockets[0]));
}

Test(listen, port_in_use_is_refused_though_it_may_be_shared) {
    struct listen_address address = loopback();
    int sockets[2], others[2];
    char *error = NULL;
    cr_assert(listen_open(&address, 2, sockets, &error), "%s", error);
    cr_assert_not(listen_open(&address, 2, others, &error));
    cr_expect_not_null(strstr(error, "127.0.0.1:"), "%s", error);
    cr_expect_not_null(strstr(error, "--listen"), "%s", error);
    free(error);
}

Test(listen, address_of_another_machine_is_refused_with_the_reason) {
    struct listen_address address;
    int sockets[1];
    char *error = NULL;
    cr_assert(listen_resolve("192.0.2.1:0", &address, &error)); /* TEST-NET-1, RFC 5737 */
    cr_assert_not(listen_open(&address, 1, sockets, &error));
    cr_expect_not_null(strstr(error, strerror(EADDRNOTAVAIL)), "%s", error);
    free(error);
}
