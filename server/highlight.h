/* A question with what a search has found in it marked, as JSON. Markdown and plain text know no
 * mark, so they come in pieces:
 *
 *     [{"text":"What is the ","match":false},{"text":"hinge","match":true},…]
 *
 * Pieces instead of tags or offsets: nothing has to be unescaped, escaped or counted to show them.
 * HTML and chats have their own marks (content/render.h), and it is one string of that. Of a long
 * question it is an excerpt (content/excerpt.h), and "…" stands where something was left out. */
#ifndef QBANK_SERVER_HIGHLIGHT_H
#define QBANK_SERVER_HIGHLIGHT_H

#include "db/listing.h"
#include "server/json_text.h"
#include "server/text_form.h"

/* Appends it; `marks`, at least one, as listing_mark() gives them. False, and nothing appended:
 * there is no match that could be marked in that form. */
bool highlight_write(struct json_text *text, const struct text_form *form, const char *question,
                     const struct span *marks, size_t count);

#endif
