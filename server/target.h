/* The target of a request, taken apart: origin form and absolute form of RFC 9112, section 3.2.
 * Pure, and strict where a lenient reading would let two different targets mean the same: a bad
 * percent-escape, an encoded NUL or bytes that are not UTF-8 are errors, never passed over. */
#ifndef QBANK_SERVER_TARGET_H
#define QBANK_SERVER_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Longer paths are no resource of this server. */
enum { TARGET_SEGMENTS_MAX = 8 };

struct target_parameter {
    const char *name, *value; /* decoded; the value is "" where there is no '=' */
};

/* Names are short and few, and mostly differ in the first character. */
static inline bool target_parameter_is(const struct target_parameter *parameter, const char *name) {
    return parameter->name[0] == name[0] && strcmp(parameter->name, name) == 0;
}

struct target {
    const char *segments[TARGET_SEGMENTS_MAX]; /* decoded; none for "/" */
    size_t segment_count;                      /* TARGET_SEGMENTS_MAX + 1: more than fit */
    struct target_parameter *parameters;       /* in the order given; empty ones are dropped */
    size_t parameter_count;
    char *storage; /* what the strings above point into */
};

enum target_status {
    TARGET_OK,
    TARGET_BAD_FORM,   /* neither begins with "/" nor is an absolute http URL */
    TARGET_BAD_ESCAPE, /* '%' without two hexadecimal digits */
    TARGET_NUL,        /* %00 */
    TARGET_BAD_UTF8,
    TARGET_NO_MEMORY
};

/* Takes `raw` apart. In the query '+' is a blank (the form encoding of the WHATWG URL standard). A
 * slash at the end of the path counts as a segment, an empty one. */
enum target_status target_parse(const char *raw, struct target *ret_target);
void target_free(struct target *target);

/* What is wrong, in words for the client; "" for TARGET_OK. Static. */
const char *target_status_text(enum target_status status);

/* Builds `path`?name=value&… from the parameters of `target` in their order, percent-encoded, with
 * every parameter called `name` left out and name=value put at the end (`name` NULL: as they are).
 * The path is taken as it is. Owned; NULL when memory runs out. */
char *target_build(const char *path, const struct target *target, const char *name,
                   const char *value);

#endif
