#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "content/tag.h"
#include "content/tags_internal.h"
#include "content/wording.h"

static void add_marker(struct tag_finder *finder, const struct tag_place *place) {
    struct tag_list *tags = finder->tags;
    const struct reading *reading = &finder->reading;
    tags->items = memory_grow(tags->items, tags->count, &tags->capacity, sizeof(tags->items[0]));
    uint32_t begin = reading->offsets[place->begin];
    if (begin > 0 && finder->source->bytes[begin - 1] == '\\') begin--;
    tags->items[tags->count++] = (struct tag){.begin = begin,
                                              .end = reading->offsets[place->end - 1] + 1,
                                              .line = reading->line,
                                              .difficulty = place->difficulty,
                                              .is_last = finder->reads_ends};
}

static size_t find_tag(const struct reading *reading, size_t from, size_t *ret_length) {
    enum difficulty difficulty;
    for (size_t at = from; at < reading->size; at++) {
        *ret_length = tag_match(reading->text + at, reading->size - at, &difficulty);
        if (*ret_length > 0) return at;
    }
    return reading->size;
}

static bool is_blank_from(const struct reading *reading, size_t at) {
    while (at < reading->size && strchr(" \t.)", reading->text[at]) != NULL) at++;
    return at == reading->size;
}

/* Whether the text up to `at` ends in a question mark, in emphasis or not. */
static bool follows_question(const struct reading *reading, size_t at) {
    while (at > 0 && strchr(" \t*_", reading->text[at - 1]) != NULL) at--;
    return at > 0 && reading->text[at - 1] == '?';
}

/* A tag was probably meant to begin a question where it ends a heading or a question, stands behind
 * a question mark, or where all but a few words of a question stand behind it. */
static bool is_misplaced(const struct block *block, const struct reading *reading, size_t at,
                         size_t end) {
    enum { FEW_WORDS = 32 };
    bool is_question = block->type == BLOCK_HEADING || memchr(reading->text, '?', at) != NULL;
    if (is_blank_from(reading, end)) return is_question;
    if (tag_is_index(reading->text, at)) return false;
    if (follows_question(reading, at)) return true;
    return at <= FEW_WORDS && wording_asks(reading->text, reading->size);
}

static void explain_tag(struct tag_finder *finder, const struct block *block, bool is_misplaced_tag,
                        size_t offset) {
    if (block->type == BLOCK_TABLE)
        finder_say(
            finder, SEVERITY_WARNING, offset, "tag-in-table",
            "a tag in a table begins no question; write the question as a heading or list item");
    else if (is_misplaced_tag && finder->reads_ends)
        finder_say(finder, SEVERITY_WARNING, offset, "tag-not-first",
                   "this tag neither begins nor ends the question's line, so it marks no question; "
                   "write the answer on a line of its own");
    else if (is_misplaced_tag)
        finder_say(
            finder, SEVERITY_WARNING, offset, "tag-not-first",
            "text stands before this tag, so it marks no question; write the tag first, on a line "
            "of the question's own");
    else
        finder_say(finder, SEVERITY_NOTE, offset, "tag-in-text",
                   "a tag inside a sentence begins no question");
}

/* The tags of the line other than the marker's, if it has one, begin no question. */
static void explain_tags(struct tag_finder *finder, const struct block *block,
                         const struct tag_place *marker) {
    const struct reading *reading = &finder->reading;
    size_t length;
    for (size_t at, from = 0; (at = find_tag(reading, from, &length)) < reading->size;
         from = at + length) {
        if (marker != NULL && at == marker->begin) continue;
        bool misplaced = marker != NULL ? follows_question(reading, at)
                                        : at > 0 && is_misplaced(block, reading, at, at + length);
        explain_tag(finder, block, misplaced, reading->offsets[at]);
    }
}

/* "[E] easy, [M] medium, [H] hard", or any line that lists several tags and asks nothing. */
static bool is_legend(const struct reading *reading, const struct tag_place *first) {
    if (memchr(reading->text, '?', reading->size) != NULL) return false;
    if (first != NULL)
        return tag_is_legend(reading->text + first->end, reading->size - first->end,
                             first->difficulty);
    size_t length;
    size_t at = find_tag(reading, 0, &length);
    return at < reading->size && find_tag(reading, at + length, &length) < reading->size;
}

/* A heading whose attributes say that it is no question. */
static bool is_named_section(const struct block *block, const struct reading *reading) {
    if (block->type != BLOCK_HEADING) return false;
    char *text = memory_copy(reading->text, reading->size);
    bool named = wording_has_class(text, "section") || wording_has_class(text, "file");
    free(text);
    return named;
}

/* Whether the line above leaves nothing open: it ends a sentence, or in a tag. */
static bool is_complete_above(const struct tag_finder *finder) {
    const struct tag_list *tags = finder->tags;
    unsigned above = finder->reading.line - 1;
    if (tags->count > 0 && tags->items[tags->count - 1].line == above) return true;
    size_t start = finder->source->line_starts[above];
    return wording_ends_sentence(finder->source->bytes + start,
                                 source_line_end(finder->source, above) - start);
}

