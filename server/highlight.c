#include "server/highlight.h"

#include <stdlib.h>

#include "content/excerpt.h"

static void write_piece(struct json_text *text, const char *bytes, size_t size, bool match) {
    if (size == 0 || text->failed) return;
    char *piece = strndup(bytes, size);
    if (piece == NULL) {
        text->failed = true;
        return;
    }
    if (text->data[text->size - 1] != '[') json_text_literal(text, ",");
    json_text_literal(text, "{\"text\":");
    json_text_string(text, piece);
    if (match)
        json_text_literal(text, ",\"match\":true}");
    else
        json_text_literal(text, ",\"match\":false}");
    free(piece);
}

static void write_ellipsis(struct json_text *text, bool left_out) {
    if (left_out) write_piece(text, "…", strlen("…"), false);
}

static void write_markdown(struct json_text *text, const char *question, const struct span *marks,
                           size_t count) {
    struct span part = excerpt_find(question, strlen(question), marks[0], EXCERPT_MAX);
    size_t done = part.start;
    json_text_literal(text, "[");
    write_ellipsis(text, part.start > 0);
    for (size_t i = 0; i < count && marks[i].end <= part.end; i++) {
        write_piece(text, question + done, marks[i].start - done, false);
        write_piece(text, question + marks[i].start, marks[i].end - marks[i].start, true);
        done = marks[i].end;
    }
    write_piece(text, question + done, part.end - done, false);
    write_ellipsis(text, question[part.end] != '\0');
    json_text_literal(text, "]");
}

/* Every second piece is a match. */
static void write_split(struct json_text *text, const char *rendered) {
    bool match = false;
    json_text_literal(text, "[");
    for (; *rendered != '\0'; match = !match) {
        size_t size = strcspn(rendered, RENDER_MATCH);
        write_piece(text, rendered, size, match);
        rendered += size + (rendered[size] != '\0');
    }
    json_text_literal(text, "]");
}

bool highlight_write(struct json_text *text, const struct text_form *form, const char *question,
                     const struct span *marks, size_t count) {
    if (form->markup == MARKUP_MARKDOWN) {
        write_markdown(text, question, marks, count);
        return true;
    }
    struct rendering rendering =
        render_matches(question, marks, count, form->markup, form->max_length);
    if (rendering.has_match && form->markup == MARKUP_TEXT)
        write_split(text, rendering.text);
    else if (rendering.has_match)
        json_text_string(text, rendering.text);
    free(rendering.text);
    return rendering.has_match;
}
