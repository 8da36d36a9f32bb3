#include <string.h>

#include "server/export/format.h"

/* RFC 4180, section 2, rules 5 to 7. */
static void append_cell(struct json_text *text, const char *value) {
    bool plain = strpbrk(value, ",\"\r\n") == NULL;
    if (!plain) json_text_literal(text, "\"");
    export_append_quoted(text, value);
    if (!plain) json_text_literal(text, "\"");
}

/* The levels of context, one below the other. */
static void append_context(struct json_text *text, const struct question *question) {
    if (question->context_count == 0) return;
    json_text_literal(text, "\"");
    for (size_t i = 0; i < question->context_count; i++) {
        if (i > 0) json_text_literal(text, "\n");
        export_append_quoted(text, question->context[i]);
    }
    json_text_literal(text, "\"");
}

/* Whether the columns tell what was cut. They come last, and only where texts may be cut: what a
 * spreadsheet is given as a rule has the columns that there always are. */
static bool has_lengths(const struct export_output *output) {
    return output->form.max_length != 0 || markup_length_default(output->form.markup) != 0;
}

void export_csv_begin(struct export_output *output) {
    json_text_literal(&output->text, "id,difficulty,question,context,section_id,section_title,"
                                     "source_path,source_line,answer_steps");
    if (output->answers) json_text_literal(&output->text, ",answer");
    if (has_lengths(output)) {
        json_text_literal(&output->text, ",truncated");
        if (output->answers) json_text_literal(&output->text, ",answer_truncated");
    }
    json_text_literal(&output->text, "\r\n");
}

static void append_boolean(struct json_text *text, bool value) {
    json_text_literal(text, ",");
    append_cell(text, value ? "true" : "false");
}

void export_csv_item(struct export_output *output, const struct question *question) {
    struct json_text *text = &output->text;
    append_cell(text, question->id);
    json_text_literal(text, ",");
    append_cell(text, difficulty_name(question->difficulty));
    json_text_literal(text, ",");
    append_cell(text, question->text);
    json_text_literal(text, ",");
    append_context(text, question);
    json_text_literal(text, ",");
    append_cell(text, question->section.id);
    json_text_literal(text, ",");
    append_cell(text, question->section.title);
    json_text_literal(text, ",");
    append_cell(text, question->source.path);
    json_text_literal(text, ",");
    json_text_number(text, question->source.line);
    json_text_literal(text, ",");
    json_text_number(text, question->steps);
    if (output->answers) json_text_literal(text, ",");
    if (question->answer != NULL) append_cell(text, question->answer);
    if (has_lengths(output)) {
        append_boolean(text, output->is_cut);
        if (output->answers) append_boolean(text, output->is_answer_cut);
    }
    json_text_literal(text, "\r\n");
}
