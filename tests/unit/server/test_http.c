/* More clients than there are connections for. */
#include "server/http.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/http_loop.h"

static void answer(void *context, const struct incoming *incoming, struct response *ret_response) {
    (void)context, (void)incoming;
    *ret_response = (struct response){.body = strdup("body"),
                                      .size = 4,
                                      .status = 200,
                                      .content_type = "text/plain",
                                      .cache = CACHE_NEVER};
}

static void run(const struct http_loop *loop) {
    for (int i = 0; i < 5; i++) http_run(loop->http, 1);
}

static bool is_ready(int descriptor) {
    return poll(&(struct pollfd){.fd = descriptor, .events = POLLIN}, 1, 0) == 1;
}

/* At once: not when something else happens, or an idle worker wakes anyway. */
Test(http, who_has_waited_for_a_place_gets_the_next_that_is_free, .timeout = 60) {
    struct http_loop loop;
    http_loop_start(&loop, (struct http_settings){.answer = answer,
                                                  .connections = 1,
                                                  .pace = {.seconds = 60, .rate = 1}});
    int first = http_loop_connect(&loop, "");
    run(&loop);
    int second = http_loop_connect(&loop, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    run(&loop);
    cr_expect_not(is_ready(http_descriptor(loop.http)), "the server has something to do");
    cr_expect_not(is_ready(second));
    close(first);
    while (!is_ready(second)) {
        bool is_due = is_ready(http_descriptor(loop.http)) || http_timeout(loop.http, 1000) == 0;
        cr_assert(is_due, "the server sleeps");
        http_run(loop.http, 1);
    }
    close(second);
    http_loop_stop(&loop);
}
