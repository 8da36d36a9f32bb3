#include "content/render.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/excerpt.h"
#include "content/memory.h"
#include "content/render_html.h"
#include "content/render_text.h"

static const struct {
    const char *name;
    const struct platform *platform; /* NULL: not written by words */
} markups[MARKUP_COUNT] = {
    [MARKUP_MARKDOWN] = {"markdown", NULL},
    [MARKUP_HTML] = {"html", NULL},
    [MARKUP_PAGE] = {NULL, NULL},
    [MARKUP_TEXT] = {"text", &platform_text},
    [MARKUP_SLACK] = {"slack", &platform_slack},
    [MARKUP_DISCORD] = {"discord", &platform_discord},
    [MARKUP_TELEGRAM] = {"telegram", &platform_telegram},
};

const char *markup_name(enum markup markup) {
    return markups[markup].name;
}

bool markup_parse(const char *name, enum markup *ret_markup) {
    for (enum markup markup = 0; markup < MARKUP_COUNT; markup++) {
        if (markups[markup].name == NULL || strcmp(markups[markup].name, name) != 0) continue;
        *ret_markup = markup;
        return true;
    }
    return false;
}

size_t markup_length_max(enum markup markup) {
    return markups[markup].platform != NULL ? markups[markup].platform->limit_max : 0;
}

size_t markup_length_default(enum markup markup) {
    return markups[markup].platform != NULL ? markups[markup].platform->limit : 0;
}

static struct rendering write_html(const struct node_tree *tree, enum markup markup) {
    struct buffer out = {0};
    bool has_match = render_html(tree, markup == MARKUP_PAGE, &out);
    return (struct rendering){.text = buffer_steal(&out), .has_match = has_match};
}

static struct rendering write_text(const struct node_tree *tree, const struct platform *platform,
                                   size_t limit, size_t *ret_used) {
    struct sheet sheet = {.unit = platform->unit,
                          .is_markup_free = platform->is_markup_free,
                          .shy_marks = platform->shy_marks,
                          .limit = limit};
    bool has_match = render_text(tree, platform, &sheet);
    struct rendering rendering = {
        .text = buffer_steal(&sheet.text), .truncated = sheet.is_full, .has_match = has_match};
    *ret_used = sheet.used;
    sheet_free(&sheet);
    return rendering;
}

/* Most texts fit. Only one that does not has to make room for the ellipsis. */
static struct rendering write_within(const struct node_tree *tree, const struct platform *platform,
                                     size_t limit) {
    size_t used;
    struct rendering whole = write_text(tree, platform, SIZE_MAX, &used);
    if (limit == 0 || used <= limit) return whole;
    free(whole.text);
    return write_text(tree, platform, limit, &used);
}

/* The most characters of a text; 0: any number. */
static size_t find_limit(enum markup markup, size_t max_length) {
    const struct platform *platform = markups[markup].platform;
    return max_length > 0 || platform == NULL ? max_length : platform->limit;
}

static struct rendering write_tree(const struct node_tree *tree, enum markup markup, size_t limit) {
    const struct platform *platform = markups[markup].platform;
    return platform == NULL ? write_html(tree, markup) : write_within(tree, platform, limit);
}

struct rendering render(const char *markdown, enum markup markup, size_t max_length) {
    if (markup == MARKUP_MARKDOWN)
        return (struct rendering){.text = memory_copy(markdown, strlen(markdown))};
    struct node_tree tree;
    nodes_parse(markdown, NULL, 0, &tree);
    struct rendering rendering = write_tree(&tree, markup, find_limit(markup, max_length));
    nodes_free(&tree);
    return rendering;
}

static struct rendering render_excerpt(const char *markdown, const struct span *marks,
                                       size_t mark_count, size_t most, enum markup markup,
                                       size_t limit) {
    struct node_tree tree;
    nodes_parse(markdown, marks, mark_count, &tree);
    excerpt_cut(&tree, most);
    struct rendering rendering = write_tree(&tree, markup, limit);
    nodes_free(&tree);
    return rendering;
}

struct rendering render_matches(const char *markdown, const struct span *marks, size_t mark_count,
                                enum markup markup, size_t max_length) {
    size_t limit = find_limit(markup, max_length);
    size_t most = limit > 0 && limit < EXCERPT_MAX ? limit : EXCERPT_MAX;
    struct rendering rendering = render_excerpt(markdown, marks, mark_count, most, markup, limit);
    if (!rendering.truncated || rendering.has_match) return rendering;
    free(rendering.text); /* there may be room for the match without the words before it */
    return render_excerpt(markdown, marks, mark_count, 0, markup, limit);
}

/* Whether it is words of letters and digits with one blank between them, as most titles are: these
 * read the same in every markup. */
static bool is_plain(const char *title) {
    char before = ' ';
    for (; *title != '\0'; before = *title++) {
        if (isalnum((unsigned char)*title)) continue;
        if (*title != ' ' || before == ' ') return false;
    }
    return before != ' ';
}

/* A heading can hold nothing but inlines: it is read as one, and written as bare text. The mark
 * that closes it keeps a last `#` of the title from being taken for that. */
static char *make_heading(const char *markdown) {
    char *heading = memory_format("# %s #", markdown);
    for (char *c = heading; *c != '\0'; c++)
        if (*c == '\n' || *c == '\r') *c = ' ';
    return heading;
}

/* What would end the line, or stand as a block of its own, stays among the words. */
static void join_lines(struct node_tree *tree) {
    const struct node_text blank = {tree->text.size, 1};
    buffer_append_text(&tree->text, " ");
    for (size_t i = 0; i < tree->text.size; i++)
        if (tree->text.data[i] == '\n') tree->text.data[i] = ' '; /* &#10; */
    for (size_t i = 0; i < tree->count; i++) {
        struct node *node = tree->nodes[i];
        if (node->type == NODE_DISPLAY) node->type = NODE_FORMULA;
        if (node->type != NODE_HARD_BREAK) continue;
        node->type = NODE_TEXT;
        node->text = blank;
    }
}

struct rendering render_title(const char *markdown, enum markup markup) {
    if (markup == MARKUP_MARKDOWN || is_plain(markdown))
        return render(markdown, MARKUP_MARKDOWN, 0);
    struct node_tree tree;
    char *heading = make_heading(markdown);
    nodes_parse(heading, NULL, 0, &tree);
    struct node *title = tree.document->first_child;
    title->type = NODE_PARAGRAPH;
    title->is_tight = true;
    join_lines(&tree);
    struct rendering rendering = write_tree(&tree, markup, 0);
    nodes_free(&tree);
    free(heading);
    return rendering;
}
