#include "server/rate_limit.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

static const uint64_t second = 1000000000;

static struct address client(const char *text) {
    struct address address;
    cr_assert(address_parse(text, strlen(text), &address));
    return address;
}

static struct rate_limit *create(const char *text) {
    struct rate rate;
    cr_assert(rate_parse(text, &rate), "%s", text);
    struct rate_limit *limit = rate_limit_create(&rate);
    cr_assert_not_null(limit);
    return limit;
}

static struct rate_verdict take(struct rate_limit *limit, const char *who, uint64_t now) {
    struct address address = client(who);
    return rate_limit_take(limit, &address, now);
}

static void expect(struct rate_limit *limit, uint64_t now, bool allowed, unsigned remaining,
                   unsigned seconds) {
    struct rate_verdict verdict = take(limit, "192.0.2.1", now);
    cr_expect_eq(verdict.allowed, allowed, "at %zu", (size_t)now);
    cr_expect_eq(verdict.remaining, remaining, "at %zu: %u", (size_t)now, verdict.remaining);
    cr_expect_eq(verdict.seconds, seconds, "at %zu: %u", (size_t)now, verdict.seconds);
}

Test(rate_limit, rates_are_a_number_in_a_time) {
    static const struct {
        const char *text;
        unsigned requests, window;
    } right[] = {{"1/s", 1, 1}, {"60/min", 60, 60}, {"1000000/h", 1000000, 3600}};
    for (size_t i = 0; i < 3; i++) {
        struct rate rate;
        cr_assert(rate_parse(right[i].text, &rate), "%s", right[i].text);
        cr_expect_eq(rate.requests, right[i].requests);
        cr_expect_eq(rate.window, right[i].window);
    }
    static const char *const wrong[] = {"",
                                        "60",
                                        "60/",
                                        "/min",
                                        "0/s",
                                        "-1/s",
                                        "1000001/s",
                                        "1.5/s",
                                        "60/day",
                                        "60/ min",
                                        "60 /min",
                                        "60/mins",
                                        "99999999999999999999/s"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct rate rate;
        cr_expect_not(rate_parse(wrong[i], &rate), "%s", wrong[i]);
    }
}

Test(rate_limit, as_many_as_are_allowed_at_once_and_then_one_by_one) {
    struct rate_limit *limit = create("3/min");
    expect(limit, 100 * second, true, 2, 20);
    expect(limit, 100 * second, true, 1, 40);
    expect(limit, 100 * second, true, 0, 20);
    expect(limit, 100 * second, false, 0, 20);
    expect(limit, 119 * second, false, 0, 1);
    expect(limit, 120 * second, true, 0, 20);
    expect(limit, 121 * second, false, 0, 19);
    rate_limit_free(limit);
}

Test(rate_limit, refused_requests_cost_nothing) {
    struct rate_limit *limit = create("1/s");
    expect(limit, second, true, 0, 1);
    for (int i = 0; i < 100; i++) expect(limit, second + second / 2, false, 0, 1);
    expect(limit, 2 * second, true, 0, 1);
    rate_limit_free(limit);
}

Test(rate_limit, whoever_waits_has_all_again_and_no_more) {
    struct rate_limit *limit = create("3/min");
    for (int i = 0; i < 3; i++) take(limit, "192.0.2.1", second);
    for (unsigned i = 3; i-- > 0;)
        cr_expect_eq(take(limit, "192.0.2.1", 3600 * second).remaining, i);
    cr_expect_not(take(limit, "192.0.2.1", 3600 * second).allowed);
    rate_limit_free(limit);
}

/* No number of requests may come out greater or less by rounding. */
Test(rate_limit, every_number_is_exact) {
    static const char *const rates[] = {"7/s", "999/s", "7/h", "99999/min"};
    static const unsigned numbers[] = {7, 999, 7, 99999};
    for (int i = 0; i < 4; i++) {
        struct rate_limit *limit = create(rates[i]);
        unsigned allowed = 0;
        while (take(limit, "192.0.2.1", second).allowed) allowed++;
        cr_expect_eq(allowed, numbers[i], "%s: %u", rates[i], allowed);
        rate_limit_free(limit);
    }
}

Test(rate_limit, clients_do_not_share) {
    struct rate_limit *limit = create("1/min");
    cr_expect(take(limit, "192.0.2.1", second).allowed);
    cr_expect(take(limit, "192.0.2.2", second).allowed);
    cr_expect_not(take(limit, "::ffff:192.0.2.1", second).allowed);
    rate_limit_free(limit);
}

Test(rate_limit, an_ipv6_network_is_one_client) {
    struct rate_limit *limit = create("1/min");
    cr_expect(take(limit, "2001:db8:1:2::1", second).allowed);
    cr_expect_not(take(limit, "2001:db8:1:2:ffff::2", second).allowed);
    cr_expect(take(limit, "2001:db8:1:3::1", second).allowed);
    rate_limit_free(limit);
}

/* However many there are, those who ask all the time are not forgotten by the many who ask once. */
Test(rate_limit, floods_of_clients_do_not_forget_the_greedy) {
    struct rate_limit *limit = create("100/min");
    for (int i = 0; i < 100; i++) take(limit, "192.0.2.1", second);
    struct address address = client("10.0.0.0");
    for (unsigned i = 0; i < 300000; i++) {
        address.bytes[13] = (unsigned char)(i >> 16);
        address.bytes[14] = (unsigned char)(i >> 8);
        address.bytes[15] = (unsigned char)i;
        rate_limit_take(limit, &address, second);
    }
    cr_expect_not(take(limit, "192.0.2.1", second).allowed);
    rate_limit_free(limit);
}

static atomic_uint granted;

static void *take_many(void *limit) {
    for (int i = 0; i < 20000; i++) {
        if (take(limit, "192.0.2.1", second).allowed) atomic_fetch_add(&granted, 1);
    }
    return NULL;
}

Test(rate_limit, workers_together_allow_no_more) {
    enum { THREADS = 4 };
    struct rate_limit *limit = create("30000/h");
    pthread_t threads[THREADS];
    atomic_store(&granted, 0);
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, take_many, limit);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    cr_expect_eq(atomic_load(&granted), 30000);
    rate_limit_free(limit);
}

/* Two workers look at the clock in one order and get the lock in the other. */
Test(rate_limit, a_clock_that_is_late_does_no_harm) {
    struct rate_limit *limit = create("2/min");
    take(limit, "192.0.2.1", 10 * second);
    take(limit, "192.0.2.1", 10 * second);
    expect(limit, 9 * second, false, 0, 30);
    rate_limit_free(limit);
}

Test(rate_limit, fields_follow_the_draft) {
    struct rate_limit *limit = create("60/min");
    char field[RATE_LIMIT_FIELD_SIZE];
    rate_limit_format(&(struct rate_verdict){true, 59, 1}, field);
    cr_expect_str_eq(field, "\"default\";r=59;t=1");
    cr_expect_str_eq(rate_limit_policy(limit), "\"default\";q=60;w=60");
    rate_limit_free(limit);
}
