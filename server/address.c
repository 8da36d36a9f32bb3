#include "server/address.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { IPV4_OFFSET = 12, IPV4_BITS = 32, IPV6_BITS = 128, SUBSCRIBER_BYTES = 8 };

static const unsigned char ipv4_prefix[IPV4_OFFSET] = {[10] = 0xFF, [11] = 0xFF};

static bool is_ipv4(const struct address *address) {
    return memcmp(address->bytes, ipv4_prefix, IPV4_OFFSET) == 0;
}

static struct address map_ipv4(const void *bytes) {
    struct address address;
    memcpy(address.bytes, ipv4_prefix, IPV4_OFFSET);
    memcpy(address.bytes + IPV4_OFFSET, bytes, sizeof(address.bytes) - IPV4_OFFSET);
    return address;
}

bool address_parse(const char *text, size_t length, struct address *ret_address) {
    char copy[ADDRESS_TEXT_SIZE];
    if (length >= sizeof(copy)) return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    struct in_addr ipv4;
    if (inet_pton(AF_INET, copy, &ipv4) == 1) {
        *ret_address = map_ipv4(&ipv4);
        return true;
    }
    struct in6_addr ipv6;
    if (inet_pton(AF_INET6, copy, &ipv6) != 1) return false;
    memcpy(ret_address->bytes, &ipv6, sizeof(ret_address->bytes));
    return true;
}

bool address_from_socket(const struct sockaddr *socket, struct address *ret_address) {
    if (socket->sa_family == AF_INET) {
        *ret_address = map_ipv4(&((const struct sockaddr_in *)(const void *)socket)->sin_addr);
        return true;
    }
    if (socket->sa_family != AF_INET6) return false;
    memcpy(ret_address->bytes, &((const struct sockaddr_in6 *)(const void *)socket)->sin6_addr,
           sizeof(ret_address->bytes));
    return true;
}

void address_format(const struct address *address, char ret_text[ADDRESS_TEXT_SIZE]) {
    if (is_ipv4(address)) {
        inet_ntop(AF_INET, address->bytes + IPV4_OFFSET, ret_text, ADDRESS_TEXT_SIZE);
    } else {
        inet_ntop(AF_INET6, address->bytes, ret_text, ADDRESS_TEXT_SIZE);
    }
}

struct address address_subscriber(const struct address *address) {
    struct address subscriber = *address;
    if (!is_ipv4(address)) {
        memset(subscriber.bytes + SUBSCRIBER_BYTES, 0, sizeof(subscriber.bytes) - SUBSCRIBER_BYTES);
    }
    return subscriber;
}

/* One to three digits, no more than `most`. */
static bool parse_bits(const char *text, unsigned most, unsigned *ret_bits) {
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length > 3 || text[length] != '\0') return false;
    unsigned bits = (unsigned)strtoul(text, NULL, 10);
    if (bits > most) return false;
    *ret_bits = bits;
    return true;
}

bool network_parse(const char *text, struct network *ret_network) {
    struct network network = {.bits = IPV6_BITS};
    const char *slash = strchrnul(text, '/');
    if (!address_parse(text, (size_t)(slash - text), &network.address)) return false;
    if (*slash == '/') {
        bool ipv4 = is_ipv4(&network.address);
        if (!parse_bits(slash + 1, ipv4 ? IPV4_BITS : IPV6_BITS, &network.bits)) return false;
        if (ipv4) network.bits += IPV6_BITS - IPV4_BITS;
    }
    *ret_network = network;
    return true;
}

bool network_contains(const struct network *network, const struct address *address) {
    unsigned whole = network->bits / 8, rest = network->bits % 8;
    if (memcmp(network->address.bytes, address->bytes, whole) != 0) return false;
    if (rest == 0) return true;
    unsigned difference = network->address.bytes[whole] ^ address->bytes[whole];
    return difference >> (8 - rest) == 0;
}
