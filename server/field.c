#include "server/field.h"

#include <string.h>

const char *field_skip_blanks(const char *at) {
    return at + strspn(at, " \t");
}

/* The quote that ends a quoted string, or the NUL where it has none. */
static const char *find_closing(const char *at) {
    at += 1 + strcspn(at + 1, "\"\\");
    while (*at == '\\' && at[1] != '\0') at += 2 + strcspn(at + 2, "\"\\");
    return *at == '"' ? at : at + strlen(at);
}

static const char *skip_quoted(const char *at) {
    const char *closing = find_closing(at);
    return closing + (*closing == '"');
}

const char *field_skip_part(const char *at) {
    at += strcspn(at, ",;\"");
    while (*at == '"') {
        at = skip_quoted(at);
        at += strcspn(at, ",;\"");
    }
    return at;
}

bool field_is_closed(const char *at) {
    for (at += strcspn(at, "\""); *at == '"'; at += 1 + strcspn(at + 1, "\"")) {
        at = find_closing(at);
        if (*at == '\0') return false;
    }
    return true;
}

size_t field_part_length(const char *at, const char *end) {
    while (end > at && (end[-1] == ' ' || end[-1] == '\t')) end--;
    return (size_t)(end - at);
}
