#include "server/forwarded.h"

#include <criterion/criterion.h>
#include <string.h>

static struct network networks[2];
static const struct proxies proxies = {networks, 2};

static void set_up(void) {
    cr_assert(network_parse("10.0.0.0/8", &networks[0]));
    cr_assert(network_parse("2001:db8:f::/48", &networks[1]));
}

TestSuite(forwarded, .init = set_up);

static void expect(const char *peer_text, const char *forwarded, const char *x_forwarded_for,
                   const char *expected) {
    struct address peer;
    char text[ADDRESS_TEXT_SIZE];
    cr_assert(address_parse(peer_text, strlen(peer_text), &peer));
    struct address client = forwarded_client(&proxies, &peer, forwarded, x_forwarded_for);
    address_format(&client, text);
    cr_expect_str_eq(text, expected, "from %s, Forwarded: %s, X-Forwarded-For: %s: %s", peer_text,
                     forwarded, x_forwarded_for, text);
}

static void expect_x(const char *field, const char *expected) {
    expect("10.0.0.1", NULL, field, expected);
}

static void expect_forwarded(const char *field, const char *expected) {
    expect("10.0.0.1", field, NULL, expected);
}

Test(forwarded, strangers_are_not_believed) {
    expect("192.0.2.9", NULL, "198.51.100.7", "192.0.2.9");
    expect("192.0.2.9", "for=198.51.100.7", NULL, "192.0.2.9");
    expect("2001:db8::9", "for=198.51.100.7", "198.51.100.7", "2001:db8::9");
}

Test(forwarded, without_a_field_it_is_the_peer) {
    expect("10.0.0.1", NULL, NULL, "10.0.0.1");
    expect_x("", "10.0.0.1");
    expect_x(" , ,", "10.0.0.1");
    expect_forwarded("", "10.0.0.1");
}

/* What stands further left the client may have made up. */
Test(forwarded, the_rightmost_that_is_no_proxy_counts) {
    expect_x("198.51.100.7", "198.51.100.7");
    expect_x("1.1.1.1, 198.51.100.7", "198.51.100.7");
    expect_x("1.1.1.1, 198.51.100.7, 10.1.1.1,10.2.2.2", "198.51.100.7");
    expect_x("10.9.9.9, 198.51.100.7, 10.1.1.1", "198.51.100.7");
    expect_x("10.3.3.3, 10.2.2.2", "10.3.3.3");
    expect_x("2001:db8::7, 2001:db8:f::1", "2001:db8::7");
}

Test(forwarded, what_cannot_be_read_hides_what_stands_left_of_it) {
    expect_x("198.51.100.7, unknown", "10.0.0.1");
    expect_x("198.51.100.7, rubbish, 10.1.1.1", "10.1.1.1");
    expect_x("rubbish, 198.51.100.7", "198.51.100.7");
    expect_forwarded("for=198.51.100.7, for=_hidden, for=10.1.1.1", "10.1.1.1");
    expect_forwarded("for=198.51.100.7, proto=https", "10.0.0.1");
    expect_forwarded("for=198.51.100.7, for=\"10.1.1.1", "10.0.0.1");
}

Test(forwarded, addresses_may_have_ports_and_brackets) {
    expect_x("198.51.100.7:1234", "198.51.100.7");
    expect_x("[2001:db8::7]:1234", "2001:db8::7");
    expect_x("[2001:db8::7]", "2001:db8::7");
    expect_x("[2001:db8::7", "10.0.0.1");
    expect_x("[2001:db8::7]x", "10.0.0.1");
    expect_x("198.51.100.7:x", "10.0.0.1");
}

Test(forwarded, members_follow_rfc_7239) {
    expect_forwarded("for=198.51.100.7", "198.51.100.7");
    expect_forwarded("proto=https;For=198.51.100.7;by=10.0.0.1", "198.51.100.7");
    expect_forwarded("by=1.1.1.1; for=\"198.51.100.7:80\" ;proto=http", "198.51.100.7");
    expect_forwarded("for=\"[2001:db8::7]:4711\"", "2001:db8::7");
    expect_forwarded("host=\"a,for=1.1.1.1;b\";for=198.51.100.7", "198.51.100.7");
    expect_forwarded("for=1.1.1.1, for=198.51.100.7, for=10.1.1.1", "198.51.100.7");
    expect_forwarded("for=198.51.100.7;for=1.1.1.1", "198.51.100.7");
}

/* A proxy that appends to what the client has written would do it inside the client's quotes. */
Test(forwarded, quotes_left_open_hide_nothing) {
    expect_forwarded("for=1.1.1.1;x=\", for=198.51.100.7", "10.0.0.1");
    expect_forwarded("for=1.1.1.1;x=\", for=\"[2001:db8::7]:4711\"", "10.0.0.1");
    expect_forwarded("for=1.1.1.1, x=\"\\, for=198.51.100.7", "10.0.0.1");
    expect_forwarded("for=1.1.1.1;x=\"a\"b\", for=198.51.100.7", "10.0.0.1");
}

/* A proxy that writes the one passes the other on as the client wrote it. */
Test(forwarded, two_fields_that_disagree_are_not_believed) {
    expect("10.0.0.1", "for=198.51.100.7", "198.51.100.7", "198.51.100.7");
    expect("10.0.0.1", "for=1.1.1.1", "198.51.100.7", "10.0.0.1");
    expect("10.0.0.1", "for=198.51.100.7", "1.1.1.1", "10.0.0.1");
}

Test(forwarded, without_proxies_nobody_is_believed) {
    struct address peer, client;
    cr_assert(address_parse("10.0.0.1", 8, &peer));
    client = forwarded_client(&(struct proxies){0}, &peer, "for=1.1.1.1", "1.1.1.1");
    cr_expect_arr_eq(&client, &peer, sizeof(peer));
}
