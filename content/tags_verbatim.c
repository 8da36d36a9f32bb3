#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "content/tag.h"
#include "content/tags_internal.h"
#include "content/wording.h"

static size_t trim_end(const struct source *source, size_t begin, size_t end) {
    while (end > begin && (source->bytes[end - 1] == ' ' || source->bytes[end - 1] == '\t')) end--;
    return end;
}

static bool is_comment(const struct source *source, const struct block *block) {
    struct strip_place place = strip_line_start(source, block->first_line);
    strip_take_blanks(source, &place, strip_count_blanks(source, place));
    size_t end = trim_end(source, place.at, source_line_end(source, block->last_line));
    return end - place.at >= 7 && memcmp(source->bytes + place.at, "<!--", 4) == 0 &&
           memcmp(source->bytes + end - 3, "-->", 3) == 0;
}

/* Length of the HTML tags that `text` begins with. */
static size_t match_html_tags(const char *text, size_t size) {
    size_t at = 0;
    for (;;) {
        while (at < size && strchr(" \t", text[at]) != NULL) at++;
        if (size - at < 2 || text[at] != '<' || text[at + 1] == '!') return at;
        const char *end = memchr(text + at, '>', size - at);
        if (end == NULL) return at;
        at = (size_t)(end - text) + 1;
    }
}

/* A question that HTML holds: its tag, perhaps in elements of its own, and then words. */
static void scan_html_line(struct tag_finder *finder, size_t start, size_t end) {
    const char *bytes = finder->source->bytes;
    struct tag_place place;
    start += match_html_tags(bytes + start, end - start);
    if (!tag_find_first(bytes + start, end - start, &place)) return;
    size_t words = start + place.end;
    if (words + match_html_tags(bytes + words, end - words) < end)
        finder_say(finder, SEVERITY_WARNING, start + place.begin, "tag-in-html",
                   "a tag inside HTML begins no question; write the question in Markdown");
}

static void scan_plain_line(struct tag_finder *finder, const char *text, size_t start, size_t end) {
    struct tag_place place;
    if (tag_find_first(finder->source->bytes + start, end - start, &place))
        finder_say(finder, SEVERITY_NOTE, start + place.begin, "tag-in-verbatim", text);
}

void finder_scan_verbatim(struct tag_finder *finder, const struct block *block) {
    bool is_html = block->type == BLOCK_HTML && !is_comment(finder->source, block);
    const char *text = block->type == BLOCK_CODE ? "a tag inside indented code begins no question"
                                                 : "a tag inside a comment begins no question";
    for (unsigned line = block->first_line; line <= block->last_line; line++) {
        size_t start = finder->source->line_starts[line];
        size_t end = source_line_end(finder->source, line);
        if (is_html)
            scan_html_line(finder, start, end);
        else
            scan_plain_line(finder, text, start, end);
    }
}

/* ---- skipped lines --------------------------------------------------------------------------- */

static bool begins_with(const char *text, size_t size, const char *beginning) {
    size_t length = strlen(beginning);
    return size >= length && memcmp(text, beginning, length) == 0;
}

/* Kramdown's attribute lists: `{: .class #id}`, `{:toc}`. */
static bool is_attribute_list(const char *text, size_t size) {
    return size >= 4 && text[size - 1] == '}' && begins_with(text, size, "{:");
}

/* What Logseq keeps of a block: `id:: 64f0`, `card-repeats:: 2`. Neither side has blanks: with them
 * it may be a type, `id:: a -> a`. */
static bool is_property(const char *text, size_t size) {
    const char *blank = memchr(text, ' ', size);
    bool is_pair = blank != NULL && blank - text > 2 && memcmp(blank - 2, "::", 2) == 0 &&
                   memchr(blank + 1, ' ', size - (size_t)(blank + 1 - text)) == NULL;
    return is_pair && (begins_with(text, size, "id::") || begins_with(text, size, "collapsed::") ||
                       begins_with(text, size, "card-"));
}

/* What opens or closes a container without a title: `:::`, `::: {.solution}`, `:::tip Answer`. */
static bool is_div_fence(const char *text, size_t size) {
    size_t at = 0;
    while (at < size && text[at] == ':') at++;
    if (at < 3) return false;
    while (at < size && strchr(" \t", text[at]) != NULL) at++;
    if (at < size && text[at] == '{') return memchr(text + at, '}', size - at) == text + size - 1;
    while (at < size && isalnum((unsigned char)text[at])) at++;
    char *title = memory_copy(text + at, size - at);
    size_t word = wording_match_answer_word(title);
    bool is_untitled = word == strlen(title);
    free(title);
    return is_untitled;
}

static bool is_skipped_line(const struct source *source, unsigned line) {
    struct strip_place place = strip_line_start(source, line);
    size_t end = trim_end(source, place.at, place.end);
    strip_take_blanks(source, &place, strip_count_blanks(source, place));
    if (place.at >= end) return false;
    const char *text = source->bytes + place.at;
    size_t size = end - place.at;
    return is_attribute_list(text, size) || is_property(text, size) || is_div_fence(text, size);
}

void finder_skip_lines(struct tag_finder *finder, const struct block *block) {
    bool comment = block->type == BLOCK_HTML && is_comment(finder->source, block);
    if (!comment && block->type != BLOCK_PARAGRAPH) return;
    for (unsigned line = block->first_line; line <= block->last_line; line++)
        if (comment || is_skipped_line(finder->source, line)) finder_skip_line(finder, line);
}
