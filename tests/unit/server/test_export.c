/* Each format of an export, to the byte. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "server/export/stream.h"
#include "tests/lib/random_source.h"
#include "tests/unit/db/fixture.h"

static struct bank bank;
static const struct question_filter everything;

static void tear_down(void) {
    bank_close(&bank);
}

static void set_up(void) {
    bank_open(&bank);
    BANK_IMPORT(&bank, SOURCE("a,b.md",
                              {.section = "Sums/A \"b\"/c",
                               .text = "Is $a=b$, {or} ~not?",
                               .answer = "First\tline: #1\n\n- \\alpha <b> & \"c\"",
                               .context = "=1+1",
                               .id = "first",
                               .difficulty = DIFFICULTY_HARD},
                              {.section = "Sums", .text = "Why?", .id = "second"}));
    bank_read(&bank);
}
TestSuite(export_formats, .init = set_up, .fini = tear_down);

/* Reads the whole stream, so many bytes at a time; owned. */
static char *read_choice(const struct export_choice *choice, const struct question_filter *filter,
                         size_t piece) {
    struct export_stream *stream;
    struct buffer text = {0};
    char *bytes = malloc(piece);
    size_t index;
    ssize_t size;
    cr_assert_eq(export_stream_open(bank.reader, choice, filter, &stream, &index), STORE_OK);
    while ((size = export_stream_read(stream, bytes, piece)) > 0)
        buffer_append(&text, bytes, (size_t)size);
    cr_expect_eq(size, 0);
    cr_expect_eq(export_stream_read(stream, bytes, piece), 0, "it goes on behind its end");
    cr_expect_eq(export_stream_done(stream), export_stream_total(stream));
    export_stream_close(stream);
    free(bytes);
    return buffer_steal(&text);
}

static char *read_stream(const char *format, const struct question_filter *filter, bool answers,
                         size_t piece) {
    struct export_choice choice = {.format = export_format_find(format), .answers = answers};
    return read_choice(&choice, filter, piece);
}

static void expect_export(const char *format, bool answers, const char *expected) {
    char *actual = read_stream(format, &everything, answers, 4096);
    cr_expect_str_eq(actual, expected, "%s:\n%s", format, actual);
    free(actual);
}

#define FIRST                                                                                      \
    "{\"id\":\"first\",\"difficulty\":\"hard\",\"question\":\"Is $a=b$, {or} ~not?\","             \
    "\"context\":[\"=1+1\"],\"section\":{\"id\":\"c\",\"title\":\"c\"},"                           \
    "\"source\":{\"path\":\"a,b.md\",\"line\":1},"                                                 \
    "\"answer\":{\"available\":true,\"steps\":1,\"url\":\"/v1/questions/first/answer\""
#define TEXT ",\"text\":\"First\\tline: #1\\n\\n- \\\\alpha <b> & \\\"c\\\"\""
#define SECOND                                                                                     \
    "{\"id\":\"second\",\"difficulty\":\"easy\",\"question\":\"Why?\",\"context\":[],"             \
    "\"section\":{\"id\":\"sums\",\"title\":\"Sums\"},"                                            \
    "\"source\":{\"path\":\"a,b.md\",\"line\":2},\"answer\":{\"available\":false}}"

Test(export_formats, ndjson) {
    expect_export("ndjson", false, FIRST "}}\n" SECOND "\n");
    expect_export("ndjson", true, FIRST TEXT "}}\n" SECOND "\n");
}

Test(export_formats, json_is_one_document) {
    char *actual = read_stream("json", &everything, true, 7);
    json_t *json = json_loads(actual, 0, NULL), *items = json_object_get(json, "items");
    cr_assert_eq(json_array_size(items), 2, "%s", actual);
    cr_expect_eq(json_integer_value(json_object_get(json, "total")), 2);
    cr_expect_str_eq(json_string_value(json_object_get(json, "revision")),
                     store_revision(bank.reader));
    json_t *first = json_loads(FIRST TEXT "}}", 0, NULL);
    cr_expect(json_equal(json_array_get(items, 0), first), "%s", actual);
    json_decref(first);
    json_decref(json);
    free(actual);
}

