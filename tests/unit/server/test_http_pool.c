/* Responses that are sent again: alone, and by a server whose clients do not read, so that many are
 * on their way at once. */
#include "server/http_pool.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "content/buffer.h"
#include "tests/lib/http_loop.h"

static const struct cors no_cors;
static const struct http_making common = {.cors = &no_cors, .coding = CODING_IDENTITY};

/* ---- the pool -------------------------------------------------------------------------------- */

/* A string of so many bytes of JSON, all of them this one, on a line. */
static char *make_json(size_t size, char byte) {
    char *json = malloc(size);
    memset(json, byte, size);
    json[0] = json[size - 2] = '"';
    json[size - 1] = '\n';
    return json;
}

static struct response make_draw(size_t size, char byte) {
    return (struct response){.body = make_json(size, byte),
                             .size = size,
                             .status = 200,
                             .content_type = "application/json",
                             .cache = CACHE_NEVER};
}

/* More than the kernel takes for a client that does not read. */
enum { SIZE = 7000, ASKED = 1000 };

static struct http_loop loop;
static unsigned answered;

/* The body is full of the first byte of the path. */
static void answer(void *context, const struct incoming *incoming, struct response *ret_response) {
    (void)context;
    *ret_response = make_draw(SIZE, incoming->target[1]);
    answered++;
}

static void set_up(void) {
    http_loop_start(&loop,
                    (struct http_settings){.answer = answer, .pace = {.seconds = 60, .rate = 1}});
}
static void tear_down(void) {
    http_loop_stop(&loop);
}
TestSuite(http_pool, .init = set_up, .fini = tear_down, .timeout = 60);

static struct http_lent *lend(struct http_pool *pool, size_t size, char byte) {
    struct response draw = make_draw(size, byte);
    struct http_lent *lent = http_pool_lend(pool, &draw, &common);
    response_free(&draw);
    return lent;
}

/* The JSON, blanks, and its newline. */
static void expect_filled(const struct http_lent *lent, size_t size, char byte, size_t filled) {
    struct http_answer answer = http_lent_answer(lent);
    const char *sent = answer.body;
    char *json = make_json(size, byte);
    cr_assert_eq(answer.size, filled);
    cr_expect_eq(memcmp(sent, json, size - 1), 0);
    for (size_t i = size - 1; i < filled - 1; i++) cr_expect_eq(sent[i], ' ', "at %zu", i);
    cr_expect_eq(sent[filled - 1], '\n');
    free(json);
}

Test(http_pool, fills_up_with_blanks) {
    static const size_t sizes[][2] = {{256, 256},  {257, 320},   {319, 320},
                                      {320, 320},  {5001, 5056}, {8191, HTTP_POOL_LARGEST},
                                      {8192, 8192}};
    struct http_pool pool = {0};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct http_lent *lent = lend(&pool, sizes[i][0], 'a');
        cr_assert_not_null(lent);
        expect_filled(lent, sizes[i][0], 'a', sizes[i][1]);
        http_pool_return(&pool, lent);
    }
    http_pool_free(&pool);
}

Test(http_pool, lends_what_was_returned_with_other_bytes) {
    struct http_pool pool = {0};
    struct http_lent *first = lend(&pool, 300, 'a');
    http_pool_return(&pool, first);
    cr_assert_eq(lend(&pool, 260, 'b'), first, "of the same size when it is filled up");
    expect_filled(first, 260, 'b', 320);
    http_pool_return(&pool, first);
    http_pool_free(&pool);
}

Test(http_pool, lends_to_one_at_a_time) {
    struct http_pool pool = {0};
    struct http_lent *first = lend(&pool, 300, 'a'), *second = lend(&pool, 300, 'b');
    cr_assert_neq(first, second);
    expect_filled(first, 300, 'a', 320);
    expect_filled(second, 300, 'b', 320);
    http_pool_return(&pool, first);
    http_pool_return(&pool, second);
    cr_expect_eq(lend(&pool, 300, 'c'), second, "the last that was used");
    http_pool_return(&pool, NULL);
    http_pool_return(&pool, second);
    http_pool_free(&pool);
}

static void expect_not_lent(const struct response *response, const struct http_making *making,
                            const char *why) {
    struct http_pool pool = {0};
    cr_expect_null(http_pool_lend(&pool, response, making), "%s", why);
}

Test(http_pool, lends_none_that_is_too_small_or_too_large) {
    struct http_pool pool = {0};
    cr_expect_null(lend(&pool, 192, 'a'));
    cr_expect_null(lend(&pool, 8193, 'a'));
    expect_not_lent(&(struct response){.status = 200, .cache = CACHE_NEVER}, &common, "no body");
}

