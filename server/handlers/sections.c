#include "db/store.h"
#include "server/encode.h"
#include "server/handlers/handlers.h"

enum problem handle_sections(struct store *store, const struct request *request,
                             struct response *response) {
    (void)request;
    struct section_list list = {0};
    enum store_status status = handlers_has_bank(store) ? store_sections(store, &list) : STORE_OK;
    if (status != STORE_OK) return handlers_store_problem(store, status);
    response->json = json_pack("{s:o, s:s*}", "items", encode_sections(&list), "revision",
                               handlers_revision(store));
    section_list_free(&list);
    return PROBLEM_NONE;
}
