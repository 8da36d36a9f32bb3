#include "content/phrase.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/inline_answer.h"
#include "content/memory.h"
#include "content/tag.h"
#include "content/wording.h"

/* The emphasis marks that stand before the tag on its line, in their order. */
static char *find_marks(const struct scissors *scissors, const struct block *block,
                        const struct tag *tag) {
    struct cut_range range = cut_line_range(scissors, block->parent, tag->line);
    struct buffer marks = {0};
    const char *bytes = scissors->source->bytes;
    for (size_t at = range.begin; at < tag->begin; at++) {
        const char *close = bytes[at] == '<' ? memchr(bytes + at, '>', tag->begin - at) : NULL;
        if (close != NULL) at = (size_t)(close - bytes);
        if (bytes[at] == '*' || bytes[at] == '_') buffer_append(&marks, bytes + at, 1);
    }
    return buffer_steal(&marks);
}

static bool ends_with(const struct source *source, size_t end, const char *ending) {
    size_t length = strlen(ending);
    return end >= length && strncasecmp(source->bytes + end - length, ending, length) == 0;
}

/* CommonMark, section 6.7: two blanks or a backslash at the end of a line; or HTML's break. */
static bool has_hard_break(const struct source *source, unsigned line) {
    static const char *const breaks[] = {"\\", "  ", "<br>", "<br/>", "<br />"};
    size_t start = source->line_starts[line], end = source_line_end(source, line);
    if (end - start < 2) return false;
    for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++)
        if (ends_with(source, end, breaks[i])) return true;
    return false;
}

static bool begins_answer(const struct scissors *scissors, const struct block *block,
                          unsigned line) {
    struct cut_range range = cut_line_range(scissors, block->parent, line);
    char *text = memory_copy(scissors->source->bytes + range.begin, range.end - range.begin);
    bool begins = wording_match_answer_word(text) > 0;
    free(text);
    return begins;
}

/* Length of `Q:`, `Question 3.` or `**Q:**` at `text` with the blanks behind it, or 0. */
static size_t match_question_word(const char *text, size_t size) {
    size_t marks = 0;
    while (marks < size && strchr("*_", text[marks]) != NULL) marks++;
    if (marks == size || (text[marks] | 0x20) != 'q') return 0;
    size_t length = marks + enumerator_match(text + marks, size - marks);
    if (length == marks || strchr(":.)", text[length - 1]) == NULL) return 0;
    bool is_closed = size - length >= marks && memcmp(text + length, text, marks) == 0;
    length += marks;
    if (!is_closed || length >= size || strchr(" \t", text[length]) == NULL) return 0;
    while (length < size && strchr(" \t", text[length]) != NULL) length++;
    return length;
}

/* Length of the blanks at `text` and of what sets a question or answer off from the tag before: a
 * colon, a dash, a word. */
static size_t match_separator(const char *text, size_t size) {
    static const char *const separators[] = {":", "-", ".", "\u2013", "\u2014"};
    size_t begin = 0;
    while (begin < size && strchr(" \t", text[begin]) != NULL) begin++;
    size_t word = match_question_word(text + begin, size - begin);
    if (word > 0) return begin + word;
    for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        size_t behind = begin + strlen(separators[i]);
        if (behind < size && memcmp(text + begin, separators[i], behind - begin) == 0 &&
            strchr(" \t", text[behind]) != NULL)
            return behind + 1;
    }
    return begin;
}

static struct cut_range line_range(const struct scissors *scissors, const struct block *block,
                                   unsigned line) {
    bool is_atx = block->type == BLOCK_HEADING && !block->is_setext;
    return is_atx ? cut_heading_range(scissors, block->parent, line)
                  : cut_line_range(scissors, block->parent, line);
}

static struct cut_range question_range(const struct scissors *scissors, const struct block *block,
                                       const struct tag *tag, unsigned line) {
    struct cut_range range = line_range(scissors, block, line);
    const char *bytes = scissors->source->bytes;
    if (line == tag->line) {
        range.begin = tag->end < range.end ? tag->end : range.end;
        range.begin += match_separator(bytes + range.begin, range.end - range.begin);
    }
    bool is_broken = range.end > range.begin && bytes[range.end - 1] == '\\';
    if (is_broken && has_hard_break(scissors->source, line)) range.end--;
    return range;
}

/* Whether the question's own item goes on below, with what is its answer. */
static bool is_answered_below(const struct scissors *scissors, const struct block *block) {
    const struct block *blocks = scissors->tree->blocks;
    return blocks[block->parent].type == BLOCK_ITEM && block->next != BLOCK_NONE &&
           !blocks[block->next].has_marker;
}

/* Puts two parts of an answer together; either may be NULL. Takes both over. */
static char *join_answers(char *answer, char *behind) {
    if (answer == NULL || behind == NULL) return answer != NULL ? answer : behind;
    char *whole = memory_format("%s\n%s", answer, behind);
    free(answer);
    free(behind);
    return whole;
}

/* The answer on the question's own lines: behind emphasis that began before the tag, or announced;
 * NULL where there is none. */
static char *take_answer(char **text, const char *marks, bool is_answered) {
    char *behind = wording_take_emphasis(text, marks);
    return join_answers(inline_answer_take(*text, is_answered), behind);
}

/* Takes the enumerator off a question whose tag stands behind it. */
static void take_prefix(char *text) {
    size_t length = question_prefix_length(text, strlen(text));
    memset(text, ' ', length);
    wording_trim(text);
}

