#include "content/buffer.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "content/memory.h"

void buffer_reserve(struct buffer *buffer, size_t more) {
    buffer->data = memory_reserve(buffer->data, buffer->size, more + 1, &buffer->capacity, 1);
    buffer->data[buffer->size] = '\0';
}

void buffer_append(struct buffer *buffer, const char *bytes, size_t size) {
    buffer_reserve(buffer, size);
    if (size > 0) memcpy(buffer->data + buffer->size, bytes, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void buffer_append_blanks(struct buffer *buffer, size_t count) {
    buffer_reserve(buffer, count);
    memset(buffer->data + buffer->size, ' ', count);
    buffer->size += count;
    buffer->data[buffer->size] = '\0';
}

void buffer_append_text(struct buffer *buffer, const char *text) {
    buffer_append(buffer, text, strlen(text));
}

void buffer_append_character(struct buffer *buffer, uint32_t character) {
    uint8_t bytes[6];
    int length = u8_uctomb(bytes, character, sizeof(bytes));
    if (length > 0) buffer_append(buffer, (const char *)bytes, (size_t)length);
}

void buffer_truncate(struct buffer *buffer, size_t size) {
    if (size == buffer->size) return;
    buffer->size = size;
    buffer->data[size] = '\0';
}

void buffer_trim_end(struct buffer *buffer) {
    while (buffer->size > 0 && strchr(" \t\r\n", buffer->data[buffer->size - 1]) != NULL)
        buffer->data[--buffer->size] = '\0';
}

void buffer_blank_controls(struct buffer *buffer) {
    for (size_t i = 0; i < buffer->size; i++) {
        unsigned char c = (unsigned char)buffer->data[i];
        unsigned char next = i + 1 < buffer->size ? (unsigned char)buffer->data[i + 1] : 0;
        if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7f)
            buffer->data[i] = ' ';
        else if (c == 0xc2 && next >= 0x80 && next < 0xa0)
            buffer->data[i + 1] = (char)0xa0;
    }
}

char *buffer_steal(struct buffer *buffer) {
    char *text = buffer->data != NULL ? buffer->data : memory_copy("", 0);
    *buffer = (struct buffer){0};
    return text;
}

void buffer_free(struct buffer *buffer) {
    free(buffer->data);
    *buffer = (struct buffer){0};
}
