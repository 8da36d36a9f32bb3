/* A body that is made while it is sent, and one that fails in the middle. */
#include <criterion/criterion.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "content/buffer.h"
#include "server/http.h"
#include "server/listen.h"

enum { PIECES = 1000, PIECE = 100 };

/* Says so many pieces, then ends or fails. */
struct source {
    unsigned left;
    bool fails;
    bool *freed;
};

static ssize_t read_source(void *context, char *buffer, size_t size) {
    struct source *source = context;
    cr_assert_geq(size, PIECE);
    if (source->left == 0) return source->fails ? -1 : 0;
    source->left--;
    memset(buffer, 'x', PIECE);
    return PIECE;
}

static void free_source(void *context) {
    struct source *source = context;
    *source->freed = true;
    free(source);
}

struct plan {
    unsigned pieces;
    struct pace pace;
    bool fails, freed;
};

static void answer(void *context, const struct incoming *incoming, struct response *ret_response) {
    (void)incoming;
    struct plan *plan = context;
    struct source *source = malloc(sizeof(*source));
    *source = (struct source){plan->pieces, plan->fails, &plan->freed};
    *ret_response = (struct response){.stream = {read_source, free_source, source},
                                      .status = 200,
                                      .content_type = "text/plain",
                                      .filename = "x.txt"};
}

static const struct http_policy policy;
static const struct pace leisurely = {.seconds = 60, .rate = 1};

/* Sends a request and serves until the connection ends; owned. */
static char *ask(struct plan *plan, const char *request) {
    struct listen_address address;
    char *error = NULL;
    int listening, connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(listen_resolve("127.0.0.1:0", &address, &error));
    cr_assert(listen_open(&address, 1, &listening, &error));
    struct http *http = http_start(&(struct http_settings){.listen_fd = listening,
                                                           .policy = &policy,
                                                           .answer = answer,
                                                           .context = plan,
                                                           .connections = 1,
                                                           .cache_size = 1 << 20,
                                                           .pace = plan->pace});
    cr_assert_not_null(http);
    cr_assert_eq(connect(connection, (struct sockaddr *)&address.storage, address.length), 0);
    cr_assert_eq(write(connection, request, strlen(request)), (ssize_t)strlen(request));
    struct buffer text = {0};
    for (bool open = true; open;) {
        struct pollfd descriptors[] = {{.fd = connection, .events = POLLIN},
                                       {.fd = http_descriptor(http), .events = POLLIN}};
        poll(descriptors, 2, http_timeout(http, 1000));
        http_run(http);
        if (descriptors[0].revents == 0) continue;
        char bytes[4096];
        ssize_t size = read(connection, bytes, sizeof(bytes));
        open = size > 0;
        if (open) buffer_append(&text, bytes, (size_t)size);
    }
    close(connection);
    http_stop(http);
    return buffer_steal(&text);
}

static size_t count(const char *text, char wanted) {
    size_t found = 0;
    for (; *text != '\0'; text++) found += *text == wanted;
    return found;
}

static const char get[] = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
static const char head[] = "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n";

Test(http_stream, is_sent_whole_in_chunks) {
    struct plan plan = {.pieces = PIECES, .pace = leisurely};
    char *text = ask(&plan, get), *body = strstr(text, "\r\n\r\n");
    cr_assert_not_null(body, "%s", text);
    cr_expect_not_null(strstr(text, "Transfer-Encoding: chunked"));
    cr_expect_not_null(strstr(text, "Content-Disposition: attachment; filename=\"x.txt\""));
    cr_expect_eq(count(body, 'x'), PIECES * PIECE);
    cr_expect_str_eq(text + strlen(text) - 5, "0\r\n\r\n");
    cr_expect(plan.freed);
    free(text);
}

/* Without the last chunk the client knows that something is missing (RFC 9112, section 8). */
Test(http_stream, that_fails_does_not_end_as_if_it_were_whole) {
    struct plan plan = {.pieces = PIECES, .pace = leisurely, .fails = true};
    char *text = ask(&plan, get), *body = strstr(text, "\r\n\r\n");
    cr_assert_not_null(body, "%s", text);
    cr_expect_eq(count(body, 'x'), PIECES * PIECE);
    cr_expect_str_neq(text + strlen(text) - 5, "0\r\n\r\n");
    cr_expect(plan.freed);
    free(text);
}

Test(http_stream, is_not_made_for_head) {
    struct plan plan = {.pieces = PIECES, .pace = leisurely};
    char *text = ask(&plan, head), *body = strstr(text, "\r\n\r\n");
    cr_assert_not_null(body, "%s", text);
    cr_expect_not_null(strstr(text, "Connection: close"));
    cr_expect_null(strstr(text, "Content-Length"));
    cr_expect_str_eq(body, "\r\n\r\n");
    cr_expect(plan.freed);
    free(text);
}

/* Whoever is behind, and at this pace everyone is, gets no end of it. */
Test(http_stream, is_cut_where_it_is_read_too_slowly, .timeout = 60) {
    struct plan plan = {.pieces = UINT_MAX, .pace = {.seconds = 0, .rate = SIZE_MAX}};
    char *text = ask(&plan, get);
    cr_expect_not_null(strstr(text, "Transfer-Encoding: chunked"), "%s", text);
    cr_expect_str_neq(text + strlen(text) - 5, "0\r\n\r\n");
    cr_expect(plan.freed);
    free(text);
}
