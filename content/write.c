#include "content/write.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "content/locate.h"
#include "content/memory.h"
#include "content/parse.h"
#include "content/tag.h"
#include "content/wording.h"

static void append(struct buffer *text, const char *piece) {
    buffer_append(text, piece, strlen(piece));
}

static void append_repeated(struct buffer *text, char mark, size_t count) {
    for (size_t i = 0; i < count; i++) buffer_append(text, &mark, 1);
}

/* ---- sections -------------------------------------------------------------------------------- */

enum { PATH_MAX_LENGTH = 7 }; /* levels 0 to 6, each below the one before */

/* The sections from the outermost to the one with this index; returns how many there are. */
static size_t find_path(const struct section *sections, int index, int ret_path[PATH_MAX_LENGTH]) {
    size_t count = 0;
    for (int at = index; at != SECTION_NONE && count < PATH_MAX_LENGTH; at = sections[at].parent)
        count++;
    size_t place = count;
    for (int at = index; place > 0; at = sections[at].parent) ret_path[--place] = at;
    return count;
}

static void append_level(struct buffer *text, unsigned level) {
    append_repeated(text, '#', level == 0 ? 1 : level);
    append(text, " ");
}

/* A heading without words ends the sections of its level. */
static void append_end(struct buffer *text, unsigned level) {
    append_level(text, level);
    append(text, level == 0 ? "{.file}\n\n" : "{.end}\n\n");
}

static bool has_own_id(const struct section *section) {
    char *slug = wording_slug(section->title);
    bool own = strcmp(slug, section->id) == 0;
    free(slug);
    return own;
}

static bool has_tag(const char *title) {
    enum difficulty difficulty;
    for (; *title != '\0'; title++)
        if (tag_match(title, strlen(title), &difficulty) > 0) return true;
    return false;
}

/* The class without which the heading would be read in another way, or lose its end; "" if none is
 * needed. */
static const char *find_class(const struct section *section) {
    size_t length = strlen(section->title);
    if (section->level == 0) return ".file";
    bool is_closed = length > 0 && strchr("#}", section->title[length - 1]) != NULL;
    return is_closed || has_tag(section->title) ? ".section" : "";
}

/* An id that cannot be pinned is one that the title leads to by itself. */
static void append_heading(struct buffer *text, const struct section *section) {
    const char *class = find_class(section);
    bool has_id = !has_own_id(section) && question_id_is_valid(section->id);
    append_level(text, section->level);
    append(text, section->title);
    if (has_id || class[0] != '\0') append(text, " {");
    if (has_id) append(text, "#");
    if (has_id) append(text, section->id);
    if (has_id && class[0] != '\0') append(text, " ");
    append(text, class);
    append(text, has_id || class[0] != '\0' ? "}\n\n" : "\n\n");
}

/* Opens the sections down to that of the question, and ends what does not enclose it. */
static void open_section(struct writer *writer, size_t index) {
    int from[PATH_MAX_LENGTH], to[PATH_MAX_LENGTH];
    size_t shared = 0;
    if (writer->path == index + 1) return;
    size_t from_count = find_path(writer->sections, (int)writer->path - 1, from);
    size_t to_count = find_path(writer->sections, (int)index, to);
    while (shared < from_count && shared < to_count && from[shared] == to[shared]) shared++;
    if (shared < from_count) {
        unsigned ended = writer->sections[from[shared]].level;
        bool ends = shared < to_count && writer->sections[to[shared]].level <= ended;
        if (!ends) append_end(&writer->text, ended);
    }
    for (; shared < to_count; shared++)
        append_heading(&writer->text, &writer->sections[to[shared]]);
    writer->path = index + 1;
}

/* ---- one question ---------------------------------------------------------------------------- */

/* Ways to write the words of a question, each for words that the ones before would change: a
 * separator in front of words that begin with one, attributes behind a question that seems to have
 * some, an escaped tag where a definition makes links of tags, a line of its own for words that
 * explain the tag. */
static const struct wording {
    const char *tag; /* % stands for the letter */
    const char *attributes;
} wordings[] = {
    {"[%] ", ""}, {"[%] : ", " {:} {:}"}, {"\\[%\\] : ", " {:} {:}"}, {"[%]\n", " {:} {:}"}};

