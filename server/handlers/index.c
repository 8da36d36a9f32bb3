#include "server/handlers/handlers.h"

/* Every named route with its path, a URI template (RFC 6570) where it has variables. */
static json_t *encode_links(void) {
    json_t *links = json_object();
    for (const struct route *route = routes; route < routes + route_count && links != NULL;
         route++) {
        if (route->name == NULL) continue;
        if (json_object_set_new(links, route->name, json_string(route->path)) == 0) continue;
        json_decref(links);
        links = NULL;
    }
    return links;
}

enum problem handle_index(struct store *store, const struct request *request,
                          struct response *response) {
    (void)store;
    (void)request;
    response->cache = CACHE_HOUR;
    response->json =
        json_pack("{s:s, s:s, s:s, s:o}", "name", "qbank", "version", QBANK_VERSION, "description",
                  "A bank of interview questions: list, filter, draw at random, reveal the answer.",
                  "links", encode_links());
    return PROBLEM_NONE;
}