#define HEADER                                                                                     \
    "id,difficulty,question,context,section_id,section_title,source_path,source_line,answer_steps"

/* RFC 4180; what looks like a formula stays what it is. */
Test(export_formats, csv) {
    expect_export("csv", false,
                  HEADER "\r\nfirst,hard,\"Is $a=b$, {or} ~not?\",\"=1+1\",c,c,\"a,b.md\",1,1\r\n"
                         "second,easy,Why?,,sums,Sums,\"a,b.md\",2,0\r\n");
    expect_export("csv", true,
                  HEADER ",answer\r\nfirst,hard,\"Is $a=b$, {or} ~not?\",\"=1+1\",c,c,\"a,b.md\","
                         "1,1,\"First\tline: #1\n\n- \\alpha <b> & \"\"c\"\"\"\r\n"
                         "second,easy,Why?,,sums,Sums,\"a,b.md\",2,0,\r\n");
}

static void expect_form(const char *format, struct text_form form, const char *expected) {
    struct export_choice choice = {export_format_find(format), .answers = true, .form = form};
    char *actual = read_choice(&choice, &everything, 4096);
    cr_expect_str_eq(actual, expected, "%s:\n%s", format, actual);
    free(actual);
}

Test(export_formats, texts_in_the_markup_asked_for) {
    expect_form("csv", (struct text_form){.markup = MARKUP_SLACK},
                HEADER ",answer,truncated,answer_truncated\r\n"
                       "first,hard,\"Is a=b, {or} ~not?\",\"=1+1\",c,c,\"a,b.md\",1,1,"
                       "\"First line: #1\n\n• \\alpha &lt;b&gt; &amp; \"\"c\"\"\",false,false\r\n"
                       "second,easy,Why?,,sums,Sums,\"a,b.md\",2,0,,false,false\r\n");
    expect_form("csv", (struct text_form){.markup = MARKUP_TEXT, .max_length = 12},
                HEADER ",answer,truncated,answer_truncated\r\n"
                       "first,hard,\"Is a=b,…\",\"=1+1\",c,c,\"a,b.md\",1,1,First…,true,true\r\n"
                       "second,easy,Why?,,sums,Sums,\"a,b.md\",2,0,,false,false\r\n");
    expect_form("ndjson", (struct text_form){.markup = MARKUP_TEXT, .max_length = 12},
                "{\"id\":\"first\",\"difficulty\":\"hard\",\"question\":\"Is a=b,…\","
                "\"context\":[\"=1+1\"],\"section\":{\"id\":\"c\",\"title\":\"c\"},"
                "\"source\":{\"path\":\"a,b.md\",\"line\":1},"
                "\"answer\":{\"available\":true,\"steps\":1,\"url\":\"/v1/questions/first/answer\","
                "\"text\":\"First…\",\"truncated\":true},\"truncated\":true}\n" SECOND "\n");
}

Test(export_formats, markdown) {
    expect_export("markdown", false,
                  "# Sums\n\n## A \"b\"\n\n### c\n\n- =1+1\n\n"
                  "  - [H] Is $a=b$, {or} ~not? {#first}\n\n## {.end}\n\n"
                  "- [E] Why? {#second}\n\n");
}

#define ANKI_HEADER                                                                                \
    "#separator:tab\n#html:true\n#notetype:Basic\n#columns:Id\tFront\tBack\tTags\n"                \
    "#guid column:1\n#tags column:4\n"

Test(export_formats, anki) {
    expect_export("anki", true,
                  ANKI_HEADER
                  "first\t\"<p>=1+1</p>\n<p>Is <span class=\"\"math inline\"\">\\(a=b\\)</span>, "
                  "{or} ~not?</p>\"\t\"<p>First\tline: #1</p>\n<ul>\n"
                  "<li>\\alpha &lt;b&gt; &amp; &quot;c&quot;</li>\n</ul>\"\t"
                  "difficulty::hard section::c\n"
                  "second\t\"<p>Why?</p>\"\t\tdifficulty::easy section::sums\n");
}