/* What is written as it is. */
enum exactness { EXACT_NOTHING, EXACT_ANSWER, EXACT_ALL };

struct form {
    const struct wording *wording;
    enum exactness exactness;
};

/* Appends the lines, each but the first behind `indent` blanks. */
static void append_lines(struct buffer *text, const char *lines, size_t indent) {
    for (;;) {
        size_t length = strcspn(lines, "\n");
        buffer_append(text, lines, length);
        append(text, "\n");
        if (lines[length] == '\0') return;
        lines += length + 1;
        if (*lines != '\n' && *lines != '\0') append_repeated(text, ' ', indent);
    }
}

/* The longest run of a mark, for a fence has to be longer. */
static size_t longest_run(const char *text, char mark) {
    size_t longest = 0;
    while (*text != '\0') {
        size_t length = 0;
        while (text[length] == mark) length++;
        if (length > longest) longest = length;
        text += length > 0 ? length : 1;
    }
    return longest;
}

static void append_fenced(struct buffer *text, const char *lines, size_t indent) {
    size_t run = longest_run(lines, '`'), fence = run < 3 ? 3 : run + 1;
    append_repeated(text, '`', fence);
    append(text, "markdown as-is\n");
    append_repeated(text, ' ', *lines != '\n' ? indent : 0);
    append_lines(text, lines, indent);
    append_repeated(text, ' ', indent);
    append_repeated(text, '`', fence);
    append(text, "\n");
}

static void append_markdown(struct buffer *text, const char *lines, size_t indent, bool is_exact) {
    if (is_exact)
        append_fenced(text, lines, indent);
    else
        append_lines(text, lines, indent);
}

/* An id that the words lead to by themselves need not be written. */
static bool needs_pin(const struct question *question) {
    char id[QUESTION_ID_DERIVED + 1];
    question_derive_id(question, 0, id);
    return question->pinned || strcmp(id, question->id) != 0;
}

static void append_words(struct buffer *text, const struct question *question,
                         const struct wording *wording, size_t indent) {
    for (const char *at = wording->tag; *at != '\0'; at++) {
        char letter = (char)toupper((unsigned char)difficulty_name(question->difficulty)[0]);
        buffer_append(text, *at == '%' ? &letter : at, 1);
        if (*at == '\n') append_repeated(text, ' ', indent);
    }
    append(text, question->text);
    if (needs_pin(question)) {
        append(text, " {#");
        append(text, question->id);
        append(text, "}");
    } else {
        append(text, wording->attributes);
    }
    append(text, "\n");
}

enum { INDENT = 2 }; /* of what stands in an item: "- " */

/* Its context as nested groups, then the question as the innermost item. */
static void append_question(struct buffer *text, const struct question *question,
                            struct form form) {
    for (size_t i = 0; i < question->context_count; i++) {
        append_repeated(text, ' ', i * INDENT);
        append(text, "- ");
        append_markdown(text, question->context[i], (i + 1) * INDENT, form.exactness == EXACT_ALL);
        append(text, "\n");
    }
    size_t indent = (question->context_count + 1) * INDENT;
    append_repeated(text, ' ', indent - INDENT);
    append(text, "- ");
    append_words(text, question, form.wording, indent);
    append(text, "\n");
    if (question->answer == NULL) return;
    append_repeated(text, ' ', indent);
    append_markdown(text, question->answer, indent, form.exactness >= EXACT_ANSWER);
    append(text, "\n");
}

/* ---- trying it ------------------------------------------------------------------------------- */

/* The neighbours: a question before that ends in a block without text, which is hard to locate; a
 * section and all kinds of tags behind. */
#define IMAGE "![](b)"
static const char before[] = "- [E] Before?\n\n  " IMAGE "\n\n";
static const char behind[] = "# Behind $$\n\n- [E] Easy?\n- [M] Medium?\n- [H] Hard?\n";
enum { NEIGHBOURS_BEFORE = 1, NEIGHBOURS = 4 };

