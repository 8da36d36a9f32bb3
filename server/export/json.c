#include "server/export/format.h"

void export_ndjson_item(struct export_output *output, const struct question *question) {
    encode_question(&output->text, question, &output->place);
    json_text_literal(&output->text, "\n");
}

void export_json_begin(struct export_output *output) {
    json_text_literal(&output->text, "{\"items\":[");
}

void export_json_item(struct export_output *output, const struct question *question) {
    if (output->count > 0) json_text_literal(&output->text, ",");
    json_text_literal(&output->text, "\n");
    encode_question(&output->text, question, &output->place);
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
