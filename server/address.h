/* Addresses of clients and networks of proxies. Pure. */
#ifndef QBANK_SERVER_ADDRESS_H
#define QBANK_SERVER_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

struct sockaddr;

/* An IPv6 address; an IPv4 one is held as the IPv6 address ::ffff:a.b.c.d (RFC 4291, section
 * 2.5.5.2), so that a client is the same whichever socket it comes through. */
struct address {
    unsigned char bytes[16];
};

struct network {
    struct address address;
    unsigned bits; /* how many of the address's 128 count */
};

/* Room for the longest address as text. */
enum { ADDRESS_TEXT_SIZE = 46 };

/* Reads "192.0.2.1" or "2001:db8::1", without brackets, port or zone. */
bool address_parse(const char *text, size_t length, struct address *ret_address);

/* False for what is neither IPv4 nor IPv6. */
bool address_from_socket(const struct sockaddr *socket, struct address *ret_address);

/* IPv4 in its own notation. */
void address_format(const struct address *address, char ret_text[ADDRESS_TEXT_SIZE]);

/* Whom the address is given out to: an IPv4 address is one customer, of an IPv6 address the first
 * 64 bits are (RFC 6177), who has all the others of that network to choose from. */
struct address address_subscriber(const struct address *address);

/* Reads "ADDRESS" or "ADDRESS/BITS", bits of the family of the address. */
bool network_parse(const char *text, struct network *ret_network);

bool network_contains(const struct network *network, const struct address *address);

#endif
