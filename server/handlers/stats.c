#include "db/store.h"
#include "server/encode.h"
#include "server/handlers/handlers.h"

enum problem handle_stats(struct store *store, const struct request *request,
                          struct response *response) {
    (void)request;
    struct bank_stats stats = {0};
    enum store_status status = handlers_has_bank(store) ? store_stats(store, &stats) : STORE_OK;
    if (status != STORE_OK) return handlers_store_problem(store, status);
    response->json = encode_stats(&stats);
    response->beyond_revision = true;
    bank_stats_free(&stats);
    return PROBLEM_NONE;
}
