/* A growing text. */
#ifndef QBANK_CONTENT_BUFFER_H
#define QBANK_CONTENT_BUFFER_H

#include <stddef.h>
#include <stdint.h>

struct buffer {
    char *data; /* NUL-terminated once anything was appended, else NULL */
    size_t size, capacity;
};

/* Makes room for `more` bytes, so that appending them moves nothing. */
void buffer_reserve(struct buffer *buffer, size_t more);

void buffer_append(struct buffer *buffer, const char *bytes, size_t size);
void buffer_append_blanks(struct buffer *buffer, size_t count);

void buffer_append_text(struct buffer *buffer, const char *text); /* NUL-terminated */

/* Appends a character in UTF-8. */
void buffer_append_character(struct buffer *buffer, uint32_t character);

/* Cuts what stands behind the first `size` bytes, of which there are at least so many. */
void buffer_truncate(struct buffer *buffer, size_t size);

/* Cuts blanks and line ends off the end. */
void buffer_trim_end(struct buffer *buffer);

/* Control characters but for tabs and newlines could move a terminal's cursor or worse, and HTML
 * has no place for them: they become blanks, those of two bytes (U+0080 to U+009F) no-break spaces.
 */
void buffer_blank_controls(struct buffer *buffer);

/* Hands the text over to the caller and leaves the buffer empty; "" if nothing was appended. */
char *buffer_steal(struct buffer *buffer);

void buffer_free(struct buffer *buffer);

#endif
