#include "server/listen.h"

#include <errno.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((format(printf, 2, 3))) static bool fail(char **ret_error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(ret_error, format, arguments) < 0) *ret_error = NULL;
    va_end(arguments);
    return false;
}

/* ---- addresses --------------------------------------------------------------------------------
 */

/* Cuts "host:port" or "[host]:port" in place. */
static bool split_address(char *text, char **ret_host, char **ret_port) {
    char *colon = strrchr(text, ':');
    if (colon == NULL) return false;
    *colon = '\0';
    if (text[0] == '[') {
        if (colon[-1] != ']') return false;
        colon[-1] = '\0';
        text++;
    } else if (strchr(text, ':') != NULL) {
        return false; /* an IPv6 address without brackets */
    }
    *ret_host = text;
    *ret_port = colon + 1;
    return *text != '\0';
}

static bool port_is_valid(const char *port) {
    size_t length = strspn(port, "0123456789");
    return length >= 1 && length <= 5 && port[length] == '\0' && atoi(port) <= 65535;
}

static bool look_up(const char *host, const char *port, struct listen_address *ret_address,
                    char **ret_error) {
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    int status = getaddrinfo(host, port, &hints, &found);
    if (status != 0) {
        return fail(ret_error, "cannot resolve '%s': %s", host, gai_strerror(status));
    }
    memcpy(&ret_address->storage, found->ai_addr, found->ai_addrlen);
    ret_address->length = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

bool listen_resolve(const char *text, struct listen_address *ret_address, char **ret_error) {
    char *copy = strdup(text), *host, *port;
    if (copy == NULL) return fail(ret_error, "out of memory");
    bool resolved = split_address(copy, &host, &port) && port_is_valid(port)
                        ? look_up(host, port, ret_address, ret_error)
                        : fail(ret_error,
                               "'%s' is no address to listen on; write ADDRESS:PORT, as in "
                               "127.0.0.1:8080 or [::1]:8080",
                               text);
    free(copy);
    return resolved;
}

void listen_format_url(const struct listen_address *address, char ret_url[LISTEN_URL_SIZE]) {
    char host[64] = "", port[8] = "";
    getnameinfo((const struct sockaddr *)&address->storage, address->length, host, sizeof(host),
                port, sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV);
    bool brackets = address->storage.ss_family == AF_INET6;
    snprintf(ret_url, LISTEN_URL_SIZE, "http://%s%s%s:%s", brackets ? "[" : "", host,
             brackets ? "]" : "", port);
}

/* ---- sockets ----------------------------------------------------------------------------------
 */

static int open_socket(const struct listen_address *address) {
    int fd = socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    /* A server that is started again must not wait for the connections of the one before. */
    if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool share_port(int fd) {
    return setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &(int){1}, sizeof(int)) == 0;
}

static bool bind_socket(int fd, const struct listen_address *address) {
    return bind(fd, (const struct sockaddr *)&address->storage, address->length) == 0;
}

/* Closing must not hide why it came to that. */
static int close_failed(int fd) {
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

/* SO_REUSEPORT comes after the bind: the kernel refuses the bind if another server has the port,
 * and looks at the option again when the next socket joins. */
static int open_first(struct listen_address *address) {
    int fd = open_socket(address);
    if (fd < 0) return -1;
    socklen_t length = sizeof(address->storage);
    if (bind_socket(fd, address) && share_port(fd) && listen(fd, SOMAXCONN) == 0 &&
        getsockname(fd, (struct sockaddr *)&address->storage, &length) == 0) {
        return fd;
    }
    return close_failed(fd);
}

static int open_further(const struct listen_address *address) {
    int fd = open_socket(address);
    if (fd < 0) return -1;
    if (share_port(fd) && bind_socket(fd, address) && listen(fd, SOMAXCONN) == 0) return fd;
    return close_failed(fd);
}

static bool explain_failure(const struct listen_address *address, char **ret_error) {
    int error = errno;
    char url[LISTEN_URL_SIZE];
    listen_format_url(address, url);
    const char *where = url + strlen("http://");
    if (error == EADDRINUSE) {
        return fail(ret_error,
                    "cannot listen on %s: another program has this port; stop it or choose another "
                    "one with --listen ADDRESS:PORT (port 0: any free one)",
                    where);
    }
    return fail(ret_error, "cannot listen on %s: %s; choose another address with --listen", where,
                strerror(error));
}

bool listen_open(struct listen_address *address, unsigned count, int *ret_sockets,
                 char **ret_error) {
    for (unsigned i = 0; i < count; i++) {
        ret_sockets[i] = i == 0 ? open_first(address) : open_further(address);
        if (ret_sockets[i] >= 0) continue;
        explain_failure(address, ret_error);
        while (i > 0) close(ret_sockets[--i]);
        return false;
    }
    return true;
}
