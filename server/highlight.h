/* A question in pieces, those that a search has found marked, as JSON:
 *
 *     [{"text":"What is the ","match":false},{"text":"hinge","match":true},…]
 *
 * Pieces instead of tags or offsets: nothing has to be unescaped, escaped or counted to show them.
 * Their text is the Markdown of the question. Of a long question they are a part with matches in
 * it, and "…" stands where something was left out. */
#ifndef QBANK_SERVER_HIGHLIGHT_H
#define QBANK_SERVER_HIGHLIGHT_H

#include "db/listing.h"
#include "server/json_text.h"

/* Bytes of the question from which on it is cut, and how many stand before the first match then. */
enum { HIGHLIGHT_MAX = 320, HIGHLIGHT_LEAD = 80 };

/* Appends the pieces; `marks`, at least one, as listing_mark() gives them. */
void highlight_write(struct json_text *text, const char *question, const struct listing_mark *marks,
                     size_t count);

#endif
