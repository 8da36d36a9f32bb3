/* Where the server listens: --listen ADDRESS:PORT -> sockets. */
#ifndef QBANK_SERVER_LISTEN_H
#define QBANK_SERVER_LISTEN_H

#include <stdbool.h>
#include <sys/socket.h>

struct listen_address {
    struct sockaddr_storage storage;
    socklen_t length;
};

/* "http://[" + the longest IPv6 address + "]:65535" and a NUL, with room to spare. */
enum { LISTEN_URL_SIZE = 96 };

/* Resolves "127.0.0.1:8080", "[::1]:8080" or "host.name:8080"; port 0 lets the system choose.
 * False: *ret_error is an owned line that says what was wrong (NULL when memory ran out). */
bool listen_resolve(const char *text, struct listen_address *ret_address, char **ret_error);

/* Opens `count` non-blocking sockets that share one port through SO_REUSEPORT, each listening.
 * SO_REUSEPORT would let a second server start on the same port without a word, so the first
 * socket is bound without it. Port 0 in *address is replaced by the one that the system chose.
 * False: nothing is open; *ret_error as above. */
bool listen_open(struct listen_address *address, unsigned count, int *ret_sockets,
                 char **ret_error);

/* http://ADDRESS:PORT, an IPv6 address in brackets. */
void listen_format_url(const struct listen_address *address, char ret_url[LISTEN_URL_SIZE]);

#endif
