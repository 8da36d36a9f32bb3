/* Any Markdown in any markup, whole and cut: the text is UTF-8 and no longer than asked for; HTML
 * is balanced and knows no element or target that is not of the renderer's own making. The same
 * holds for what is marked in it. */
#include "content/render.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

#include "content/excerpt.h"
#include "content/platform.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition) {
    if (!condition) abort();
}

/* ---- HTML ------------------------------------------------------------------------------------ */

enum { DEPTH_MAX = 1000, NAME_MAX_LENGTH = 16 };

struct elements {
    char names[DEPTH_MAX][NAME_MAX_LENGTH];
    size_t count;
};

static bool is_known(const char *name) {
    static const char *const known[] = {
        "p",     "h1",    "h2",  "h3",   "h4",  "h5",         "h6", "em", "strong", "del",
        "a",     "code",  "pre", "span", "div", "blockquote", "ul", "ol", "li",     "table",
        "thead", "tbody", "tr",  "th",   "td",  "img",        "br", "hr", "mark"};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (strcmp(name, known[i]) == 0) return true;
    return false;
}

static bool is_void(const char *name) {
    return strcmp(name, "img") == 0 || strcmp(name, "br") == 0 || strcmp(name, "hr") == 0;
}

static void check_target(const char *tag, const char *end, const char *attribute) {
    const char *target = memmem(tag, (size_t)(end - tag), attribute, strlen(attribute));
    if (target == NULL) return;
    target += strlen(attribute);
    size_t length = strcspn(target, "\""), scheme = strcspn(target, "\"/?#:");
    require(target + length < end);
    if (target[scheme] != ':') return;
    require((scheme == 4 && strncasecmp(target, "http", 4) == 0) ||
            (scheme == 5 && strncasecmp(target, "https", 5) == 0) ||
            (scheme == 6 && strncasecmp(target, "mailto", 6) == 0));
}

static void check_tag(struct elements *open, const char *tag, const char *end) {
    bool is_end = tag[0] == '/';
    const char *name = tag + is_end;
    size_t length = strcspn(name, " >");
    char copy[NAME_MAX_LENGTH] = "";
    require(length < sizeof(copy));
    memcpy(copy, name, length);
    require(is_known(copy));
    check_target(tag, end, " href=\"");
    check_target(tag, end, " src=\"");
    if (is_end) {
        require(open->count > 0 && strcmp(open->names[--open->count], copy) == 0);
    } else if (!is_void(copy)) {
        require(open->count < DEPTH_MAX);
        memcpy(open->names[open->count++], copy, sizeof(copy));
    }
}

static void check_html(const char *html) {
    static struct elements open;
    open.count = 0;
    for (const char *tag; (tag = strchr(html, '<')) != NULL;) {
        const char *end = strchr(tag, '>');
        require(end != NULL);
        check_tag(&open, tag + 1, end);
        html = end + 1;
    }
    require(open.count == 0);
}

/* ---- lengths --------------------------------------------------------------------------------- */

static size_t count_characters(const char *text, enum markup markup) {
    const struct sheet sheet = {.unit = markup == MARKUP_TEXT ? SHEET_CODE_POINTS : SHEET_UTF16};
    return sheet_measure(&sheet, text, strlen(text));
}

static void check_length(const char *markdown, enum markup markup, size_t length) {
    struct rendering rendering = render(markdown, markup, length);
    require(u8_check((uint8_t *)rendering.text, strlen(rendering.text)) == NULL);
    /* Telegram's limit is one of what is seen, which only Telegram can tell. */
    if (markup != MARKUP_TELEGRAM) require(count_characters(rendering.text, markup) <= length);
    if (rendering.truncated) require(strstr(rendering.text, "…") != NULL);
    free(rendering.text);
}