/* Takes the emphasis off that encloses the tag behind a question, or the question with its tag:
 * `marks` are the ones that close behind the tag. */
static void take_closed_emphasis(char *text, const char *marks) {
    size_t length = strlen(marks), size = strlen(text);
    if (size >= length && strcmp(text + size - length, marks) == 0)
        text[size - length] = '\0';
    else if (strncmp(text, marks, length) == 0)
        memset(text, ' ', length);
    wording_trim(text);
}

/* The answer in what stands behind a tag that follows its question, or NULL: a line break or
 * references may stand there as well. */
static char *read_answer_behind_tag(const char *text) {
    size_t size = strlen(text);
    if (size > 0 && text[size - 1] == '\\') size--;
    size_t begin = match_separator(text, size), colons = strspn(text + begin, ":");
    if (colons == 2 || colons == 3) begin += colons + strspn(text + begin + colons, " \t");
    begin += break_match(text + begin);
    begin += strspn(text + begin, " \t");
    size_t end = wording_trim_references(text, size);
    if (begin + strspn(text + begin, " \t.:") >= end) return NULL;
    return memory_copy(text + begin, size - begin);
}

/* The question before its tag: one line. */
static struct phrase read_before_tag(const struct scissors *scissors, const struct block *block,
                                     const struct tag *tag) {
    const char *bytes = scissors->source->bytes;
    struct cut_range range = line_range(scissors, block, tag->line);
    struct phrase phrase = {.text = memory_copy(bytes + range.begin, tag->begin - range.begin),
                            .last_line = tag->line};
    char *behind = memory_copy(bytes + tag->end, range.end - tag->end);
    phrase.id = wording_take_id(behind);
    size_t marks = strspn(behind, "*_");
    char *answer = read_answer_behind_tag(behind + marks);
    behind[marks] = '\0';
    take_prefix(phrase.text);
    take_closed_emphasis(phrase.text, behind);
    take_prefix(phrase.text);
    free(behind);
    bool is_answered = answer != NULL || is_answered_below(scissors, block);
    phrase.answer = join_answers(inline_answer_take(phrase.text, is_answered), answer);
    return phrase;
}

/* Whether a sentence that does not ask is followed by a line that does: "Given a matrix A." */
static bool leads_to_question(const struct scissors *scissors, const struct block *block,
                              unsigned line) {
    const char *bytes = scissors->source->bytes;
    struct cut_range range = cut_line_range(scissors, block->parent, line);
    struct cut_range next = cut_line_range(scissors, block->parent, line + 1);
    return !wording_asks(bytes + range.begin, range.end - range.begin) &&
           wording_asks(bytes + next.begin, next.end - next.begin);
}

/* Whether the tag stands in the title of a callout or container, which is one line. */
static bool is_in_title(const struct scissors *scissors, const struct block *block,
                        const struct tag *tag) {
    struct cut_range range = cut_line_range(scissors, block->parent, tag->line);
    const char *text = scissors->source->bytes + range.begin;
    return strncmp(text, "[!", 2) == 0 || strncmp(text, ":::", 3) == 0;
}

/* The question behind its tag. What is no text, as the `:::` before an answer, ends it. */
static struct phrase read_behind_tag(const struct scissors *scissors, const struct block *block,
                                     const struct tag *tag, unsigned end_line) {
    struct buffer text = {0};
    struct phrase phrase = {.last_line = tag->line};
    for (unsigned line = tag->line; line <= end_line; line++) {
        if (text.size > 0 && tags_line_is_skipped(scissors->tags, line)) break;
        if (tags_line_is_skipped(scissors->tags, line)) continue;
        if (line > tag->line && begins_answer(scissors, block, line)) break;
        struct cut_range range = question_range(scissors, block, tag, line);
        if (text.size > 0) buffer_append(&text, " ", 1);
        buffer_append(&text, scissors->source->bytes + range.begin, range.end - range.begin);
        phrase.last_line = line;
        if (has_hard_break(scissors->source, line) || is_in_title(scissors, block, tag)) break;
        if (wording_ends_sentence(text.data, text.size) &&
            !(line < end_line && leads_to_question(scissors, block, line)))
            break;
    }
    phrase.text = buffer_steal(&text);
    char *marks = find_marks(scissors, block, tag);
    phrase.id = wording_take_id(phrase.text);
    phrase.answer = take_answer(&phrase.text, marks, is_answered_below(scissors, block));
    if (marks[0] != '\0')
        memset(phrase.text, ' ', match_question_word(phrase.text, strlen(phrase.text)));
    if (phrase.id == NULL) phrase.id = wording_take_id(phrase.text);
    wording_trim(phrase.text);
    free(marks);
    return phrase;
}

struct phrase phrase_read(const struct scissors *scissors, const struct block *block,
                          const struct tag *tag, unsigned end_line) {
    if (tag->is_last) return read_before_tag(scissors, block, tag);
    return read_behind_tag(scissors, block, tag, end_line);
}

void phrase_free(struct phrase *phrase) {
    free(phrase->text);
    free(phrase->id);
    free(phrase->answer);
    *phrase = (struct phrase){0};
}

bool phrase_is_sentence(const char *text, size_t size) {
    return size > 0 && text[size - 1] != '?' && wording_ends_sentence(text, size);
}
