#include "server/json_skim.h"

#include <string.h>

static const char *skim_string(const char *json) {
    const char *at = json + 1;
    for (; *at != '"'; at++)
        if (*at == '\\') at++;
    return at + 1;
}

static const char *skim_nested(const char *json) {
    unsigned depth = 0;
    do {
        if (*json == '"') {
            json = skim_string(json);
            continue;
        }
        if (*json == '{' || *json == '[') depth++;
        if (*json == '}' || *json == ']') depth--;
        json++;
    } while (depth > 0);
    return json;
}

const char *json_skim(const char *json) {
    if (*json == '"') return skim_string(json);
    if (*json == '{' || *json == '[') return skim_nested(json);
    while (strchr(",]}", *json) == NULL) json++;
    return json;
}
