#include "server/export/format.h"

/* As include=answer has it: the text stands last in `answer`, which ends the question. */
static void write_answer(struct export_output *output, const char *answer) {
    struct json_text *text = &output->text;
    text->size -= sizeof("}}") - 1;
    json_text_literal(text, ",\"text\":");
    json_text_string(text, answer);
    if (output->is_answer_cut) json_text_literal(text, ",\"truncated\":true");
    json_text_literal(text, "}}");
}

static void write_question(struct export_output *output, const struct question *question) {
    struct json_text *text = &output->text;
    encode_question(text, question, &output->place);
    if (question->answer != NULL && !text->failed) write_answer(output, question->answer);
    if (!output->is_cut || text->failed) return;
    text->size--; /* the closing brace */
    json_text_literal(text, ",\"truncated\":true}");
}

void export_ndjson_item(struct export_output *output, const struct question *question) {
    write_question(output, question);
    json_text_literal(&output->text, "\n");
}

void export_json_begin(struct export_output *output) {
    json_text_literal(&output->text, "{\"items\":[");
}

void export_json_item(struct export_output *output, const struct question *question) {
    if (output->count > 0) json_text_literal(&output->text, ",");
    json_text_literal(&output->text, "\n");
    write_question(output, question);
}

void export_json_end(struct export_output *output) {
    json_text_literal(&output->text, "\n],\"total\":");
    json_text_number(&output->text, output->total);
    if (output->revision != NULL) {
        json_text_literal(&output->text, ",\"revision\":");
        json_text_string(&output->text, output->revision);
    }
    json_text_literal(&output->text, "}\n");
}
