#include "server/address.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

static struct address parse(const char *text) {
    struct address address;
    cr_assert(address_parse(text, strlen(text), &address), "%s", text);
    return address;
}

static void expect_text(const struct address *address, const char *expected) {
    char text[ADDRESS_TEXT_SIZE];
    address_format(address, text);
    cr_expect_str_eq(text, expected);
}

Test(address, is_read_and_written_in_its_own_notation) {
    static const char *const texts[] = {
        "192.0.2.1", "0.0.0.0", "::", "::1", "2001:db8::1", "2001:db8:1:2:3:4:5:6"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct address address = parse(texts[i]);
        expect_text(&address, texts[i]);
    }
}

Test(address, of_ipv4_is_the_same_through_an_ipv6_socket) {
    struct address mapped = parse("::ffff:192.0.2.1"), plain = parse("192.0.2.1");
    cr_expect_arr_eq(&mapped, &plain, sizeof(mapped));
    expect_text(&mapped, "192.0.2.1");
}

Test(address, is_nothing_else) {
    static const char *const wrong[] = {"",           "localhost", "192.0.2",      "192.0.2.256",
                                        "192.0.2.1 ", "1.2.3.4:5", "[::1]",        "fe80::1%eth0",
                                        ":::",        "unknown",   "192.0.2.1/24", "_hidden"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct address address;
        cr_expect_not(address_parse(wrong[i], strlen(wrong[i]), &address), "%s", wrong[i]);
    }
    char endless[1000];
    struct address address;
    memset(endless, '1', sizeof(endless));
    cr_expect_not(address_parse(endless, sizeof(endless), &address));
}

Test(address, is_taken_from_a_socket) {
    struct sockaddr_in ipv4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0xC0000201)};
    struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    struct address address;
    cr_assert(address_from_socket((struct sockaddr *)&ipv4, &address));
    expect_text(&address, "192.0.2.1");
    cr_assert(address_from_socket((struct sockaddr *)&ipv6, &address));
    expect_text(&address, "::1");
    cr_assert_not(address_from_socket((struct sockaddr *)&local, &address));
}

Test(address, of_ipv6_belongs_to_a_subscriber_of_64_bits) {
    struct address one = parse("2001:db8:1:2:3:4:5:6"), ipv4 = parse("192.0.2.1");
    struct address subscriber = address_subscriber(&one);
    expect_text(&subscriber, "2001:db8:1:2::");
    subscriber = address_subscriber(&ipv4);
    expect_text(&subscriber, "192.0.2.1");
}

static bool contains(const char *network_text, const char *address_text) {
    struct network network;
    cr_assert(network_parse(network_text, &network), "%s", network_text);
    struct address address = parse(address_text);
    return network_contains(&network, &address);
}

Test(network, contains_what_begins_like_it) {
    cr_expect(contains("10.0.0.0/8", "10.255.1.2"));
    cr_expect_not(contains("10.0.0.0/8", "11.0.0.0"));
    cr_expect(contains("192.0.2.128/25", "192.0.2.200"));
    cr_expect_not(contains("192.0.2.128/25", "192.0.2.127"));
    cr_expect(contains("192.0.2.1", "192.0.2.1"));
    cr_expect_not(contains("192.0.2.1", "192.0.2.0"));
    cr_expect(contains("0.0.0.0/0", "192.0.2.1"));
    cr_expect_not(contains("0.0.0.0/0", "2001:db8::1"));
    cr_expect(contains("::/0", "2001:db8::1"));
    cr_expect(contains("2001:db8::/33", "2001:db8:7fff::1"));
    cr_expect_not(contains("2001:db8::/33", "2001:db8:8000::1"));
    cr_expect(contains("::1/128", "::1"));
}

Test(network, is_an_address_and_bits_of_its_family) {
    static const char *const wrong[] = {"",         "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1",
                                        "::/129",   "10.0.0.0/8x", "10/8",      "localhost",
                                        "::1/0128", "10.0.0.0/ 8"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct network network;
        cr_expect_not(network_parse(wrong[i], &network), "%s", wrong[i]);
    }
}
