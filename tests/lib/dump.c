#include "tests/lib/dump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "  name: text", further lines aligned below the first one. */
static void print_field(FILE *out, const char *name, const char *text) {
    fprintf(out, "  %s: ", name);
    for (; *text != '\0'; text++) {
        fputc(*text, out);
        if (*text == '\n' && text[1] != '\n' && text[1] != '\0')
            fprintf(out, "%*s", (int)strlen(name) + 4, "");
    }
    fputc('\n', out);
}

static void print_path(FILE *out, const struct document *document, int index) {
    const struct section *section = &document->sections[index];
    if (section->parent != SECTION_NONE) {
        print_path(out, document, section->parent);
        fputs(" > ", out);
    }
    fputs(section->title, out);
}

static void print_question(FILE *out, const struct document *document,
                           const struct question *question) {
    fprintf(out, "[%s] %s\n", difficulty_name(question->difficulty), question->text);
    if (question->pinned) print_field(out, "id", question->id);
    fputs("  section: ", out);
    print_path(out, document, (int)question->section.index);
    fputc('\n', out);
    for (size_t i = 0; i < question->context_count; i++)
        print_field(out, "context", question->context[i]);
    if (question->answer != NULL) print_field(out, "answer", question->answer);
}

char *dump_document(const struct document *document) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) return NULL;
    for (size_t i = 0; i < document->question_count; i++)
        print_question(out, document, &document->questions[i]);
    for (size_t i = 0; i < document->diagnostics.count; i++) {
        const struct diagnostic *diagnostic = &document->diagnostics.items[i];
        fprintf(out, "%s %u:%u %s\n", severity_name(diagnostic->severity), diagnostic->line,
                diagnostic->column, diagnostic->code);
    }
    fclose(out);
    return text;
}

char *dump_markdown(const char *markdown, size_t size) {
    struct document document;
    document_parse(markdown, size, "(file)", &document);
    char *text = dump_document(&document);
    document_free(&document);
    return text;
}
