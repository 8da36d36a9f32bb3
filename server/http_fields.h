/* The header fields of a request that anything depends on, found in one walk over all of them.
 * Of the family server/http*.c, which alone knows libmicrohttpd. */
#ifndef QBANK_SERVER_HTTP_FIELDS_H
#define QBANK_SERVER_HTTP_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

struct MHD_Connection;

enum http_field {
    HTTP_ACCEPT,
    HTTP_ACCEPT_ENCODING,
    HTTP_CONTENT_LENGTH,
    HTTP_COOKIE, /* the first line: no cookie means anything here */
    HTTP_FORWARDED,
    HTTP_HOST,
    HTTP_IF_MATCH,
    HTTP_IF_NONE_MATCH,
    HTTP_ORIGIN,
    HTTP_TRANSFER_ENCODING,
    HTTP_X_FORWARDED_FOR,
    HTTP_FIELD_COUNT
};

/* NULL where the request lacks the field. One that stands in several lines reads as if they were
 * one, with commas between them (RFC 9110, section 5.3). */
struct http_fields {
    const char *values[HTTP_FIELD_COUNT];
    size_t memory;   /* what libmicrohttpd has spent on taking the fields apart, in bytes */
    unsigned joined; /* one bit for each value that is owned; the others are the connection's */
    bool misnamed;   /* a name is none, or a length goes on in another line */
};

/* Into zeroed fields. What is found lives as long as the request. */
void http_fields_read(struct MHD_Connection *connection, struct http_fields *ret_fields);

/* Whether everyone who reads the head finds the same request in it: the library takes what a proxy
 * in front of it may have read in another way, and the rest of a body for a request of its own. Of
 * a request that is not sound the connection must be closed (RFC 9112,
 * sections 2.2, 3.2, 5.1, 5.2, 6.1, 6.3). */
bool http_fields_are_sound(const struct http_fields *fields, const char *version);

void http_fields_free(struct http_fields *fields);

#endif
