#include <string.h>

#include "server/export/format.h"

void export_anki_begin(struct export_output *output) {
    json_text_literal(&output->text, "#separator:tab\n"
                                     "#html:true\n"
                                     "#notetype:Basic\n"
                                     "#columns:Id\tFront\tBack\tTags\n"
                                     "#guid column:1\n"
                                     "#tags column:4\n");
}

/* A line break would end the note, a tab the field, and a quote could begin a quoted field. */
static void append_html(struct json_text *text, const char *markdown) {
    static const char special[] = "&<>\"\t\r\n";
    static const char *const escapes[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#9;", "", "<br>"};
    for (;;) {
        size_t length = strcspn(markdown, special);
        json_text_append(text, markdown, length);
        if (markdown[length] == '\0') return;
        const char *escape = escapes[strchr(special, markdown[length]) - special];
        json_text_append(text, escape, strlen(escape));
        markdown += length + 1;
    }
}

/* Markdown as it is, its blanks kept: it is meant to be read as well. */
static void begin_field(struct json_text *text) {
    json_text_literal(text, "<div style='white-space: pre-wrap'>");
}

static void end_field(struct json_text *text) {
    json_text_literal(text, "</div>");
}

static void append_front(struct json_text *text, const struct question *question) {
    begin_field(text);
    for (size_t i = 0; i < question->context_count; i++) {
        append_html(text, question->context[i]);
        json_text_literal(text, "<br><br>");
    }
    append_html(text, question->text);
    end_field(text);
}

/* Tags are separated by blanks; ids have none. */
static void append_tags(struct json_text *text, const struct question *question) {
    const char *difficulty = difficulty_name(question->difficulty);
    json_text_literal(text, "difficulty::");
    json_text_append(text, difficulty, strlen(difficulty));
    json_text_literal(text, " section::");
    json_text_append(text, question->section.id, strlen(question->section.id));
}

void export_anki_item(struct export_output *output, const struct question *question) {
    struct json_text *text = &output->text;
    json_text_append(text, question->id, strlen(question->id));
    json_text_literal(text, "\t");
    append_front(text, question);
    json_text_literal(text, "\t");
    if (question->answer != NULL) {
        begin_field(text);
        append_html(text, question->answer);
        end_field(text);
    }
    json_text_literal(text, "\t");
    append_tags(text, question);
    json_text_literal(text, "\n");
}
