/* Markdown bytes -> questions and diagnostics. Pure: no I/O, no global state, safe on any bytes.
 * The dialects that are read are those of content/FORMAT.md. */
#ifndef QBANK_CONTENT_PARSE_H
#define QBANK_CONTENT_PARSE_H

#include "content/diagnostic.h"
#include "content/fingerprint.h"
#include "content/question.h"

/* Larger sources are refused with an error. */
#define PARSE_SIZE_MAX ((size_t)64 * 1024 * 1024)

struct document {
    char *title;              /* front matter `title`, else the `fallback_title` */
    struct section *sections; /* in document order; parents stand before their children */
    size_t section_count;
    struct question *questions; /* in document order */
    size_t question_count;
    struct diagnostics diagnostics; /* sorted by place */
    struct fingerprint fingerprint; /* of what was parsed */
};

/* Parses `size` bytes of Markdown. `fallback_title` names the file's own section where the front
 * matter gives no title (the file name without its extension, say). The document is always
 * filled in; if one of its diagnostics is an error, it has no questions. Free with
 * document_free(). Runs out of memory by ending the process (content/memory.h). */
void document_parse(const char *markdown, size_t size, const char *fallback_title,
                    struct document *ret_document);

void document_free(struct document *document);

#endif
