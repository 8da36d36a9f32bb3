/* The questions of the bank as JSON, the way they stand in every list: each is encoded once for
 * every form that is asked for and then kept, within bounds; but once these are reached, many
 * neighbours in Markdown are read each time. Lists and draws are made of them. One worker's; its
 * positions are those of the revision that its store is pinned to. */
#ifndef QBANK_SERVER_ITEMS_H
#define QBANK_SERVER_ITEMS_H

#include "db/store.h"
#include "server/json_text.h"
#include "server/text_form.h"

struct items;

/* Keeps up to `budget` bytes. NULL when memory runs out. */
struct items *items_create(size_t budget);
void items_free(struct items *items); /* accepts NULL */

/* Call whenever the store has been pinned anew: what was kept is of another bank. */
void items_forget(struct items *items);

/* Appends the questions at these positions, in this order, with commas between them; one whose
 * texts in that form were cut has "truncated":true as its last member. Without `items` (NULL) they
 * are read and encoded, whatever is kept. On anything but STORE_OK the text is to be thrown away.
 */
enum store_status items_write(struct items *items, struct store *store,
                              const struct text_form *form, const uint32_t *positions, size_t count,
                              struct json_text *text);

#endif
