/* Documents as pages that a person can read, for who would rather have text/plain, text/markdown or
 * text/html than JSON: what a handler has answered in JSON, texts already in the markup of the page
 * (server/text_form.h), is laid out here. So a handler does nothing for its pages: a route whose
 * documents are questions ({"items": […]} or one alone) or an answer has `.pages` in the table.
 *
 * text       what to type to see the answer, the next page
 * markdown   with links
 * html       complete and small, without scripts, styles or anything from outside but images */
#ifndef QBANK_SERVER_PAGE_H
#define QBANK_SERVER_PAGE_H

#include "server/request.h"
#include "server/response.h"

/* Puts the page in place of the JSON in the response. Commands name the server as the client did,
 * where its Host can be printed (response->names_host), else paths stand alone. */
enum problem page_make(const struct request *request, struct response *response);

#endif
