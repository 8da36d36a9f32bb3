#include <string.h>

#include "server/export/format.h"

/* Escapes what means something to GIFT; a line break would end the question where it stands twice.
 */
static void append_escaped(struct json_text *text, const char *markdown) {
    for (;;) {
        size_t length = strcspn(markdown, "\\~=#{}:\r\n");
        json_text_append(text, markdown, length);
        char special = markdown[length];
        if (special == '\0') return;
        if (special == '\n') json_text_literal(text, "\\n");
        if (special != '\n' && special != '\r')
            json_text_append(text, (const char[]){'\\', special}, 2);
        markdown += length + 1;
    }
}

/* In a category a slash stands between levels, two are one of the name; of all escapes Moodle takes
 * back only that of a backslash there. */
static void append_category_name(struct json_text *text, const char *title) {
    json_text_literal(text, "/");
    for (const char *at = title; *at != '\0'; at++) {
        json_text_append(text, at, 1);
        if (*at == '/' || *at == '\\') json_text_append(text, at, 1);
    }
}

static void append_path(struct json_text *text, const struct section *sections, int index) {
    if (index == SECTION_NONE) return;
    append_path(text, sections, sections[index].parent);
    append_category_name(text, sections[index].title);
}

static void append_category(struct export_output *output, size_t section) {
    json_text_literal(&output->text, "$CATEGORY: qbank");
    append_path(&output->text, output->sections.items, (int)section);
    json_text_literal(&output->text, "\n\n");
    output->section = section + 1;
}

void export_gift_item(struct export_output *output, const struct question *question) {
    struct json_text *text = &output->text;
    if (output->section != question->section.index + 1)
        append_category(output, question->section.index);
    json_text_literal(text, "::");
    append_escaped(text, question->id);
    json_text_literal(text, "::[markdown]");
    for (size_t i = 0; i < question->context_count; i++) {
        append_escaped(text, question->context[i]);
        json_text_literal(text, "\\n\\n");
    }
    append_escaped(text, question->text);
    json_text_literal(text, "{");
    if (question->answer != NULL) {
        json_text_literal(text, "####[markdown]");
        append_escaped(text, question->answer);
    }
    json_text_literal(text, "}\n\n");
}
