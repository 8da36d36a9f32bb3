#include "content/phrase.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "content/wording.h"

/* The emphasis marks that stand before the tag on its line, in their order. */
static char *find_marks(const struct scissors *scissors, const struct block *block,
                        const struct tag *tag) {
    struct cut_range range = cut_line_range(scissors, block->parent, tag->line);
    struct buffer marks = {0};
    for (size_t at = range.begin; at < tag->begin; at++)
        if (scissors->source->bytes[at] == '*' || scissors->source->bytes[at] == '_')
            buffer_append(&marks, scissors->source->bytes + at, 1);
    return buffer_steal(&marks);
}

/* CommonMark, section 6.7: two blanks or a backslash at the end of a line. */
static bool has_hard_break(const struct source *source, unsigned line) {
    size_t start = source->line_starts[line], end = source_line_end(source, line);
    if (end - start < 2) return false;
    return source->bytes[end - 1] == '\\' || memcmp(source->bytes + end - 2, "  ", 2) == 0;
}

static bool begins_answer(const struct scissors *scissors, const struct block *block,
                          unsigned line) {
    struct cut_range range = cut_line_range(scissors, block->parent, line);
    char *text = memory_copy(scissors->source->bytes + range.begin, range.end - range.begin);
    bool begins = wording_match_answer_word(text) > 0;
    free(text);
    return begins;
}

/* Behind the tag, the blanks and a colon or dash that set it off. */
static size_t skip_separator(const struct source *source, size_t begin, size_t end) {
    static const char *const separators[] = {":", "-", ".", "\u2013", "\u2014"};
    while (begin < end && strchr(" \t", source->bytes[begin]) != NULL) begin++;
    for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        size_t behind = begin + strlen(separators[i]);
        if (behind < end && memcmp(source->bytes + begin, separators[i], behind - begin) == 0 &&
            strchr(" \t", source->bytes[behind]) != NULL)
            return behind + 1;
    }
    return begin;
}

static struct cut_range question_range(const struct scissors *scissors, const struct block *block,
                                       const struct tag *tag, unsigned line) {
    bool is_atx = block->type == BLOCK_HEADING && !block->is_setext;
    struct cut_range range = is_atx ? cut_heading_range(scissors, block->parent, line)
                                    : cut_line_range(scissors, block->parent, line);
    if (line == tag->line) range.begin = skip_separator(scissors->source, tag->end, range.end);
    if (range.end < range.begin) range.end = range.begin;
    bool is_broken = range.end > range.begin && scissors->source->bytes[range.end - 1] == '\\';
    if (is_broken && has_hard_break(scissors->source, line)) range.end--;
    return range;
}

struct phrase phrase_read(const struct scissors *scissors, const struct block *block,
                          const struct tag *tag, unsigned end_line) {
    struct buffer text = {0};
    struct phrase phrase = {.last_line = tag->line};
    for (unsigned line = tag->line; line <= end_line; line++) {
        if (tags_line_is_skipped(scissors->tags, line)) continue;
        if (line > tag->line && begins_answer(scissors, block, line)) break;
        struct cut_range range = question_range(scissors, block, tag, line);
        if (text.size > 0) buffer_append(&text, " ", 1);
        buffer_append(&text, scissors->source->bytes + range.begin, range.end - range.begin);
        phrase.last_line = line;
        if (wording_ends_sentence(text.data, text.size)) break;
        if (has_hard_break(scissors->source, line)) break;
    }
    phrase.text = buffer_steal(&text);
    char *marks = find_marks(scissors, block, tag);
    phrase.id = wording_take_id(phrase.text);
    phrase.answer = wording_take_emphasis(&phrase.text, marks);
    if (phrase.id == NULL) phrase.id = wording_take_id(phrase.text);
    wording_trim(phrase.text);
    free(marks);
    return phrase;
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
