/* Targets of links and images that come from Markdown. Pure. */
#ifndef QBANK_CONTENT_URL_H
#define QBANK_CONTENT_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "content/buffer.h"

/* Whether a browser may be sent there: http, https, mailto, or a reference without a scheme.
 * Whatever could be read as another scheme, `javascript:` above all, is not: in any case, with
 * blanks or control characters in it, percent-encoded. */
bool url_is_safe(const char *url, size_t size);

/* Whether it is complete, http or https: what makes sense outside of the page it stands on. */
bool url_is_web(const char *url, size_t size);

/* Appends the URL with what RFC 3986 (section 2) has no place for percent-encoded, and the
 * characters in `more` too. */
void url_append(struct buffer *buffer, const char *url, size_t size, const char *more);

#endif
