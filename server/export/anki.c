#include <stdlib.h>
#include <string.h>

#include "content/render.h"
#include "server/export/format.h"

void export_anki_begin(struct export_output *output) {
    json_text_literal(&output->text, "#separator:tab\n"
                                     "#html:true\n"
                                     "#notetype:Basic\n"
                                     "#columns:Id\tFront\tBack\tTags\n"
                                     "#guid column:1\n"
                                     "#tags column:4\n");
}

/* Quoted, so that line breaks and tabs are part of the field. Anki's MathJax finds the formulas by
 * the delimiters that they have in HTML. */
static void append_html(struct json_text *text, const char *markdown) {
    struct rendering rendering = render(markdown, MARKUP_HTML, 0);
    export_append_quoted(text, rendering.text);
    free(rendering.text);
}

static void append_front(struct json_text *text, const struct question *question) {
    json_text_literal(text, "\"");
    for (size_t i = 0; i < question->context_count; i++) {
        append_html(text, question->context[i]);
        json_text_literal(text, "\n");
    }
    append_html(text, question->text);
    json_text_literal(text, "\"");
}

static void append_back(struct json_text *text, const struct question *question) {
    if (question->answer == NULL) return;
    json_text_literal(text, "\"");
    append_html(text, question->answer);
    json_text_literal(text, "\"");
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
    append_back(text, question);
    json_text_literal(text, "\t");
    append_tags(text, question);
    json_text_literal(text, "\n");
}
