/* Entity tags (RFC 9110, section 8.8.3): strong, made from the bytes of the representation, so that
 * the same answer has the same tag in every worker, on every machine and after every restart. Pure.
 */
#ifndef QBANK_SERVER_ETAG_H
#define QBANK_SERVER_ETAG_H

#include <stdbool.h>
#include <stddef.h>

/* Two quotes, 16 hexadecimal digits and a NUL. */
enum { ETAG_SIZE = 19 };

void etag_make(const void *body, size_t size, char ret_etag[ETAG_SIZE]);

/* Whether an If-None-Match field names the tag (RFC 9110, section 13.1.2): `*`, or a list in which
 * the tag stands, compared weakly. NULL, an absent field, names none; neither does what is no list
 * of tags from where it goes wrong on. An empty tag, which is that of an answer without one, is
 * never named. */
bool etag_matches(const char *if_none_match, const char *etag);

/* Whether an If-Match field holds for the tag (section 13.1.1): as above, but compared strongly,
 * and
 * `*` holds for an answer without a tag too. NULL, an absent field, always holds. */
bool etag_holds(const char *if_match, const char *etag);

#endif
