/* How a caller wants the texts of the bank: `markup` and `max_length`. */
#ifndef QBANK_SERVER_TEXT_FORM_H
#define QBANK_SERVER_TEXT_FORM_H

#include <stdint.h>

#include "content/question.h"
#include "content/render.h"
#include "server/request.h"
#include "server/response.h"

/* Zeroed: Markdown, as it is in the bank. */
struct text_form {
    enum markup markup;
    uint32_t max_length; /* of each text, in the platform's characters; 0: the platform's limit */
};

/* Reads the parameters. A page (request->media) is in the markup of its media type and takes
 * neither. */
enum problem text_form_read(const struct request *request, struct response *response,
                            struct text_form *ret_form);

/* The question as callers are shown it: a copy that owns its text, its context and its section's
 * title, in that form, and borrows everything else; free it with text_form_free(). *ret_truncated
 * is whether one of them was cut. */
void text_form_question(const struct text_form *form, const struct question *question,
                        struct question *ret_question, bool *ret_truncated);
void text_form_free(struct question *question);

/* A title in that form, owned by the caller; whole, for no title is cut. */
char *text_form_title(const struct text_form *form, const char *title);

/* Puts an owned title in that form. */
void text_form_put_title(const struct text_form *form, char **title);

#endif
