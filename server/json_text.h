/* JSON written straight into one growing text: for the questions, which are most of what the server
 * sends. Building a tree of jansson's first costs forty times as many instructions. Everything
 * else is jansson's, and what is written here reads there as the same.
 *
 * A failure (no memory, text that is not UTF-8) is noted in the structure and settles what
 * json_text_steal() says; the calls in between need no checks. */
#ifndef QBANK_SERVER_JSON_TEXT_H
#define QBANK_SERVER_JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Begins zeroed. */
struct json_text {
    char *data;
    size_t size, capacity;
    bool failed;
};

/* Makes room for so many bytes more at least; false after a failure. Whoever knows how long the
 * text is going to be saves it from growing by steps. */
bool json_text_reserve(struct json_text *text, size_t size);

/* Appends bytes as they are. */
static inline void json_text_append(struct json_text *text, const char *bytes, size_t size) {
    if (text->capacity - text->size < size && !json_text_reserve(text, size)) return;
    if (size > 0) memcpy(text->data + text->size, bytes, size);
    text->size += size;
}
#define json_text_literal(text, literal) json_text_append(text, literal, sizeof(literal) - 1)

/* Appends once more what stands in the text already. */
static inline void json_text_repeat(struct json_text *text, size_t start, size_t size) {
    if (text->capacity - text->size < size && !json_text_reserve(text, size)) return;
    json_text_append(text, text->data + start, size);
}

/* Appends `bytes` as a JSON string, in quotes, escaped as jansson does: no more than RFC 8259,
 * section 7, demands. */
void json_text_string(struct json_text *text, const char *bytes);

void json_text_number(struct json_text *text, uint64_t number);

/* Gives back room that is not used, if it is much: for texts that live long. */
void json_text_trim(struct json_text *text);

/* The text, not NUL-terminated, now the caller's; NULL after a failure or if there is none. The
 * structure is empty either way. */
char *json_text_steal(struct json_text *text, size_t *ret_size);

void json_text_free(struct json_text *text);

#endif
