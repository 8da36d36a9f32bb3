#include "bench/load/connection.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool connection_open(struct connection *connection, const struct sockaddr_in *address) {
    *connection = (struct connection){.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    return connection->fd >= 0 &&
           setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)) == 0 &&
           connect(connection->fd, (const struct sockaddr *)address, sizeof(*address)) == 0;
}

void connection_close(struct connection *connection) {
    if (connection->fd >= 0) close(connection->fd);
    connection->fd = -1;
}

bool connection_send(struct connection *connection, const struct request_text *request) {
    ssize_t sent;
    do sent = send(connection->fd, request->bytes, request->size, MSG_DONTWAIT | MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    connection->head_size = 0;
    connection->in_body = false;
    return sent == (ssize_t)request->size;
}

/* The length that the head declares; 0 where it declares none, as for a 304. */
static size_t declared_length(const char *head) {
    const char *field = strcasestr(head, "\r\nContent-Length:");
    return field == NULL ? 0 : strtoul(field + strlen("\r\nContent-Length:"), NULL, 10);
}

static bool declares_chunks(const char *head) {
    const char *field = strcasestr(head, "\r\nTransfer-Encoding:");
    return field != NULL &&
           strncasecmp(field + strlen("\r\nTransfer-Encoding:"), " chunked", 8) == 0;
}

static enum connection_event take_chunks(struct connection *connection, const char *bytes,
                                         size_t size) {
    if (!chunked_take(&connection->chunked, bytes, size)) return CONNECTION_BROKEN;
    return connection->chunked.state == CHUNKED_DONE ? CONNECTION_ANSWERED : CONNECTION_WAITING;
}

static enum connection_event take_body(struct connection *connection, const char *bytes,
                                       size_t size) {
    if (connection->is_chunked) return take_chunks(connection, bytes, size);
    if (size > connection->body_left) return CONNECTION_BROKEN; /* nobody asked for more */
    connection->body_left -= size;
    return connection->body_left == 0 ? CONNECTION_ANSWERED : CONNECTION_WAITING;
}

static bool parse_status(const char *head, int *ret_status) {
    if (strncmp(head, "HTTP/1.1 ", 9) != 0) return false;
    *ret_status = atoi(head + 9);
    return true;
}

static enum connection_event take_head(struct connection *connection, const char *bytes,
                                       size_t size) {
    size_t room = CONNECTION_HEAD_MAX - connection->head_size;
    size_t before = connection->head_size, taken = size < room ? size : room;
    memcpy(connection->head + before, bytes, taken);
    connection->head_size += taken;
    connection->head[connection->head_size] = '\0';
    char *end = strstr(connection->head, "\r\n\r\n");
    if (end == NULL) return taken < size ? CONNECTION_BROKEN : CONNECTION_WAITING;
    end[2] = '\0'; /* so that no search for a field runs on into the body */
    if (!parse_status(connection->head, &connection->status)) return CONNECTION_BROKEN;
    connection->in_body = true;
    connection->body_left = connection->status == 304 ? 0 : declared_length(connection->head);
    connection->is_chunked = declares_chunks(connection->head);
    connection->chunked = (struct chunked){0};
    size_t head_taken = (size_t)(end + 4 - connection->head) - before;
    return take_body(connection, bytes + head_taken, size - head_taken);
}

enum connection_event connection_read(struct connection *connection, char *scratch, size_t size) {
    ssize_t got;
    do got = recv(connection->fd, scratch, size, MSG_DONTWAIT);
    while (got < 0 && errno == EINTR);
    if (got < 0) return errno == EAGAIN ? CONNECTION_WAITING : CONNECTION_BROKEN;
    if (got == 0) return CONNECTION_BROKEN;
    return connection->in_body ? take_body(connection, scratch, (size_t)got)
                               : take_head(connection, scratch, (size_t)got);
}