Test(export_formats, gift) {
    expect_export("gift", true,
                  "$CATEGORY: qbank/Sums/A \"b\"/c\n\n"
                  "::first::[markdown]\\=1+1\\n\\nIs $a\\=b$, \\{or\\} \\~not?"
                  "{####[markdown]First\tline\\: \\#1\\n\\n- \\\\alpha <b> & \"c\"}\n\n"
                  "$CATEGORY: qbank/Sums\n\n::second::[markdown]Why?{}\n\n");
}

/* Moodle would take `\\n` and `\\{` in a category for escapes and never turn them back. */
Test(export_formats, gift_keeps_backslashes_in_categories) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.section = "$\\nu$: {a}", .text = "Why?", .id = "why"}));
    bank_read(&bank);
    expect_export("gift", false, "$CATEGORY: qbank/$\\\\nu$: {a}\n\n::why::[markdown]Why?{}\n\n");
}

Test(export_formats, pieces_of_any_size_make_the_same_whole) {
    static const char *const formats[] = {"ndjson", "csv", "json", "markdown", "anki", "gift"};
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        char *whole = read_stream(formats[i], &everything, true, 4096);
        char *pieces = read_stream(formats[i], &everything, true, 1);
        cr_expect_str_eq(pieces, whole);
        free(whole);
        free(pieces);
    }
}

Test(export_formats, nothing_that_matches_is_an_empty_document) {
    const struct question_filter medium = {.difficulties = 1u << DIFFICULTY_MEDIUM};
    char *csv = read_stream("csv", &medium, false, 4096);
    cr_expect_str_eq(csv, HEADER "\r\n");
    free(csv);
    char *gift = read_stream("gift", &medium, false, 4096);
    cr_expect_str_eq(gift, "");
    free(gift);
}

Test(export_formats, there_are_no_others) {
    cr_expect_null(export_format_find("xml"));
    cr_expect_null(export_format_find(""));
}

/* ---- banks that come back ---------------------------------------------------------------------
 */

struct file {
    const char *path;
    char *markdown;
};

/* Imports the files; false where they cannot stand in one bank. */
static bool import_files(struct bank *into, const struct file *files, size_t count) {
    struct import *import;
    struct import_summary summary;
    bool taken = true;
    cr_assert_eq(import_begin(into->writer, &(struct import_options){0}, &import), STORE_OK);
    for (size_t i = 0; i < count && taken; i++) {
        struct document document;
        document_parse(files[i].markdown, strlen(files[i].markdown), "File 1", &document);
        taken = import_source(import, files[i].path, &document) == STORE_OK;
        document_free(&document);
    }
    if (taken)
        cr_assert_eq(import_commit(import, &summary), STORE_OK);
    else
        import_abort(import);
    return taken;
}

/* A bank of three files and what it is written down as must have one revision. */
static bool comes_back(unsigned number) {
    struct bank again;
    struct file files[] = {{"a.md", random_source(number)},
                           {"b.md", random_source(number + 1)},
                           {"c.md", random_source(number + 2)}};
    bool taken = import_files(&bank, files, 3);
    if (taken) {
        bank_read(&bank);
        bank_open(&again);
        struct file written = {"all.md", read_stream("markdown", &everything, true, 4096)};
        cr_assert(import_files(&again, &written, 1), "%u:\n%s", number, written.markdown);
        bank_read(&again);
        cr_expect_str_eq(store_revision(again.reader), store_revision(bank.reader), "%u:\n%s",
                         number, written.markdown);
        free(written.markdown);
        bank_close(&again);
    }
    for (size_t i = 0; i < 3; i++) free(files[i].markdown);
    return taken;
}

Test(export_formats, random_banks_come_back_as_the_same_revision) {
    unsigned count = 0;
    for (unsigned number = 0; number < 60; number += 3) count += comes_back(number);
    cr_expect_gt(count, 15);
}
