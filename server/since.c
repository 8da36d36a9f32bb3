#include "server/since.h"

#include <string.h>

#include "db/store.h"
#include "server/parameters.h"
#include "server/timestamp.h"

enum problem since_read(const struct request *request, struct response *response,
                        struct since *ret_since) {
    const char *value = request_parameter(request, "updated_since");
    struct since since = {.given = value != NULL};
    if (since.given && parameter_is_revision(value))
        since.revision = value;
    else if (since.given && !timestamp_parse(value, &since.seconds))
        return parameter_refuse(response, "updated_since", value,
                                "it is a revision, or a time like 2026-11-22T13:18:04Z (an offset's"
                                " '+' is written %2B).");
    if (since.given) response->beyond_revision = true;
    *ret_since = since;
    return PROBLEM_NONE;
}

enum store_status since_find(const struct since *since, struct store *store,
                             const struct changes **ret_changes) {
    *ret_changes = NULL;
    if (!since->given) return STORE_OK;
    return since->revision != NULL
               ? store_changes_since_revision(store, since->revision, ret_changes)
               : store_changes_since_time(store, since->seconds, ret_changes);
}

/* An id needs no escapes (question_id_is_valid). */
static void write_id(void *context, const char *id) {
    struct json_text *text = context;
    if (text->data[text->size - 1] != '[') json_text_literal(text, ",");
    json_text_literal(text, "\"");
    json_text_append(text, id, strlen(id));
    json_text_literal(text, "\"");
}

enum store_status since_write_removed(const struct changes *changes, struct store *store,
                                      struct json_text *text) {
    json_text_literal(text, ",\"removed\":[");
    enum store_status status = STORE_OK;
    if (changes != NULL && !text->failed)
        status = store_removed_since(store, changes, write_id, text);
    json_text_literal(text, "]");
    return status;
}
