#include "server/export/format.h"

void export_markdown_item(struct export_output *output, const struct question *question) {
    struct writer *writer = &output->writer;
    writer->sections = output->sections.items;
    writer_add_question(writer, question);
    json_text_append(&output->text, writer->text.data, writer->text.size);
    writer_clear_text(writer);
}
