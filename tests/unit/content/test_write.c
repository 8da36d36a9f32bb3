/* What is written parses back to the same questions in the same sections, whatever is in them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "content/parse.h"
#include "content/write.h"
#include "tests/lib/examples.h"
#include "tests/lib/random_source.h"
#include "tests/lib/temporary.h"

static void append(struct buffer *text, const char *piece) {
    buffer_append(text, piece, strlen(piece));
    buffer_append(text, "\n", 1);
}

/* Everything that has to come back: what the revision is made of, but for the ids, which are the
 * import's. */
static char *describe(const struct document *document) {
    struct buffer text = {0};
    for (size_t i = 0; i < document->question_count; i++) {
        const struct question *question = &document->questions[i];
        append(&text, difficulty_name(question->difficulty));
        append(&text, question->text);
        for (size_t j = 0; j < question->context_count; j++) {
            append(&text, "context:");
            append(&text, question->context[j]);
        }
        append(&text, question->answer != NULL ? question->answer : "(no answer)");
        for (int at = (int)question->section.index; at != SECTION_NONE;) {
            const struct section *section = &document->sections[at];
            char level[] = {(char)('0' + section->level), ' ', '\0'};
            append(&text, level);
            append(&text, section->title);
            at = section->parent;
        }
    }
    return buffer_steal(&text);
}

/* Ids as the import gives them to questions that stand alone. */
static void give_ids(struct document *document) {
    for (size_t i = 0; i < document->question_count; i++) {
        struct question *question = &document->questions[i];
        if (question->id != NULL) continue;
        question->id = memory_alloc(QUESTION_ID_DERIVED + 1);
        question_derive_id(question, 0, question->id);
    }
}

static char *write_down(const struct document *document) {
    struct writer writer = {.sections = document->sections};
    for (size_t i = 0; i < document->question_count; i++)
        writer_add_question(&writer, &document->questions[i]);
    char *text = buffer_steal(&writer.text);
    writer_free(&writer);
    return text;
}

/* Returns how many questions there were. */
static size_t expect_return(const char *name, const char *markdown, size_t size) {
    struct document document, again;
    document_parse(markdown, size, "title", &document);
    give_ids(&document);
    char *written = write_down(&document);
    document_parse(written, strlen(written), "again", &again);
    char *expected = describe(&document), *actual = describe(&again);
    cr_expect(strcmp(expected, actual) == 0,
              "%s:\n%.*s\n---- written:\n%s---- expected:\n%s---- is:\n%s", name, (int)size,
              markdown, written, expected, actual);
    size_t count = document.question_count;
    document_free(&document);
    document_free(&again);
    free(written);
    free(expected);
    free(actual);
    return count;
}

/* Every file of the directory; those that do not parse have no questions. */
static size_t expect_directory_returns(const char *path) {
    size_t count = 0;
    DIR *directory = opendir(path);
    cr_assert(directory != NULL, "%s: run the tests from the project's root", path);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (strstr(entry->d_name, ".md") == NULL) continue;
        char *file = memory_format("%s/%s", path, entry->d_name);
        char *markdown = temporary_read(file);
        count += expect_return(file, markdown, strlen(markdown));
        free(markdown);
        free(file);
    }
    closedir(directory);
    return count;
}

static void expect_written(const char *markdown, const char *expected) {
    struct document document;
    document_parse(markdown, strlen(markdown), "title", &document);
    give_ids(&document);
    char *written = write_down(&document);
    cr_expect(eq(str, written, (char *)expected));
    free(written);
    document_free(&document);
}

Test(write, plain_questions_are_written_plainly) {
    expect_written("---\ntitle: Models\n---\n# Trees {#wood}\n1. [E] What is\n   a stump? {#s}\n\n"
                   "   One split.\n# [M] And a\tforest?\n- many\n- trees\n",
                   "# Models {.file}\n\n# Trees {#wood}\n\n- [E] What is a stump? {#s}\n\n"
                   "  One split.\n\n# {.end}\n\n- [M] And a\tforest?\n\n  - many\n  - trees\n\n");
}

Test(write, groups_enclose_their_question) {
    expect_written("1. Given A:\n   1. and B\n      1. [H] What is C?\n         A letter.\n",
                   "# title {.file}\n\n- Given A:\n\n  - and B\n\n    - [H] What is C?\n\n"
                   "      A letter.\n\n");
}

Test(write, what_would_count_elsewhere_is_fenced) {
    expect_written("[E] What?\n\nThis [p].\n\n[p]: https://example.org/\n",
                   "# title {.file}\n\n- [E] What?\n\n  ```markdown as-is\n  This [p].\n\n"
                   "  [p]: https://example.org/\n  ```\n\n");
}

/* The caller may take the text away after each question: what is written stays the same. */
Test(write, taking_the_text_changes_nothing) {
    struct document document;
    char *markdown = temporary_read("content/questions/probability.md");
    document_parse(markdown, strlen(markdown), "title", &document);
    give_ids(&document);
    struct buffer pieces = {0};
    struct writer writer = {.sections = document.sections};
    for (size_t i = 0; i < document.question_count; i++) {
        writer_add_question(&writer, &document.questions[i]);
        buffer_append(&pieces, writer.text.data, writer.text.size);
        writer_clear_text(&writer);
    }
    char *whole = write_down(&document);
    cr_expect(eq(str, pieces.data, whole));
    writer_free(&writer);
    buffer_free(&pieces);
    document_free(&document);
    free(whole);
    free(markdown);
}

Test(write, shipped_questions_come_back) {
    cr_expect(gt(sz, expect_directory_returns("content/questions"), 400));
}

Test(write, test_data_comes_back) {
    cr_expect(gt(sz, expect_directory_returns("tests/data"), 0));
    cr_expect(gt(sz, expect_directory_returns("tests/data/bank"), 0));
    cr_expect(gt(sz, expect_directory_returns("tests/fuzz/corpus/parse"), 0));
}

static void expect_example_returns(void *context, const char *markdown, const char *expected) {
    (void)expected;
    *(size_t *)context += expect_return("an example", markdown, strlen(markdown));
}

Test(write, every_example_comes_back) {
    size_t count = 0;
    examples_run("content/FORMAT.md", expect_example_returns, &count);
    examples_run("tests/data/dialects.md", expect_example_returns, &count);
    cr_expect(gt(sz, count, 100));
}

Test(write, random_sources_come_back) {
    size_t count = 0;
    for (unsigned number = 0; number < 2000; number++) {
        char *markdown = random_source(number);
        count += expect_return("a random source", markdown, strlen(markdown));
        free(markdown);
    }
    cr_expect(gt(sz, count, 2000));
}
