#include "server/highlight.h"

#include <stdlib.h>

static const char blanks[] = " \t\r\n";

/* ---- which part -------------------------------------------------------------------------------
 */

/* The beginning of the first word at or behind `at`. */
static size_t word_after(const char *text, size_t at) {
    at += strcspn(text + at, blanks);
    return at + strspn(text + at, blanks);
}

/* The end of the last word that ends at or before `at`, but not before `low`. */
static size_t word_before(const char *text, size_t at, size_t low) {
    while (at > low && strchr(blanks, text[at]) == NULL) at--;
    while (at > low && strchr(blanks, text[at - 1]) != NULL) at--;
    return at;
}

/* What of the question is shown. Where there is no blank to cut at, the matches are the borders. */
static struct span choose_part(const char *question, const struct span *first) {
    struct span part = {0, strlen(question)};
    if (part.end <= HIGHLIGHT_MAX) return part;
    if (first->start > HIGHLIGHT_LEAD) {
        part.start = word_after(question, first->start - HIGHLIGHT_LEAD);
        if (part.start > first->start) part.start = first->start;
    }
    if (part.end - part.start > HIGHLIGHT_MAX)
        part.end = word_before(question, part.start + HIGHLIGHT_MAX, first->end);
    return part;
}

/* ---- pieces -----------------------------------------------------------------------------------
 */

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
    struct span part = choose_part(question, &marks[0]);
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
