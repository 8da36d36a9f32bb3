/* One keep-alive connection of the load, which has one request under way at a time. */
#ifndef QBANK_BENCH_LOAD_CONNECTION_H
#define QBANK_BENCH_LOAD_CONNECTION_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/load/chunked.h"
#include "bench/load/targets.h"

/* The most that a response's head may take. */
enum { CONNECTION_HEAD_MAX = 4096 };

struct connection {
    int fd;
    uint64_t started; /* when the request went out, in nanoseconds of the monotonic clock */
    size_t head_size; /* of what is in `head`: once complete, the rest is only counted */
    size_t body_left;
    struct chunked chunked; /* instead of `body_left`, if `is_chunked` */
    bool is_chunked;
    bool in_body;
    int status; /* of the response under way */
    char head[CONNECTION_HEAD_MAX + 1];
};

enum connection_event {
    CONNECTION_WAITING,  /* more of the response is to come */
    CONNECTION_ANSWERED, /* the response is complete, its status in `status` */
    CONNECTION_BROKEN,   /* closed by the server, or not HTTP/1.1 as we speak it */
};

/* Connects; false with errno. */
bool connection_open(struct connection *connection, const struct sockaddr_in *address);
void connection_close(struct connection *connection);

/* Sends a whole request; false if the socket does not take it. */
bool connection_send(struct connection *connection, const struct request_text *request);

/* Reads what has come. `scratch`, of `size` bytes, is where bodies go to be forgotten. */
enum connection_event connection_read(struct connection *connection, char *scratch, size_t size);

#endif