Test(http_pool, lends_none_to_answers_with_fields_of_their_own) {
    struct response draw = make_draw(4000, 'a'), other = draw;
    other.status = 404;
    expect_not_lent(&other, &common, "another status");
    other = draw, other.cache = CACHE_REVALIDATE;
    expect_not_lent(&other, &common, "it may be kept");
    other = draw, other.content_type = "text/html";
    expect_not_lent(&other, &common, "no JSON");
    other = draw, other.content_type = NULL;
    expect_not_lent(&other, &common, "no content type");
    other = draw, other.policy = "default-src 'none'";
    expect_not_lent(&other, &common, "a policy");
    other = draw, strcpy(other.allow, "GET");
    expect_not_lent(&other, &common, "an Allow field");
    other = draw, other.location = "/";
    expect_not_lent(&other, &common, "a Location field");
    other = draw, other.next = "/";
    expect_not_lent(&other, &common, "a next page");
    other = draw, strcpy(other.filename, "x.json");
    expect_not_lent(&other, &common, "a name to save it under");
    other = draw, other.retry_after = 1;
    expect_not_lent(&other, &common, "a Retry-After field");
    response_free(&draw);
}

Test(http_pool, lends_none_to_requests_with_wishes_of_their_own) {
    struct response draw = make_draw(5000, 'a');
    struct http_making other = common;
    other.is_from_page = true;
    expect_not_lent(&draw, &other, "from a page of another origin");
    other = common, other.closing = true;
    expect_not_lent(&draw, &other, "the connection's last");
    other = common, other.coding = CODING_GZIP;
    expect_not_lent(&draw, &other, "in a coding");
    response_free(&draw);
}

/* ---- a server -------------------------------------------------------------------------------- */

static int ask(char byte, unsigned times) {
    char request[64];
    int connection = http_loop_connect(&loop, "");
    for (unsigned i = 0; i < times; i++) {
        snprintf(request, sizeof(request), "GET /%c HTTP/1.1\r\nHost: h\r\n%s\r\n", byte,
                 i + 1 < times ? "" : "Connection: close\r\n");
        http_loop_send(connection, request);
    }
    return connection;
}

/* Lets the server go on until it waits for clients that do not read. */
static void serve_until_stuck(int connection) {
    unsigned before = answered;
    for (int idle = 0; idle < 20; idle = answered == before ? idle + 1 : 0) {
        before = answered;
        http_loop_turn(&loop, connection, 1);
    }
}

static size_t count(const struct buffer *text, char wanted) {
    size_t found = 0;
    for (size_t i = 0; i < text->size; i++) found += text->data[i] == wanted;
    return found;
}

/* Reads to the end: bodies full of that byte, so many, and none of another's. */
static void expect_bodies(int connection, char byte, unsigned times) {
    struct buffer text = {0};
    char bytes[65536];
    for (ssize_t size = 1; size > 0;) {
        if (!http_loop_turn(&loop, connection, 1)) continue;
        size = read(connection, bytes, sizeof(bytes));
        if (size > 0) buffer_append(&text, bytes, (size_t)size);
    }
    close(connection);
    cr_expect_eq(count(&text, byte), times * (SIZE - 3u), "%c", byte);
    for (const char *other = "#$%&"; *other != '\0'; other++)
        if (*other != byte) cr_expect_eq(count(&text, *other), 0, "%c among %c", *other, byte);
    buffer_free(&text);
}

Test(http_pool, lent_to_many_at_once_they_are_not_mixed) {
    int hash = ask('#', ASKED), dollar = ask('$', ASKED), percent = ask('%', ASKED);
    serve_until_stuck(hash);
    cr_assert_eq(http_pending(loop.http), 3, "one of each is on its way");
    expect_bodies(ask('&', 10), '&', 10);
    expect_bodies(dollar, '$', ASKED);
    expect_bodies(hash, '#', ASKED);
    expect_bodies(percent, '%', ASKED);
}

Test(http_pool, lent_to_who_hangs_up_they_come_back) {
    int hash = ask('#', ASKED), dollar = ask('$', ASKED), percent = ask('%', ASKED);
    serve_until_stuck(hash);
    cr_assert_eq(http_pending(loop.http), 3);
    close(hash);
    close(percent);
    expect_bodies(ask('&', 10), '&', 10);
    expect_bodies(dollar, '$', ASKED);
    cr_expect_eq(http_pending(loop.http), 0);
}

Test(http_pool, lent_ones_are_freed_with_the_server) {
    int hash = ask('#', ASKED), dollar = ask('$', ASKED);
    serve_until_stuck(hash);
    cr_assert_eq(http_pending(loop.http), 2);
    tear_down();
    close(hash);
    close(dollar);
    set_up();
}
