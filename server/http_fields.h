/* The header fields of a request that anything depends on, found in one walk over all of them.
 * Of the family server/http*.c, which alone knows libmicrohttpd. */
#ifndef QBANK_SERVER_HTTP_FIELDS_H
#define QBANK_SERVER_HTTP_FIELDS_H

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
    HTTP_X_FORWARDED_FOR,
    HTTP_FIELD_COUNT
};

/* NULL where the request lacks the field. One that stands in several lines reads as if they were
 * one, with commas between them (RFC 9110, section 5.3). */
struct http_fields {
    const char *values[HTTP_FIELD_COUNT];
    size_t memory;   /* what libmicrohttpd has spent on taking the fields apart, in bytes */
    unsigned joined; /* one bit for each value that is owned; the others are the connection's */
};

/* Into zeroed fields. What is found lives as long as the request. */
void http_fields_read(struct MHD_Connection *connection, struct http_fields *ret_fields);

void http_fields_free(struct http_fields *fields);

#endif
