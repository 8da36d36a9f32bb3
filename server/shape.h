/* What a caller wants to see of each question, and in which form: `fields`, `include`, `markup` and
 * `max_length`. A handler calls shape_read(), and shape_write() or handlers_write_items(), and has
 * all of them; its route has SHAPE among its parameters.
 *
 * Questions are kept as ready JSON (server/items.h), always the same and always without answers.
 * Any other shape is cut out of that, and answers are put in on the way out, so that nothing with
 * an answer in it is ever kept or mistaken for what has none. */
#ifndef QBANK_SERVER_SHAPE_H
#define QBANK_SERVER_SHAPE_H

#include "db/listing.h"
#include "server/json_text.h"
#include "server/request.h"
#include "server/response.h"
#include "server/text_form.h"

/* Zeroed: questions as they are. */
struct shape {
    unsigned fields; /* the members to keep, by their places in the list of names; 0: all */
    bool answers;    /* whether `answer` has the text as well */
    struct text_form form;
    const struct listing *found_by; /* a search: its hits get a `highlight`; or NULL */
};

/* Reads the parameters. PROBLEM_BULK_ANSWERS_DISABLED where the server gives no answers but
 * at the reveal. */
enum problem shape_read(const struct request *request, struct response *response,
                        struct shape *ret_shape);

/* Appends the questions at these positions, in this order, with commas between them; `items` as
 * items_write() has it. On anything but STORE_OK the text is to be thrown away. */
enum store_status shape_write(const struct shape *shape, struct items *items, struct store *store,
                              const uint32_t *positions, size_t count, struct json_text *text);

#endif
