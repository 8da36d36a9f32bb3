#include "db/store.h"
#include "server/encode.h"
#include "server/handlers/handlers.h"
#include "server/text_form.h"

enum problem handle_sections(struct store *store, const struct request *request,
                             struct response *response) {
    struct section_list list = {0};
    struct text_form form;
    enum problem problem = text_form_read(request, response, &form);
    if (problem != PROBLEM_NONE) return problem;
    enum store_status status = handlers_has_bank(store) ? store_sections(store, &list) : STORE_OK;
    if (status != STORE_OK) return handlers_store_problem(store, status);
    for (size_t i = 0; i < list.count; i++) text_form_put_title(&form, &list.items[i].title);
    response->json = json_pack("{s:o, s:s*}", "items", encode_sections(&list), "revision",
                               handlers_revision(store));
    section_list_free(&list);
    return PROBLEM_NONE;
}
