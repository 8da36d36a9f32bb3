#include "db/store.h"
#include "server/handlers/handlers.h"

enum problem handle_livez(struct store *store, const struct request *request,
                          struct response *response) {
    (void)store;
    (void)request;
    response->cache = CACHE_NEVER;
    response->json = json_pack("{s:s}", "status", "alive");
    return PROBLEM_NONE;
}

/* Ready is a bank that is loaded and a database that answers. */
enum problem handle_readyz(struct store *store, const struct request *request,
                           struct response *response) {
    (void)request;
    if (!handlers_has_bank(store)) return PROBLEM_NOT_READY;
    enum store_status status = store_ping(store);
    if (status != STORE_OK) return handlers_store_problem(store, status);
    response->cache = CACHE_NEVER;
    response->json =
        json_pack("{s:s, s:s}", "status", "ready", "revision", handlers_revision(store));
    return PROBLEM_NONE;
}
