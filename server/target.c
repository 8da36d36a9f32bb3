#include "server/target.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

static int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

/* Decodes in place: the result is never longer. */
static enum target_status decode(char *text, bool plus_is_blank) {
    char *out = text;
    for (const char *in = text; *in != '\0'; in++) {
        if (*in == '%') {
            int high = hex_value(in[1]);
            int low = high < 0 ? -1 : hex_value(in[2]);
            if (low < 0) return TARGET_BAD_ESCAPE;
            if (high == 0 && low == 0) return TARGET_NUL;
            *out++ = (char)(high * 16 + low);
            in += 2;
        } else {
            *out++ = plus_is_blank && *in == '+' ? ' ' : *in;
        }
    }
    *out = '\0';
    return u8_check((const uint8_t *)text, strlen(text)) == NULL ? TARGET_OK : TARGET_BAD_UTF8;
}

/* `path` stands behind the leading slash. */
static enum target_status parse_path(char *path, struct target *target) {
    if (*path == '\0') return TARGET_OK;
    for (char *segment; (segment = strsep(&path, "/")) != NULL;) {
        enum target_status status = decode(segment, false);
        if (status != TARGET_OK) return status;
        if (target->segment_count < TARGET_SEGMENTS_MAX) {
            target->segments[target->segment_count] = segment;
        }
        if (target->segment_count <= TARGET_SEGMENTS_MAX) target->segment_count++;
    }
    return TARGET_OK;
}

static size_t count_pairs(const char *query) {
    size_t count = 1;
    for (; *query != '\0'; query++) count += *query == '&';
    return count;
}

static enum target_status parse_query(char *query, struct target *target) {
    target->parameters = calloc(count_pairs(query), sizeof(target->parameters[0]));
    if (target->parameters == NULL) return TARGET_NO_MEMORY;
    for (char *pair; (pair = strsep(&query, "&")) != NULL;) {
        if (*pair == '\0') continue;
        char *name = strsep(&pair, "=");
        enum target_status status = decode(name, true);
        if (status == TARGET_OK && pair != NULL) status = decode(pair, true);
        if (status != TARGET_OK) return status;
        target->parameters[target->parameter_count++] =
            (struct target_parameter){.name = name, .value = pair != NULL ? pair : ""};
    }
    return TARGET_OK;
}

/* The absolute form names the server too, and so do we: whatever its name, it is us. NULL for
 * what is no target. */
static char *skip_authority(char *text) {
    if (*text == '/') return text + 1;
    size_t scheme = strncasecmp(text, "http://", 7) == 0    ? 7
                    : strncasecmp(text, "https://", 8) == 0 ? 8
                                                            : 0;
    if (scheme == 0) return NULL;
    char *path = text + scheme + strcspn(text + scheme, "/");
    return *path == '/' ? path + 1 : path;
}

static enum target_status parse_storage(struct target *target) {
    char *query = target->storage;
    char *path = skip_authority(strsep(&query, "?"));
    if (path == NULL) return TARGET_BAD_FORM;
    enum target_status status = parse_path(path, target);
    if (status == TARGET_OK && query != NULL) status = parse_query(query, target);
    return status;
}

enum target_status target_parse(const char *raw, struct target *ret_target) {
    struct target target = {.storage = strdup(raw)};
    if (target.storage == NULL) return TARGET_NO_MEMORY;
    enum target_status status = parse_storage(&target);
    if (status != TARGET_OK) {
        target_free(&target);
        return status;
    }
    *ret_target = target;
    return TARGET_OK;
}

void target_free(struct target *target) {
    free(target->parameters);
    free(target->storage);
    *target = (struct target){0};
}

const char *target_status_text(enum target_status status) {
    static const char *const texts[] = {
        [TARGET_OK] = "",
        [TARGET_BAD_FORM] = "The target of a request begins with a slash.",
        [TARGET_BAD_ESCAPE] = "A '%' in the target is not followed by two hexadecimal digits.",
        [TARGET_NUL] = "The target holds an encoded NUL (%00).",
        [TARGET_BAD_UTF8] = "The target, percent-decoded, is not UTF-8.",
        [TARGET_NO_MEMORY] = "There was no memory to read the target.",
    };
    return texts[status];
}

/* Everything but the unreserved characters of RFC 3986, section 2.3. */
static void write_encoded(FILE *out, const char *text) {
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        bool unreserved = byte < 0x80 && (isalnum(byte) || strchr("-._~", byte) != NULL);
        fprintf(out, unreserved ? "%c" : "%%%02X", byte);
    }
}

static void write_pair(FILE *out, char separator, const char *name, const char *value) {
    fputc(separator, out);
    write_encoded(out, name);
    fputc('=', out);
    write_encoded(out, value);
}

char *target_build(const char *path, const struct target *target, const char *name,
                   const char *value) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) return NULL;
    fputs(path, out);
    char separator = '?';
    for (size_t i = 0; i < target->parameter_count; i++) {
        const struct target_parameter *parameter = &target->parameters[i];
        if (name != NULL && strcmp(parameter->name, name) == 0) continue;
        write_pair(out, separator, parameter->name, parameter->value);
        separator = '&';
    }
    if (name != NULL) write_pair(out, separator, name, value);
    bool failed = ferror(out) != 0;
    if (fclose(out) != 0 || failed) {
        free(text);
        return NULL;
    }
    return text;
}
