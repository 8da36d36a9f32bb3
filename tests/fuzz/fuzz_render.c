/* Any Markdown in any markup, whole and cut: the text is UTF-8 and no longer than asked for; HTML
 * is balanced and knows no element or target that is not of the renderer's own making. */
#include "content/render.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

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
        "thead", "tbody", "tr",  "th",   "td",  "img",        "br", "hr"};
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (u8_check(data, size) != NULL || memchr(data, '\0', size) != NULL) return 0;
    char *markdown = strndup((const char *)data, size);
    require(markdown != NULL);
    for (enum markup markup = 0; markup < MARKUP_COUNT; markup++) check_markup(markdown, markup);
    free(markdown);
    return 0;
}