static bool is_same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool is_same_question(const struct question *a, const struct question *b) {
    bool same = a->difficulty == b->difficulty && a->context_count == b->context_count &&
                is_same_text(a->text, b->text) && is_same_text(a->answer, b->answer);
    for (size_t i = 0; same && i < a->context_count; i++)
        same = strcmp(a->context[i], b->context[i]) == 0;
    return same && is_same_text(a->pinned ? a->id : NULL, needs_pin(b) ? b->id : NULL);
}

static bool are_neighbours_unharmed(const struct document *document) {
    static const char *const words[NEIGHBOURS] = {"Before?", "Easy?", "Medium?", "Hard?"};
    bool unharmed = document->section_count == 2;
    for (size_t i = 0; i < NEIGHBOURS && unharmed; i++) {
        const struct question *question = &document->questions[i < NEIGHBOURS_BEFORE ? i : i + 1];
        const char *answer = i < NEIGHBOURS_BEFORE ? IMAGE : NULL;
        unharmed = strcmp(question->text, words[i]) == 0 &&
                   is_same_text(question->answer, answer) && question->context_count == 0 &&
                   question->section.index == (i >= NEIGHBOURS_BEFORE);
    }
    return unharmed;
}

/* md4c 0.4.8 takes what it notes of a list item's lines for a block's type at some offsets modulo
 * 256, and then ends the item at a blank line: so it is tried at the very offset. */
enum { OFFSET_PERIOD = 256 };

static bool parses_back(const struct buffer *markdown, size_t offset,
                        const struct question *question) {
    struct document document;
    struct buffer text = {0};
    append(&text, before);
    while (text.size % OFFSET_PERIOD != offset % OFFSET_PERIOD) append(&text, "\n");
    buffer_append(&text, markdown->data, markdown->size);
    append(&text, behind);
    document_parse(text.data, text.size, "title", &document);
    bool good = document.question_count == NEIGHBOURS + 1 && are_neighbours_unharmed(&document) &&
                is_same_question(&document.questions[NEIGHBOURS_BEFORE], question);
    document_free(&document);
    buffer_free(&text);
    return good;
}

/* A definition would count for every question of the source. */
static bool has_definition(const char *text) {
    if (text == NULL || strstr(text, "]:") == NULL) return false;
    struct source source;
    bool found = false;
    source_init(&source, text, strlen(text));
    for (unsigned line = 0; line < source.line_count && !found; line++)
        found = locate_line_is_definition(&source, line);
    source_free(&source);
    return found;
}

/* The least that has to be written as it is, whatever trying says. */
static enum exactness least_exactness(const struct question *question) {
    for (size_t i = 0; i < question->context_count; i++)
        if (has_definition(question->context[i])) return EXACT_ALL;
    return has_definition(question->answer) ? EXACT_ANSWER : EXACT_NOTHING;
}

/* Tries the form there, and behind empty lines: md4c may read it otherwise at the next offset. */
static bool write_form(struct buffer *text, const struct question *question, struct form form,
                       size_t offset) {
    enum { SHIFTS = 3 };
    for (unsigned shift = 0; shift < SHIFTS; shift++) {
        text->size = 0;
        append_repeated(text, '\n', shift);
        append_question(text, question, form);
        if (parses_back(text, offset, question)) return true;
    }
    return false;
}

/* The first form that parses back; where none does, the last one has to do. */
static void write_question(struct buffer *text, const struct question *question, size_t offset) {
    enum exactness least = least_exactness(question);
    for (size_t i = 0; i < sizeof(wordings) / sizeof(wordings[0]); i++)
        for (enum exactness exactness = least; exactness <= EXACT_ALL; exactness++)
            if (write_form(text, question, (struct form){&wordings[i], exactness}, offset)) return;
}

void writer_add_question(struct writer *writer, const struct question *question) {
    struct buffer text = {0};
    open_section(writer, question->section.index);
    write_question(&text, question, writer->offset + writer->text.size);
    buffer_append(&writer->text, text.data, text.size);
    buffer_free(&text);
}

void writer_clear_text(struct writer *writer) {
    writer->offset += writer->text.size;
    writer->text.size = 0;
}

void writer_free(struct writer *writer) {
    buffer_free(&writer->text);
}
