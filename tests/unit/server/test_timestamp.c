#include "server/timestamp.h"

#include <criterion/criterion.h>

static void expect_time(const char *text, int64_t expected) {
    int64_t seconds = 42;
    cr_expect(timestamp_parse(text, &seconds), "%s", text);
    cr_expect_eq(seconds, expected, "%s: %lld", text, (long long)seconds);
}

Test(timestamp, reads_dates_with_times) {
    expect_time("1970-01-01T00:00:00Z", 0);
    expect_time("2026-11-22T13:18:04Z", 1795353484);
    expect_time("2026-11-22t13:18:04z", 1795353484);
    expect_time("2026-11-22 13:18:04Z", 1795353484);
    expect_time("2024-02-29T23:59:59Z", 1709251199);
    expect_time("1969-12-31T23:59:59Z", -1);
}

Test(timestamp, reads_offsets) {
    expect_time("2026-11-22T14:18:04+01:00", 1795353484);
    expect_time("2026-11-22T07:48:04-05:30", 1795353484);
    expect_time("2026-11-22T13:18:04-00:00", 1795353484);
}

Test(timestamp, cuts_fractions_off) {
    expect_time("2026-11-22T13:18:04.999Z", 1795353484);
    expect_time("2026-11-22T13:18:04.000000001+00:00", 1795353484);
}

Test(timestamp, a_leap_second_is_the_next_minute) {
    expect_time("2016-12-31T23:59:60Z", 1483228800);
}

Test(timestamp, refuses_everything_else) {
    static const char *const wrong[] = {"",
                                        "now",
                                        "2026-11-22",
                                        "2026-11-22T13:18Z",
                                        "2026-11-22T13:18:04",
                                        "2026-11-22T13:18:04.Z",
                                        "2026-11-22T13:18:04Z ",
                                        "2026-11-22T13:18:04+1:00",
                                        "2026-11-22T13:18:04+24:00",
                                        "2026-11-22T13:18:04+01:60",
                                        "2026-02-29T00:00:00Z",
                                        "2026-13-01T00:00:00Z",
                                        "2026-00-01T00:00:00Z",
                                        "2026-01-00T00:00:00Z",
                                        "2026-01-01T24:00:00Z",
                                        "2026-01-01T00:60:00Z",
                                        "2026-01-01T00:00:61Z",
                                        "26-01-01T00:00:00Z",
                                        "2026_01-01T00:00:00Z"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        int64_t seconds = 42;
        cr_expect_not(timestamp_parse(wrong[i], &seconds), "%s", wrong[i]);
        cr_expect_eq(seconds, 42);
    }
}
