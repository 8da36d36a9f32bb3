/* Any bytes: the parser neither crashes nor reads what is not there, and what it returns is sound.
 */
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "content/parse.h"
#include "content/steps.h"

static void require(bool condition) {
    if (!condition) abort();
}

static bool is_utf8(const char *text) {
    return u8_check((const uint8_t *)text, strlen(text)) == NULL;
}

static void check_question(const struct document *document, const struct question *question) {
    require(question->text[0] != '\0' && is_utf8(question->text));
    require(question->section.index < document->section_count);
    require(question->source.line > 0 && question->source.column > 0);
    require(question->pinned == (question->id != NULL));
    require((question->answer != NULL) == (question->steps > 0));
    require(question->steps == steps_count(question->answer));
    for (size_t i = 0; i < question->context_count; i++) require(is_utf8(question->context[i]));
    if (question->answer == NULL) return;
    require(is_utf8(question->answer));
    size_t end = 0;
    for (unsigned step = 1; step <= question->steps && step < 50; step++) {
        size_t next = steps_prefix(question->answer, step);
        require(next >= end && next <= strlen(question->answer));
        end = next;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct document document;
    document_parse((const char *)data, size, "fuzz", &document);
    for (size_t i = 0; i < document.section_count; i++)
        require(document.sections[i].parent < (int)i && is_utf8(document.sections[i].title));
    for (size_t i = 0; i < document.question_count; i++)
        check_question(&document, &document.questions[i]);
    if (diagnostics_count(&document.diagnostics, SEVERITY_ERROR) > 0)
        require(document.question_count == 0);
    document_free(&document);
    return 0;
}
