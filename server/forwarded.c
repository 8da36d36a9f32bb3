#include "server/forwarded.h"

#include <string.h>
#include <strings.h>

#include "server/field.h"

/* The walk goes from left to right: every hop that is not trusted, or cannot be read, makes what
 * stands to the left of it void. */
struct walk {
    const struct proxies *proxies;
    struct address client;
    bool known; /* whether there is a client yet */
};

static bool is_trusted(const struct proxies *proxies, const struct address *address) {
    for (size_t i = 0; i < proxies->count; i++) {
        if (network_contains(&proxies->networks[i], address)) return true;
    }
    return false;
}

static bool is_port(const char *text, size_t length) {
    return length == 0 || (text[0] == ':' && strspn(text + 1, "0123456789") >= length - 1);
}

/* "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80". */
static bool parse_node(const char *text, size_t length, struct address *ret_address) {
    if (length > 0 && text[0] == '[') {
        const char *close = memchr(text, ']', length);
        if (close == NULL) return false;
        size_t inside = (size_t)(close - text - 1);
        return is_port(close + 1, length - inside - 2) &&
               address_parse(text + 1, inside, ret_address);
    }
    const char *colon = memchr(text, ':', length);
    size_t host = colon != NULL ? (size_t)(colon - text) : length;
    bool has_port = colon != NULL && memchr(colon + 1, ':', length - host - 1) == NULL;
    if (!has_port) return address_parse(text, length, ret_address);
    return is_port(colon, length - host) && address_parse(text, host, ret_address);
}

static void take_hop(struct walk *walk, const char *text, size_t length) {
    struct address hop;
    if (!parse_node(text, length, &hop)) {
        walk->known = false;
    } else if (!walk->known || !is_trusted(walk->proxies, &hop)) {
        walk->client = hop;
        walk->known = true;
    }
}

static void walk_list(struct walk *walk, const char *at) {
    for (; *at != '\0'; at += *at == ',') {
        at = field_skip_blanks(at);
        const char *end = at + strcspn(at, ",");
        size_t length = field_part_length(at, end);
        if (length > 0) take_hop(walk, at, length);
        at = end;
    }
}

/* The value of "for", without its quotes. Nothing that an address is made of needs a backslash. */
static void take_for(struct walk *walk, const char *value, size_t length) {
    bool quoted = length >= 2 && value[0] == '"' && value[length - 1] == '"';
    take_hop(walk, value + quoted, quoted ? length - 2 : length);
}

/* One member of Forwarded; returns its end. */
static const char *walk_member(struct walk *walk, const char *at) {
    bool named = false;
    for (;; at++) {
        at = field_skip_blanks(at);
        const char *end = field_skip_part(at);
        if (strncasecmp(at, "for=", 4) == 0 && !named) {
            take_for(walk, at + 4, field_part_length(at + 4, end));
            named = true;
        }
        at = end;
        if (*at != ';') break;
    }
    if (!named) walk->known = false;
    return at;
}

/* What a client left open would swallow the members that proxies append to it. */
static void walk_forwarded(struct walk *walk, const char *at) {
    if (!field_is_closed(at)) return;
    for (; *at != '\0'; at += *at == ',') {
        at = field_skip_blanks(at);
        if (*at != ',' && *at != '\0') at = walk_member(walk, at);
    }
}

typedef void walk_field(struct walk *walk, const char *field);

static struct address find_client(const struct proxies *proxies, const struct address *peer,
                                  walk_field *walk_over, const char *field) {
    struct walk walk = {.proxies = proxies};
    walk_over(&walk, field);
    return walk.known ? walk.client : *peer;
}

struct address forwarded_client(const struct proxies *proxies, const struct address *peer,
                                const char *forwarded, const char *x_forwarded_for) {
    if (!is_trusted(proxies, peer)) return *peer;
    if (forwarded == NULL && x_forwarded_for == NULL) return *peer;
    if (forwarded == NULL) return find_client(proxies, peer, walk_list, x_forwarded_for);
    struct address client = find_client(proxies, peer, walk_forwarded, forwarded);
    if (x_forwarded_for == NULL) return client;
    struct address other = find_client(proxies, peer, walk_list, x_forwarded_for);
    return memcmp(&client, &other, sizeof(client)) == 0 ? client : *peer;
}