/* Whether a tag behind `text`, the beginning of the line, marks it as a question: it is a heading,
 * it is numbered, it begins an item, or it is a sentence of its own. */
static bool is_question_line(const struct tag_finder *finder, const struct block *block,
                             size_t size) {
    const struct reading *reading = &finder->reading;
    if (block->type == BLOCK_HEADING || question_prefix_length(reading->text, size) > 0)
        return true;
    if (reading->line > block->first_line && !is_complete_above(finder)) return false;
    bool begins_item = reading->line == block->first_line &&
                       finder->tree->blocks[block->parent].type == BLOCK_ITEM;
    return begins_item || wording_ends_sentence(reading->text, size);
}

/* What turned out to be no formula may bring along a piece of the line above (content/blocks.c). */
static bool is_all_of_line(const struct tag_finder *finder) {
    const struct reading *reading = &finder->reading;
    size_t start = finder->source->line_starts[reading->line];
    return reading->offsets[0] >= start &&
           reading->offsets[reading->size - 1] < source_line_end(finder->source, reading->line);
}

/* Whether emphasis that began with the question ends right behind the tag: `**State it. [E]** So.`
 */
static bool closes_emphasis(const struct tag_finder *finder, const struct tag_place *place) {
    const struct reading *reading = &finder->reading;
    const char *bytes = finder->source->bytes;
    size_t begin = reading->offsets[question_prefix_length(reading->text, place->begin)];
    size_t end = reading->offsets[place->end - 1] + (size_t)1;
    return begin > 0 && strchr("*_", bytes[begin - 1]) != NULL && strchr("*_", bytes[end]) != NULL;
}

/* The first tag, if it stands between a question and its answer. */
static bool find_tag_before_answer(const struct tag_finder *finder, struct tag_place *ret_place) {
    const struct reading *reading = &finder->reading;
    struct tag_place place;
    size_t length, begin = find_tag(reading, 0, &length);
    if (begin == 0 || begin == reading->size || tag_is_index(reading->text, begin)) return false;
    tag_match(reading->text + begin, reading->size - begin, &place.difficulty);
    place.begin = begin;
    place.end = begin + length;
    if (place.end < reading->size && strchr(" \t:\x1f", reading->text[place.end]) == NULL)
        return false;
    if (!follows_question(reading, begin) && !closes_emphasis(finder, &place)) return false;
    *ret_place = place;
    return true;
}

/* The tag behind a question, if there is one. */
static bool find_tag_behind(const struct tag_finder *finder, const struct block *block,
                            struct tag_place *ret_place) {
    const struct reading *reading = &finder->reading;
    size_t size = wording_trim_references(reading->text, reading->size);
    bool found =
        tag_find_last(reading->text, size, ret_place) || find_tag_before_answer(finder, ret_place);
    return found && is_all_of_line(finder) && is_question_line(finder, block, ret_place->begin) &&
           !tag_is_legend(reading->text, ret_place->begin, ret_place->difficulty);
}

/* The tag that makes a question of the line, if there is one. */
static bool find_marker(const struct tag_finder *finder, const struct block *block,
                        struct tag_place *ret_place) {
    const struct reading *reading = &finder->reading;
    if (block->type == BLOCK_TABLE) return false;
    if (finder->reads_ends) return find_tag_behind(finder, block, ret_place);
    return tag_find_first(reading->text, reading->size, ret_place);
}

/* In a list of books, say, whose lines end in "[M]", the author may be surprised by questions. */
static void tell_ends(struct tag_finder *finder, const struct tag_place *marker) {
    const struct reading *reading = &finder->reading;
    if (finder->told_ends || wording_asks(reading->text, marker->begin)) return;
    finder->told_ends = true;
    finder_say(finder, SEVERITY_NOTE, reading->offsets[marker->begin], "tag-behind",
               "no question of the file begins with its tag, so a line like this one, which ends "
               "in a tag, is a question");
}

void finder_scan_line(struct tag_finder *finder, const struct block *block) {
    const struct reading *reading = &finder->reading;
    struct tag_place place;
    if (reading->size == 0 || memchr(reading->text, '[', reading->size) == NULL) return;
    bool has_marker = find_marker(finder, block, &place);
    bool is_first = has_marker && !finder->reads_ends;
    if (block->type != BLOCK_TABLE && is_legend(reading, is_first ? &place : NULL)) {
        finder_say(finder, SEVERITY_NOTE, reading->offsets[0], "legend",
                   "an explanation of the tags is passed over");
        if (block->type != BLOCK_HEADING) finder_skip_line(finder, reading->line);
        return;
    }
    if (has_marker && is_named_section(block, reading)) return;
    if (has_marker) add_marker(finder, &place);
    if (has_marker && finder->reads_ends) tell_ends(finder, &place);
    explain_tags(finder, block, has_marker ? &place : NULL);
}