static void check_markup(const char *markdown, enum markup markup) {
    struct rendering rendering = render(markdown, markup, 0);
    require(u8_check((uint8_t *)rendering.text, strlen(rendering.text)) == NULL);
    bool is_html = markup == MARKUP_HTML || markup == MARKUP_PAGE;
    if (is_html) check_html(rendering.text);
    free(rendering.text);
    rendering = render_title(markdown, markup);
    if (is_html) check_html(rendering.text);
    free(rendering.text);
    if (markup_length_max(markup) == 0) return;
    static const size_t lengths[] = {1, 7, 40, 300};
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
        check_length(markdown, markup, lengths[i]);
}

/* ---- matches --------------------------------------------------------------------------------- */

enum { MARKS_MAX = 64, WHOLE_MAX = 100 };

/* Marks every other word of letters and digits, as a search might have found them. */
static size_t mark_words(const char *markdown, struct span *ret_marks) {
    size_t count = 0, words = 0, start = 0;
    for (size_t at = 0; count < MARKS_MAX; at++) {
        if (isalnum((unsigned char)markdown[at])) continue;
        if (at > start && words++ % 2 == 0) ret_marks[count++] = (struct span){start, at};
        if (markdown[at] == '\0') break;
        start = at + 1;
    }
    return count;
}

static void remove_all(char *text, const char *mark) {
    size_t size = strlen(mark);
    while ((text = strstr(text, mark)) != NULL) memmove(text, text + size, strlen(text + size) + 1);
}

/* What is not cut is the same without its marks as it is unmarked. */
static void check_marks_alone(const char *markdown, char *marked, enum markup markup) {
    struct rendering plain = render(markdown, markup, 0);
    remove_all(marked, markup == MARKUP_TEXT ? RENDER_MATCH : "<mark>");
    if (markup == MARKUP_HTML) remove_all(marked, "</mark>");
    require(strcmp(marked, plain.text) == 0);
    free(plain.text);
}

static void check_matches(const char *markdown, enum markup markup, size_t length) {
    struct span marks[MARKS_MAX];
    size_t count = mark_words(markdown, marks);
    struct rendering rendering = render_matches(markdown, marks, count, markup, length);
    require(u8_check((uint8_t *)rendering.text, strlen(rendering.text)) == NULL);
    if (markup == MARKUP_HTML) check_html(rendering.text);
    if (length > 0 && markup != MARKUP_TELEGRAM && markup != MARKUP_TEXT)
        require(count_characters(rendering.text, markup) <= length);
    if (length == 0 && (markup == MARKUP_HTML || markup == MARKUP_TEXT) &&
        strlen(markdown) <= WHOLE_MAX)
        check_marks_alone(markdown, rendering.text, markup);
    free(rendering.text);
}

/* An excerpt of Markdown is whole characters, has the match, and no more than was asked for beside
 * it. */
static void check_excerpt(const char *markdown, size_t size) {
    enum { MOST = 20 };
    struct span marks[MARKS_MAX];
    if (mark_words(markdown, marks) == 0) return;
    struct span part = excerpt_find(markdown, size, marks[0], MOST);
    const uint8_t *begin = (const uint8_t *)markdown + part.start;
    require(part.start <= marks[0].start && marks[0].end <= part.end && part.end <= size);
    require(u8_check(begin, part.end - part.start) == NULL);
    require(u8_mbsnlen(begin, part.end - part.start) <= MOST || part.end == marks[0].end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (u8_check(data, size) != NULL || memchr(data, '\0', size) != NULL) return 0;
    char *markdown = strndup((const char *)data, size);
    require(markdown != NULL);
    for (enum markup markup = 0; markup < MARKUP_COUNT; markup++) check_markup(markdown, markup);
    for (enum markup markup = MARKUP_HTML; markup < MARKUP_COUNT; markup++) {
        check_matches(markdown, markup, 0);
        if (markup_length_max(markup) == 0) continue;
        check_matches(markdown, markup, 6);
        check_matches(markdown, markup, 40);
    }
    check_excerpt(markdown, size);
    free(markdown);
    return 0;
}
