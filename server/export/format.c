#include "server/export/format.h"

#include <string.h>

static const struct export_format formats[] = {
    {.name = "ndjson",
     .media_type = "application/x-ndjson",
     .extension = "ndjson",
     .has_markup = true,
     .item = export_ndjson_item},
    {.name = "csv",
     .media_type = "text/csv; charset=utf-8; header=present",
     .extension = "csv",
     .has_markup = true,
     .begin = export_csv_begin,
     .item = export_csv_item},
    {.name = "json",
     .media_type = "application/json",
     .extension = "json",
     .has_markup = true,
     .begin = export_json_begin,
     .item = export_json_item,
     .end = export_json_end},
    {.name = "markdown",
     .media_type = "text/markdown; charset=utf-8",
     .extension = "md",
     .item = export_markdown_item},
    {.name = "anki",
     .media_type = "text/plain; charset=utf-8",
     .extension = "txt",
     .begin = export_anki_begin,
     .item = export_anki_item},
    {.name = "gift",
     .media_type = "text/plain; charset=utf-8",
     .extension = "gift",
     .item = export_gift_item},
};

const struct export_format *export_format_find(const char *name) {
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
        if (strcmp(formats[i].name, name) == 0) return &formats[i];
    return NULL;
}

bool export_format_takes(const struct export_format *format, const char *markup) {
    return markup == NULL || format->has_markup;
}

void export_append_quoted(struct json_text *text, const char *value) {
    for (;;) {
        size_t length = strcspn(value, "\"");
        json_text_append(text, value, length);
        if (value[length] == '\0') return;
        json_text_literal(text, "\"\"");
        value += length + 1;
    }
}
