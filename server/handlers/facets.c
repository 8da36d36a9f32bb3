/* The counts of a list under `facets`. */
#include "db/facets.h"

#include <stdlib.h>

#include "server/encode.h"
#include "server/handlers/handlers.h"

/* By default there is nothing to make of a title, and many of them. */
static void write_title(struct json_text *text, const char *title, const struct text_form *form) {
    if (form->markup == MARKUP_MARKDOWN) {
        json_text_string(text, title);
        return;
    }
    char *shown = text_form_title(form, title);
    json_text_string(text, shown);
    free(shown);
}

static void write_list(struct json_text *text, const char *name, const struct facet *facets,
                       size_t count, const struct text_form *form) {
    json_text_literal(text, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0) json_text_literal(text, ",");
        json_text_literal(text, "{");
        json_text_string(text, name);
        json_text_literal(text, ":");
        json_text_string(text, facets[i].name);
        json_text_literal(text, ",\"title\":");
        write_title(text, facets[i].title, form);
        json_text_literal(text, ",\"questions\":");
        encode_counts_text(text, &facets[i].counts);
        json_text_literal(text, "}");
    }
    json_text_literal(text, "]");
}

void handlers_write_facets(struct json_text *text, const struct facets *facets, unsigned wanted,
                           const struct text_form *form) {
    const char *separator = "";
    json_text_literal(text, ",\"facets\":{");
    if (wanted & FACETS_DIFFICULTY) {
        json_text_literal(text, "\"difficulty\":");
        encode_counts_text(text, &facets->difficulties);
        separator = ",";
    }
    if (wanted & FACETS_SECTION) {
        json_text_append(text, separator, strlen(separator));
        json_text_literal(text, "\"section\":");
        write_list(text, "id", facets->sections, facets->section_count, form);
        separator = ",";
    }
    if (wanted & FACETS_SOURCE) {
        json_text_append(text, separator, strlen(separator));
        json_text_literal(text, "\"source\":");
        write_list(text, "path", facets->sources, facets->source_count, form);
    }
    json_text_literal(text, "}");
}
