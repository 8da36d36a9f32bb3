#include "db/store.h"
#include "server/encode.h"
#include "server/handlers/handlers.h"
#include "server/text_form.h"

enum problem handle_stats(struct store *store, const struct request *request,
                          struct response *response) {
    struct bank_stats stats = {0};
    struct text_form form;
    enum problem problem = text_form_read(request, response, &form);
    if (problem != PROBLEM_NONE) return problem;
    enum store_status status = handlers_has_bank(store) ? store_stats(store, &stats) : STORE_OK;
    if (status != STORE_OK) return handlers_store_problem(store, status);
    for (size_t i = 0; i < stats.source_count; i++)
        text_form_put_title(&form, &stats.sources[i].title);
    response->json = encode_stats(&stats);
    response->beyond_revision = true;
    bank_stats_free(&stats);
    return PROBLEM_NONE;
}
