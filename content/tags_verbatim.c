#include <string.h>

#include "content/tag.h"
#include "content/tags_internal.h"

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

/* Kramdown's attribute lists: `{: .class #id}`, `{:toc}`. */
static bool is_attribute_line(const struct source *source, unsigned line) {
    struct strip_place place = strip_line_start(source, line);
    size_t end = trim_end(source, place.at, place.end);
    if (end == place.at || source->bytes[end - 1] != '}') return false;
    strip_take_blanks(source, &place, strip_count_blanks(source, place));
    return end - place.at >= 4 && source->bytes[place.at] == '{' &&
           source->bytes[place.at + 1] == ':';
}

void finder_skip_lines(struct tag_finder *finder, const struct block *block) {
    bool comment = block->type == BLOCK_HTML && is_comment(finder->source, block);
    if (!comment && block->type != BLOCK_PARAGRAPH) return;
    for (unsigned line = block->first_line; line <= block->last_line; line++)
        if (comment || is_attribute_line(finder->source, line)) finder_skip_line(finder, line);
}
