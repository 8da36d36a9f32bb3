/* Who asks, where proxies stand between: Forwarded (RFC 7239) and X-Forwarded-For. Pure.
 *
 * Anyone can write anything into these fields. So they count only where the one who sent them is
 * trusted, and are read from the right, the end that the last proxy wrote, as far as those named
 * there are trusted too. */
#ifndef QBANK_SERVER_FORWARDED_H
#define QBANK_SERVER_FORWARDED_H

#include "server/address.h"

/* The networks of the proxies that are believed. */
struct proxies {
    struct network *networks; /* owned */
    size_t count;
};

/* The first address from the right that is no proxy's; where one of them cannot be read ("unknown",
 * an obfuscated name, rubbish) the one before it; the peer, who holds the connection, if the fields
 * are absent, a quote in them is left open or the peer is no proxy. A field that the proxy does not
 * know passes it untouched, as the client wrote it: so where both are there and do not agree it is
 * the peer. Either may be NULL.
 */
struct address forwarded_client(const struct proxies *proxies, const struct address *peer,
                                const char *forwarded, const char *x_forwarded_for);

#endif
