#include "server/pace.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct pace pace = {.seconds = 60, .rate = 1000};

/* A stream whose reader is the other end. */
struct stream {
    struct paced paced;
    int ends[2];
    size_t sent;
};

static void begin(struct paced **list, struct stream *stream, time_t now) {
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, stream->ends), 0);
    paced_begin(list, &stream->paced, stream->ends[0], now);
    paced_go_on(&stream->paced, &stream->sent, now);
}

static void end(struct stream *stream) {
    paced_end(&stream->paced);
    close(stream->ends[0]);
    close(stream->ends[1]);
}

static bool is_cut(const struct stream *stream) {
    struct pollfd descriptor = {.fd = stream->ends[1], .events = POLLIN};
    return poll(&descriptor, 1, 0) == 1 && (descriptor.revents & POLLHUP) != 0;
}

Test(pace, gives_some_time_whatever_is_read) {
    struct paced *list = NULL;
    struct stream stream = {0};
    begin(&list, &stream, 100);
    paced_cut(&list, &pace, 159);
    cr_expect_not(is_cut(&stream));
    paced_cut(&list, &pace, 160);
    cr_expect(is_cut(&stream));
    cr_expect_null(list);
    end(&stream);
}

Test(pace, gives_time_anew_for_what_comes_next) {
    struct paced *list = NULL;
    struct stream stream = {.sent = 4000};
    begin(&list, &stream, 0);
    paced_go_on(&stream.paced, NULL, 30);
    paced_cut(&list, &pace, 89);
    cr_expect_not(is_cut(&stream));
    paced_cut(&list, &pace, 90);
    cr_expect(is_cut(&stream));
    end(&stream);
}

Test(pace, gives_more_time_for_what_is_read) {
    struct paced *list = NULL;
    struct stream stream = {.sent = 3999};
    begin(&list, &stream, 0);
    paced_cut(&list, &pace, 62);
    cr_expect_not(is_cut(&stream));
    stream.sent = 4000;
    paced_cut(&list, &pace, 63);
    cr_expect_not(is_cut(&stream));
    paced_cut(&list, &pace, 64);
    cr_expect(is_cut(&stream));
    end(&stream);
}

Test(pace, cuts_only_who_is_behind) {
    struct paced *list = NULL;
    struct stream streams[4] = {0};
    for (int i = 0; i < 4; i++) begin(&list, &streams[i], 0);
    streams[0].sent = streams[2].sent = 100000;
    paced_cut(&list, &pace, 60);
    for (int i = 0; i < 4; i++) cr_expect_eq(is_cut(&streams[i]), i % 2 == 1, "%d", i);
    paced_end(&streams[0].paced);
    paced_cut(&list, &pace, 1000);
    cr_expect_not(is_cut(&streams[0]));
    cr_expect(is_cut(&streams[2]));
    for (int i = 0; i < 4; i++) end(&streams[i]);
}
