#include "server/commands/access.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "server/commands/options.h"

/* "none" is an empty list, so it has to stand alone. */
bool access_add_origin(struct access *access, const char *command, const char *name,
                       const char *value) {
    struct cors *cors = &access->cors;
    bool none = strcmp(value, "none") == 0, listed = cors->origins != NULL;
    if ((none && listed) || (listed && cors->count == 0) || cors->count == CORS_ORIGINS_MAX) {
        options_misused(command, "%s is 'none' alone, or up to %d origins", name, CORS_ORIGINS_MAX);
        return false;
    }
    if (!none && !cors_origin_is_valid(value)) {
        options_misused(command,
                        "%s is an origin like https://quiz.example:8443, or none, not '%s'", name,
                        value);
        return false;
    }
    if (!listed) cors->origins = memory_alloc(CORS_ORIGINS_MAX * sizeof(cors->origins[0]));
    if (!none) cors->origins[cors->count++] = value;
    return true;
}

bool access_add_proxy(struct access *access, const char *command, const char *name,
                      const char *value) {
    struct proxies *proxies = &access->proxies;
    struct network network;
    if (!network_parse(value, &network)) {
        options_misused(command, "%s is an address like 10.0.0.1 or 2001:db8::/32, not '%s'", name,
                        value);
        return false;
    }
    size_t capacity = proxies->count;
    proxies->networks = memory_grow(proxies->networks, proxies->count, &capacity, sizeof(network));
    proxies->networks[proxies->count++] = network;
    return true;
}

bool access_set_rate(struct access *access, const char *command, const char *name,
                     const char *value) {
    if (rate_parse(value, &access->rate)) return true;
    options_misused(command,
                    "%s is a number of requests in a time, like 10/s, 60/min or 1000/h, "
                    "not '%s'",
                    name, value);
    return false;
}

void access_free(struct access *access) {
    free(access->cors.origins);
    free(access->proxies.networks);
    *access = (struct access){0};
}
