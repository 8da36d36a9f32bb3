#include "server/access_log.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct access_entry entry = {.time = {.tv_sec = 1732272000, .tv_nsec = 45000000},
                                          .client = "192.0.2.1",
                                          .method = "GET",
                                          .target = "/v1/questions?limit=2",
                                          .status = 200,
                                          .bytes = 123,
                                          .microseconds = 456};

Test(access_log, line_has_time_client_method_target_status_bytes_and_duration) {
    char line[ACCESS_LOG_LINE_MAX];
    size_t length = access_log_format(&entry, line);
    cr_assert_str_eq(
        line, "2024-11-22T10:40:00.045Z 192.0.2.1 GET /v1/questions?limit=2 200 123 456us\n");
    cr_assert_eq(length, strlen(line));
}

Test(access_log, target_cannot_forge_lines_or_move_the_cursor) {
    struct access_entry forged = entry;
    forged.target = "/a b\n\x1B[2J\xC3\\";
    char line[ACCESS_LOG_LINE_MAX];
    access_log_format(&forged, line);
    cr_assert_not_null(strstr(line, " /a\\x20b\\x0A\\x1B[2J\\xC3\\x5C 200 "));
}

Test(access_log, long_targets_are_cut_and_the_rest_of_the_line_is_whole) {
    static char target[100000];
    memset(target, '\n', sizeof(target) - 1);
    struct access_entry longest = entry;
    longest.target = target;
    char line[ACCESS_LOG_LINE_MAX];
    size_t length = access_log_format(&longest, line);
    cr_assert_lt(length, sizeof(line));
    cr_assert_str_eq(line + length - strlen(" 200 123 456us\n"), " 200 123 456us\n");
}

Test(access_log, requests_that_nobody_answered_have_no_status) {
    struct access_entry aborted = entry;
    aborted.status = 0;
    char line[ACCESS_LOG_LINE_MAX];
    access_log_format(&aborted, line);
    cr_assert_not_null(strstr(line, "limit=2 - 123 456us\n"), "%s", line);
}
