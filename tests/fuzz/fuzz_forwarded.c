/* Forwarded and X-Forwarded-For: any bytes name a client; what the client wrote to the left of the
 * last untrusted hop changes nothing; a stranger's fields are not looked at. */
#include "server/forwarded.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same(struct address one, struct address other) {
    return memcmp(&one, &other, sizeof(one)) == 0;
}

static struct address parse(const char *text) {
    struct address address;
    if (!address_parse(text, strlen(text), &address)) abort();
    return address;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct network network;
    char *field = strndup((const char *)data, size), *list, *members;
    if (field == NULL || !network_parse("10.0.0.0/8", &network)) abort();
    if (asprintf(&list, "%s, 198.51.100.7, 10.2.2.2", field) < 0) abort();
    if (asprintf(&members, "%s, for=198.51.100.7, for=10.2.2.2", field) < 0) abort();
    const struct proxies proxies = {&network, 1};
    struct address proxy = parse("10.0.0.1"), stranger = parse("192.0.2.9"),
                   client = parse("198.51.100.7");
    assert(same(forwarded_client(&proxies, &stranger, field, field), stranger));
    assert(same(forwarded_client(&proxies, &proxy, NULL, list), client));
    forwarded_client(&proxies, &proxy, field, field);
    /* A quoted string that does not end swallows the rest. */
    struct address found = forwarded_client(&proxies, &proxy, members, NULL);
    assert(strchr(field, '"') != NULL || same(found, client));
    free(members);
    free(list);
    free(field);
    return 0;
}
