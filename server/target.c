#include "server/target.h"

#include <ctype.h>
#include <stdint.h>
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

static bool is_ascii(const char *text, size_t length) {
    uint64_t seen = 0, block;
    for (; length >= sizeof(block); text += sizeof(block), length -= sizeof(block)) {
        memcpy(&block, text, sizeof(block));
        seen |= block;
    }
    for (; length > 0; length--) seen |= (unsigned char)*text++;
    return (seen & UINT64_C(0x8080808080808080)) == 0;
}

/* Whether each byte stands for itself, so that there is nothing to decode. */
static bool is_plain(const char *text) {
    return strpbrk(text, "%+") == NULL && is_ascii(text, strlen(text));
}

/* Cuts off what *rest begins with, up to the delimiter; as strsep(3) does it, *rest is NULL once
 * nothing is left. */
static char *cut(char **rest, char delimiter) {
    char *start = *rest, *end = strchrnul(start, delimiter);
    *rest = *end == '\0' ? NULL : end + 1;
    *end = '\0';
    return start;
}

/* `path` stands behind the leading slash. */
static enum target_status parse_path(char *path, struct target *target) {
    if (*path == '\0') return TARGET_OK;
    bool plain = is_plain(path);
    while (path != NULL) {
        char *segment = cut(&path, '/');
        enum target_status status = plain ? TARGET_OK : decode(segment, false);
        if (status != TARGET_OK) return status;
        if (target->segment_count < TARGET_SEGMENTS_MAX) {
            target->segments[target->segment_count] = segment;
        }
        if (target->segment_count <= TARGET_SEGMENTS_MAX) target->segment_count++;
    }
    return TARGET_OK;
}

static bool add_parameter(struct target *target, size_t *capacity, const char *name,
                          const char *value) {
    if (target->parameter_count == *capacity) {
        *capacity = *capacity > 0 ? *capacity * 4 : 8;
        struct target_parameter *more =
            reallocarray(target->parameters, *capacity, sizeof(*target->parameters));
        if (more == NULL) return false;
        target->parameters = more;
    }
    target->parameters[target->parameter_count++] =
        (struct target_parameter){.name = name, .value = value};
    return true;
}

/* Cuts "name=value" off; the value is "" where there is no '='. Looks for both ends before it
 * writes one: to read what was written a moment ago, in larger pieces, stalls the processor. */
static void cut_parameter(char **rest, char **ret_name, char **ret_value) {
    char *name = *rest, *end = strchrnul(name, '&');
    char *equals = memchr(name, '=', (size_t)(end - name));
    *rest = *end == '\0' ? NULL : end + 1;
    *end = '\0';
    if (equals != NULL) *equals = '\0';
    *ret_name = name;
    *ret_value = equals != NULL ? equals + 1 : end;
}

static enum target_status decode_parameter(char *name, char *value) {
    enum target_status status = decode(name, true);
    return status == TARGET_OK ? decode(value, true) : status;
}

static enum target_status parse_query(char *query, struct target *target) {
    bool plain = is_plain(query);
    for (size_t capacity = 0; query != NULL;) {
        char *name, *value;
        cut_parameter(&query, &name, &value);
        if (value == name) continue; /* nothing between two delimiters */
        enum target_status status = plain ? TARGET_OK : decode_parameter(name, value);
        if (status != TARGET_OK) return status;
        if (!add_parameter(target, &capacity, name, value)) return TARGET_NO_MEMORY;
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
    char *query = strchr(target->storage, '?');
    if (query != NULL) *query++ = '\0';
    char *path = skip_authority(target->storage);
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

/* Everything but the unreserved characters of RFC 3986, section 2.3. Returns the end. */
static char *write_encoded(char *out, const char *text) {
    static const char digits[] = "0123456789ABCDEF";
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < 0x80 && (isalnum(byte) || strchr("-._~", byte) != NULL)) {
            *out++ = *text;
        } else {
            *out++ = '%';
            *out++ = digits[byte >> 4];
            *out++ = digits[byte & 15];
        }
    }
    return out;
}

static char *write_pair(char *out, char separator, const char *name, const char *value) {
    *out++ = separator;
    out = write_encoded(out, name);
    *out++ = '=';
    return write_encoded(out, value);
}

/* Room for a pair if each of its bytes is escaped. */
static size_t pair_size(const char *name, const char *value) {
    return strlen("&=") + strlen("%XX") * (strlen(name) + strlen(value));
}

static size_t target_size(const char *path, const struct target *target, const char *name,
                          const char *value) {
    size_t size = strlen(path) + 1 + (name != NULL ? pair_size(name, value) : 0);
    for (size_t i = 0; i < target->parameter_count; i++) {
        size += pair_size(target->parameters[i].name, target->parameters[i].value);
    }
    return size;
}

char *target_build(const char *path, const struct target *target, const char *name,
                   const char *value) {
    char *text = malloc(target_size(path, target, name, value));
    if (text == NULL) return NULL;
    char *out = stpcpy(text, path), separator = '?';
    for (size_t i = 0; i < target->parameter_count; i++) {
        const struct target_parameter *parameter = &target->parameters[i];
        if (name != NULL && strcmp(parameter->name, name) == 0) continue;
        out = write_pair(out, separator, parameter->name, parameter->value);
        separator = '&';
    }
    if (name != NULL) out = write_pair(out, separator, name, value);
    *out = '\0';
    return text;
}
