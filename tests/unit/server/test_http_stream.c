/* A body that is made while it is sent, and one that fails in the middle. */
#include <criterion/criterion.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "content/buffer.h"
#include "tests/lib/http_loop.h"

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

static const struct pace leisurely = {.seconds = 60, .rate = 1};

/* Sends a request and serves until the connection ends, a second each turn; owned. */
static char *ask(struct plan *plan, const char *request) {
    struct http_loop loop;
    http_loop_start(&loop,
                    (struct http_settings){.answer = answer, .context = plan, .pace = plan->pace});
    int connection = http_loop_connect(&loop, request);
    struct buffer text = {0};
    time_t now = 1;
    for (bool open = true; open; now++) {
        if (!http_loop_turn(&loop, connection, now)) continue;
        char bytes[4096];
        ssize_t size = read(connection, bytes, sizeof(bytes));
        open = size > 0;
        if (open) buffer_append(&text, bytes, (size_t)size);
    }
    close(connection);
    http_loop_stop(&loop);
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

/* Whoever is behind, and at this pace everyone is soon, gets no end of it. */
Test(http_stream, is_cut_where_it_is_read_too_slowly, .timeout = 60) {
    struct plan plan = {.pieces = UINT_MAX, .pace = {.seconds = 50, .rate = SIZE_MAX}};
    char *text = ask(&plan, get);
    cr_expect_not_null(strstr(text, "Transfer-Encoding: chunked"), "%s", text);
    cr_expect_str_neq(text + strlen(text) - 5, "0\r\n\r\n");
    cr_expect(plan.freed);
    free(text);
}
