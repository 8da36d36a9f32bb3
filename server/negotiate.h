/* What a client would rather have (RFC 9110, section 12.5): the fields Accept and Accept-Encoding
 * -> what is sent. Pure.
 *
 * A field that is absent, that is empty or that leaves nothing to send is answered with what the
 * server would send anyway, JSON without a coding, as the RFC allows; 406 would help nobody.
 * Members of a list that do not follow the grammar are passed over. */
#ifndef QBANK_SERVER_NEGOTIATE_H
#define QBANK_SERVER_NEGOTIATE_H

/* In the order in which they are preferred where the client has no preference. */
enum media {
    MEDIA_JSON,     /* application/json */
    MEDIA_TEXT,     /* text/plain: a page to read in a terminal */
    MEDIA_MARKDOWN, /* text/markdown */
    MEDIA_HTML      /* text/html */
};
enum { MEDIA_COUNT = 4 };

enum coding {
    CODING_BROTLI, /* br: RFC 7932 */
    CODING_ZSTD,   /* zstd: RFC 8878 */
    CODING_GZIP,   /* gzip, and x-gzip, which means the same */
    CODING_IDENTITY
};
enum { CODING_COUNT = 4 };

/* Section 12.5.1. Of the ranges that match a type the most specific counts; parameters other than
 * the weight are passed over. `accept` may be NULL. */
enum media negotiate_media(const char *accept);

/* Section 12.5.3. A coding that is named with a weight is preferred to none, unless identity is
 * named with a greater one. `accept_encoding` may be NULL. */
enum coding negotiate_coding(const char *accept_encoding);

/* As it stands in Content-Encoding; NULL for CODING_IDENTITY. */
const char *coding_name(enum coding coding);

#endif
