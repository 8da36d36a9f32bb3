#include "server/field.h"

#include <string.h>

const char *field_skip_blanks(const char *at) {
    return at + strspn(at, " \t");
}

/* Behind a quoted string, or to the end where it has none. */
static const char *skip_quoted(const char *at) {
    at += 1 + strcspn(at + 1, "\"\\");
    while (*at == '\\' && at[1] != '\0') at += 2 + strcspn(at + 2, "\"\\");
    return *at == '"' ? at + 1 : at + strlen(at);
}

const char *field_skip_part(const char *at) {
    at += strcspn(at, ",;\"");
    while (*at == '"') {
        at = skip_quoted(at);
        at += strcspn(at, ",;\"");
    }
    return at;
}

size_t field_part_length(const char *at, const char *end) {
    while (end > at && (end[-1] == ' ' || end[-1] == '\t')) end--;
    return (size_t)(end - at);
}
