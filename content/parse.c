#include "content/parse.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "content/dialect.h"
#include "content/extract.h"
#include "content/foreign_tags.h"
#include "content/frontmatter.h"
#include "content/memory.h"
#include "content/open_fences.h"
#include "content/structure.h"

/* Behind the ASCII that `bytes` begins with, eight at a time as long as that goes. */
static size_t skip_ascii(const char *bytes, size_t size) {
    size_t at = 0;
    for (uint64_t word; at + sizeof(word) <= size; at += sizeof(word)) {
        memcpy(&word, bytes + at, sizeof(word));
        if ((word & UINT64_C(0x8080808080808080)) != 0) break;
    }
    while (at < size && (unsigned char)bytes[at] < 0x80) at++;
    return at;
}

/* The first byte that is not UTF-8, or NULL. What stands between ASCII and ASCII is checked by
 * itself: no character reaches across. */
static const char *find_not_utf8(const char *bytes, size_t size) {
    for (size_t begin = skip_ascii(bytes, size); begin < size;) {
        size_t end = begin;
        while (end < size && (unsigned char)bytes[end] >= 0x80) end++;
        const uint8_t *wrong = u8_check((const uint8_t *)bytes + begin, end - begin);
        if (wrong != NULL) return (const char *)wrong;
        begin = end + skip_ascii(bytes + end, size - end);
    }
    return NULL;
}

static bool check_bytes(const char *markdown, size_t size, struct diagnostics *diagnostics) {
    if (size > PARSE_SIZE_MAX) {
        diagnostics_add(diagnostics, SEVERITY_ERROR, 0, 0, "too-large",
                        "the source is larger than %zu MiB; split it into several files",
                        PARSE_SIZE_MAX / 1024 / 1024);
        return false;
    }
    const char *nul = memchr(markdown, '\0', size);
    const char *wrong = find_not_utf8(markdown, size);
    if (nul == NULL && wrong == NULL) return true;
    struct source source;
    bool is_nul = wrong == NULL || (nul != NULL && nul < wrong);
    size_t offset = (size_t)((is_nul ? nul : wrong) - markdown);
    source_init(&source, markdown, size);
    diagnostics_add(diagnostics, SEVERITY_ERROR, source_line_of(&source, offset) + 1,
                    source_column_of(&source, offset), is_nul ? "nul-byte" : "not-utf-8",
                    is_nul ? "a NUL byte at offset %zu: this is not a text file"
                           : "not UTF-8 at byte offset %zu; convert the file to UTF-8",
                    offset);
    source_free(&source);
    return false;
}

/* A title is one line: it stands in a heading wherever the bank is written down. */
static void fold_title(char *title) {
    size_t size = 0;
    for (const char *at = title; *at != '\0';) {
        at += strspn(at, " \t\r\n");
        size_t length = strcspn(at, " \t\r\n");
        if (size > 0 && length > 0) title[size++] = ' ';
        memmove(title + size, at, length);
        size += length;
        at += length;
    }
    title[size] = '\0';
}

static void parse_source(struct source *source, bool has_own_title, struct document *document) {
    struct block_tree tree;
    struct tag_list tags;
    unsigned line = 0;
    enum blocks_status status = structure_parse(source, &tree, &line);
    if (status == BLOCKS_OK) {
        struct definitions definitions;
        definitions_find(source, &tree, &definitions);
        tags_find(source, &tree, &definitions, &tags, &document->diagnostics);
        open_fences_find(source, &tree, &document->diagnostics);
        struct scissors scissors = {
            .source = source, .tree = &tree, .tags = &tags, .definitions = &definitions};
        extract_document(&scissors, has_own_title, document);
        if (document->question_count == 0) foreign_tags_find(source, &document->diagnostics);
        definitions_free(&definitions);
        tags_free(&tags);
    } else if (status == BLOCKS_TOO_DEEP) {
        diagnostics_add(&document->diagnostics, SEVERITY_ERROR, line + 1, 1, "too-deep",
                        "lists and quotes are nested more than %d levels deep", BLOCK_DEPTH_MAX);
    } else {
        diagnostics_add(&document->diagnostics, SEVERITY_ERROR, 0, 0, "out-of-memory",
                        "the Markdown parser ran out of memory");
    }
    tree_free(&tree);
}

void document_parse(const char *markdown, size_t size, const char *fallback_title,
                    struct document *ret_document) {
    struct document document = {.fingerprint = fingerprint_source(markdown, size, fallback_title)};
    struct diagnostics *diagnostics = &document.diagnostics;
    if (check_bytes(markdown, size, diagnostics)) {
        struct source source;
        source_init(&source, markdown, size);
        document.title = frontmatter_take(&source, diagnostics);
        bool has_own_title = document.title != NULL;
        if (!has_own_title) document.title = memory_format("%s", fallback_title);
        fold_title(document.title);
        dialect_translate_tags(&source);
        parse_source(&source, has_own_title, &document);
        source_free(&source);
    } else {
        document.title = memory_format("%s", fallback_title);
    }
    if (document.question_count == 0 && diagnostics_count(diagnostics, SEVERITY_ERROR) == 0)
        diagnostics_add(
            diagnostics, SEVERITY_NOTE, 0, 0, "no-questions",
            "no tagged question stands in this source; a question begins with [E], [M] or [H]");
    diagnostics_sort(diagnostics);
    *ret_document = document;
}

void document_free(struct document *document) {
    for (size_t i = 0; i < document->section_count; i++) section_free(&document->sections[i]);
    for (size_t i = 0; i < document->question_count; i++) question_free(&document->questions[i]);
    free(document->sections);
    free(document->questions);
    free(document->title);
    diagnostics_free(&document->diagnostics);
    *document = (struct document){0};
}
