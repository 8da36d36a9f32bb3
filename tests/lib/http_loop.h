/* A server of server/http.h on a port of its own choice in the test's thread, which has to drive
 * it: what time it is the test says. Every failure ends the test. */
#ifndef QBANK_TESTS_LIB_HTTP_LOOP_H
#define QBANK_TESTS_LIB_HTTP_LOOP_H

#include "server/http.h"
#include "server/listen.h"

struct http_loop {
    struct http *http;
    struct listen_address address;
};

/* Settings without a socket and a policy, which are added. */
void http_loop_start(struct http_loop *ret_loop, struct http_settings settings);
void http_loop_stop(struct http_loop *loop);

/* A new connection to it with `text` sent, which may be "". */
int http_loop_connect(const struct http_loop *loop, const char *text);

/* Sends more. */
void http_loop_send(int connection, const char *text);

/* Waits until the connection can be read or the server has something to do, for a second at most,
 * and lets the server do it; whether the connection can be read. */
bool http_loop_turn(const struct http_loop *loop, int connection, time_t now);

#endif
