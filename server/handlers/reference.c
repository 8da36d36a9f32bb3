/* The interface's own description: the OpenAPI document, and the pages that show it to people. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/assets.h"
#include "server/handlers/handlers.h"
#include "server/yaml_json.h"

/* Nothing from elsewhere, and no script or style inside the page. The one exception are the icons
 * in the style sheet of the reference, which stand there as data URLs. */
static const char page_policy[] =
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

static enum problem serve_asset(struct response *response, const char *path) {
    const struct asset *asset = asset_find(path);
    if (asset == NULL) return PROBLEM_NO_SUCH_RESOURCE;
    size_t size = (size_t)(asset->end - asset->bytes);
    response->body = malloc(size);
    if (response->body == NULL) return PROBLEM_INTERNAL;
    memcpy(response->body, asset->bytes, size);
    response->size = size;
    response->content_type = asset->type;
    response->cache = CACHE_HOUR;
    return PROBLEM_NONE;
}

enum problem handle_openapi_yaml(struct store *store, const struct request *request,
                                 struct response *response) {
    (void)store;
    (void)request;
    return serve_asset(response, "/openapi.yaml");
}

enum problem handle_openapi_json(struct store *store, const struct request *request,
                                 struct response *response) {
    (void)store;
    (void)request;
    const struct asset *asset = asset_find("/openapi.yaml");
    if (asset == NULL) return PROBLEM_INTERNAL;
    response->cache = CACHE_HOUR;
    response->json = yaml_json_read(asset->bytes, (size_t)(asset->end - asset->bytes));
    return PROBLEM_NONE;
}

enum problem handle_reference(struct store *store, const struct request *request,
                              struct response *response) {
    (void)store;
    (void)request;
    response->policy = page_policy;
    return serve_asset(response, "/docs");
}

enum problem handle_reference_file(struct store *store, const struct request *request,
                                   struct response *response) {
    (void)store;
    char path[sizeof("/docs/") + NAME_MAX];
    int length = snprintf(path, sizeof(path), "/docs/%s", request->variables[0]);
    if (length < 0 || (size_t)length >= sizeof(path)) return PROBLEM_NO_SUCH_RESOURCE;
    return serve_asset(response, path);
}
