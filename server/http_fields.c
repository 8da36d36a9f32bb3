#include "server/http_fields.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* libmicrohttpd's record of a field, and of a cookie. */
enum { RECORD_SIZE = 72 };

struct name {
    const char *text;
    size_t length;
};

#define NAME(text)                                                                                 \
    { text, sizeof(text) - 1 }
static const struct name names[HTTP_FIELD_COUNT] = {
    [HTTP_ACCEPT] = NAME("Accept"),
    [HTTP_ACCEPT_ENCODING] = NAME("Accept-Encoding"),
    [HTTP_HOST] = NAME("Host"),
    [HTTP_CONTENT_LENGTH] = NAME("Content-Length"),
    [HTTP_COOKIE] = NAME("Cookie"),
    [HTTP_FORWARDED] = NAME("Forwarded"),
    [HTTP_IF_MATCH] = NAME("If-Match"),
    [HTTP_IF_NONE_MATCH] = NAME("If-None-Match"),
    [HTTP_ORIGIN] = NAME("Origin"),
    [HTTP_TRANSFER_ENCODING] = NAME("Transfer-Encoding"),
    [HTTP_X_FORWARDED_FOR] = NAME("X-Forwarded-For"),
};
#undef NAME

/* HTTP_FIELD_COUNT for one that nothing depends on. */
static int find_field(const char *name, size_t length) {
    int i = 0;
    while (i < HTTP_FIELD_COUNT &&
           (names[i].length != length || strncasecmp(names[i].text, name, length) != 0)) {
        i++;
    }
    return i;
}

/* Without memory the first line has to do. */
static void join(struct http_fields *fields, int field, const char *value) {
    char *joined;
    const char *before = fields->values[field];
    if (asprintf(&joined, "%s, %s", before, value) < 0) return;
    if ((fields->joined & 1u << field) != 0) free((char *)before);
    fields->values[field] = joined;
    fields->joined |= 1u << field;
}

static bool has_more_than(const char *name, size_t length, enum http_field field) {
    return length > names[field].length &&
           strncasecmp(names[field].text, name, names[field].length) == 0;
}

/* libmicrohttpd 0.9.75 takes whatever stands before a colon for a name. A line that begins with a
 * blank, with which the value before it goes on, it adds to the name instead: to whom such a line
 * is lawful there is a body, to the library there is none. */
static bool is_misnamed(const char *name, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (name[i] <= ' ' || name[i] > '~') return true;
    return has_more_than(name, length, HTTP_CONTENT_LENGTH) ||
           has_more_than(name, length, HTTP_TRANSFER_ENCODING);
}

static enum MHD_Result take_field(void *context, enum MHD_ValueKind kind, const char *name,
                                  size_t name_size, const char *value, size_t value_size) {
    (void)value_size;
    struct http_fields *fields = context;
    if (kind != MHD_HEADER_KIND) return MHD_YES;
    if (is_misnamed(name, name_size)) fields->misnamed = true;
    int field = find_field(name, name_size);
    if (field == HTTP_FIELD_COUNT || value == NULL) return MHD_YES;
    if (fields->values[field] == NULL) {
        fields->values[field] = value;
    } else if (field != HTTP_COOKIE) {
        join(fields, field, value);
    }
    return MHD_YES;
}

/* Cookies are copied before they are taken apart. */
void http_fields_read(struct MHD_Connection *connection, struct http_fields *ret_fields) {
    int count = MHD_get_connection_values_n(connection, MHD_HEADER_KIND | MHD_COOKIE_KIND,
                                            take_field, ret_fields);
    const char *cookie = ret_fields->values[HTTP_COOKIE];
    ret_fields->memory = (size_t)count * RECORD_SIZE + (cookie != NULL ? strlen(cookie) : 0);
}

bool http_fields_are_sound(const struct http_fields *fields, const char *version) {
    static const unsigned single = 1u << HTTP_HOST | 1u << HTTP_CONTENT_LENGTH;
    const char *coding = fields->values[HTTP_TRANSFER_ENCODING];
    if (fields->misnamed || (fields->joined & single) != 0) return false;
    if (coding == NULL) return true;
    return fields->values[HTTP_CONTENT_LENGTH] == NULL && strcasecmp(coding, "chunked") == 0 &&
           strcmp(version, MHD_HTTP_VERSION_1_0) != 0;
}

void http_fields_free(struct http_fields *fields) {
    for (int i = 0; fields->joined >> i != 0; i++) {
        if ((fields->joined & 1u << i) != 0) free((char *)fields->values[i]);
    }
    *fields = (struct http_fields){0};
}
