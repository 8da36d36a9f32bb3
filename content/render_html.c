#include "content/render_html.h"

#include <stdio.h>
#include <string.h>

#include "content/render_text.h"
#include "content/tex.h"
#include "content/url.h"

struct writer {
    const struct node_tree *tree;
    struct buffer *out;
    bool readable;
    bool has_match;
};

static void write_blocks(struct writer *writer, const struct node *parent);
static void write_inlines(struct writer *writer, const struct node *parent);

/* ---- text ------------------------------------------------------------------------------------ */

static void put(struct writer *writer, const char *html) {
    buffer_append_text(writer->out, html);
}

void render_html_escape(struct buffer *out, const char *text, size_t size) {
    static const struct {
        char character;
        const char *reference;
    } references[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
    size_t begin = 0;
    for (size_t i = 0; i < size; i++) {
        for (size_t k = 0; k < sizeof(references) / sizeof(references[0]); k++) {
            if (text[i] != references[k].character) continue;
            buffer_append(out, text + begin, i - begin);
            buffer_append_text(out, references[k].reference);
            begin = i + 1;
        }
    }
    if (size > begin) buffer_append(out, text + begin, size - begin);
}

static void put_stretch(struct writer *writer, size_t begin, size_t end) {
    struct node_text text = {begin, end - begin};
    render_html_escape(writer->out, nodes_text(writer->tree, text), text.size);
}

static void put_text(struct writer *writer, struct node_text text) {
    size_t at = text.begin, end = text.begin + text.size;
    while (at < end) {
        bool is_marked;
        size_t stop = nodes_find_border(writer->tree, at, end, &is_marked);
        if (is_marked) put(writer, "<mark>");
        put_stretch(writer, at, stop);
        if (is_marked) put(writer, "</mark>");
        writer->has_match |= is_marked;
        at = stop;
    }
}

/* ---- inlines --------------------------------------------------------------------------------- */

static void put_attribute(struct writer *writer, const char *name, struct node_text value) {
    if (value.size == 0) return;
    put(writer, " ");
    put(writer, name);
    put(writer, "=\"");
    put_text(writer, value);
    put(writer, "\"");
}

static bool is_safe(const struct writer *writer, const struct node *node) {
    return url_is_safe(nodes_text(writer->tree, node->info), node->info.size);
}

static void put_target(struct writer *writer, const char *name, const struct node *node) {
    struct buffer url = {0};
    url_append(&url, nodes_text(writer->tree, node->info), node->info.size, "");
    put(writer, " ");
    put(writer, name);
    put(writer, "=\"");
    render_html_escape(writer->out, url.data, url.size);
    put(writer, "\"");
    buffer_free(&url);
}

static void write_link(struct writer *writer, const struct node *node) {
    bool safe = is_safe(writer, node);
    if (safe) {
        put(writer, "<a");
        put_target(writer, "href", node);
        put_attribute(writer, "title", node->title);
        put(writer, " rel=\"noopener\">");
    }
    write_inlines(writer, node);
    if (safe) put(writer, "</a>");
}

/* An image that may not be shown is its description. */
static void write_image(struct writer *writer, const struct node *node) {
    struct buffer description = {0};
    bool safe = is_safe(writer, node);
    render_text_inlines(writer->tree, node, &description);
    if (safe) {
        put(writer, "<img");
        put_target(writer, "src", node);
        put(writer, " alt=\"");
    }
    render_html_escape(writer->out, description.data, description.size);
    if (safe) {
        put(writer, "\"");
        put_attribute(writer, "title", node->title);
        put(writer, ">");
    }
    buffer_free(&description);
}

static void put_readable(struct writer *writer, const struct node *node) {
    struct buffer text = {0};
    tex_append(&text, nodes_text(writer->tree, node->text), node->text.size);
    for (size_t begin = 0, end; begin < text.size; begin = end + 1) {
        end = begin + strcspn(text.data + begin, "\n");
        if (begin > 0) put(writer, "<br>\n");
        render_html_escape(writer->out, text.data + begin, end - begin);
    }
    buffer_free(&text);
}

static void write_formula(struct writer *writer, const char *element, const struct node *node) {
    bool is_display = node->type == NODE_DISPLAY;
    put(writer, "<");
    put(writer, element);
    put(writer, is_display ? " class=\"math display\">" : " class=\"math inline\">");
    if (writer->readable) {
        put_readable(writer, node);
    } else {
        put(writer, is_display ? "\\[" : "\\(");
        put_text(writer, node->text);
        put(writer, is_display ? "\\]" : "\\)");
    }
    put(writer, "</");
    put(writer, element);
    put(writer, ">");
}

static void write_element(struct writer *writer, const char *name, const struct node *node) {
    buffer_append(writer->out, "<", 1);
    put(writer, name);
    put(writer, ">");
    write_inlines(writer, node);
    put(writer, "</");
    put(writer, name);
    put(writer, ">");
}

static void write_inline(struct writer *writer, const struct node *node) {
    switch (node->type) {
    case NODE_TEXT:
        put_text(writer, node->text);
        break;
    case NODE_SOFT_BREAK:
        put(writer, "\n");
        break;
    case NODE_HARD_BREAK:
        put(writer, "<br>\n");
        break;
    case NODE_EMPHASIS:
        write_element(writer, "em", node);
        break;
    case NODE_STRONG:
        write_element(writer, "strong", node);
        break;
    case NODE_STRIKE:
        write_element(writer, "del", node);
        break;
    case NODE_LINK:
        write_link(writer, node);
        break;
    case NODE_IMAGE:
        write_image(writer, node);
        break;
    case NODE_CODE:
        put(writer, "<code>");
        put_text(writer, node->text);
        put(writer, "</code>");
        break;
    case NODE_FORMULA:
    case NODE_DISPLAY: /* where a <div> cannot stand */
        write_formula(writer, "span", node);
        break;
    default:
        break;
    }
}

static void write_inlines(struct writer *writer, const struct node *parent) {
    for (const struct node *node = parent->first_child; node != NULL; node = node->next)
        write_inline(writer, node);
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static bool is_break(const struct node *node) {
    return node->type == NODE_SOFT_BREAK || node->type == NODE_HARD_BREAK;
}

/* Inlines up to the next formula that is set apart, in a paragraph of their own unless they are
 * only line breaks. Returns the formula, or NULL. */
static const struct node *write_stretch(struct writer *writer, const struct node *node,
                                        bool is_tight) {
    while (node != NULL && is_break(node)) node = node->next;
    if (node == NULL || node->type == NODE_DISPLAY) return node;
    if (!is_tight) put(writer, "<p>");
    for (; node != NULL && node->type != NODE_DISPLAY; node = node->next) {
        bool is_end = node->next == NULL || node->next->type == NODE_DISPLAY;
        if (!is_break(node) || !is_end) write_inline(writer, node);
    }
    put(writer, is_tight ? "\n" : "</p>\n");
    return node;
}

/* Formulas that are set apart end a paragraph: <div> cannot stand in <p>. */
static void write_paragraph(struct writer *writer, const struct node *paragraph) {
    const struct node *node = paragraph->first_child;
    while ((node = write_stretch(writer, node, paragraph->is_tight)) != NULL) {
        write_formula(writer, "div", node);
        put(writer, "\n");
        node = node->next;
    }
}

static void write_heading(struct writer *writer, const struct node *node) {
    char name[] = {'h', (char)('0' + node->number), '\0'};
    write_element(writer, name, node);
    put(writer, "\n");
}

static void write_container(struct writer *writer, const char *name, const struct node *node) {
    put(writer, "<");
    put(writer, name);
    if (node->is_ordered && node->number != 1) {
        char start[sizeof(" start=\"4294967295\"")];
        snprintf(start, sizeof(start), " start=\"%u\"", node->number);
        put(writer, start);
    }
    put(writer, ">\n");
    write_blocks(writer, node);
    put(writer, "</");
    put(writer, name);
    put(writer, ">\n");
}

static void write_item(struct writer *writer, const struct node *node) {
    put(writer, "<li>");
    bool is_tight = node->first_child != NULL && node->first_child->is_tight;
    if (!is_tight) put(writer, "\n");
    write_blocks(writer, node);
    if (writer->out->data[writer->out->size - 1] == '\n' && is_tight &&
        node->first_child->next == NULL)
        buffer_truncate(writer->out, writer->out->size - 1);
    put(writer, "</li>\n");
}

static void write_code(struct writer *writer, const struct node *node) {
    put(writer, "<pre><code");
    if (node->info.size > 0) {
        put(writer, " class=\"language-");
        put_text(writer, node->info);
        put(writer, "\"");
    }
    put(writer, ">");
    put_text(writer, node->text);
    put(writer, "</code></pre>\n");
}

static void write_cell(struct writer *writer, const struct node *cell, const char *name) {
    static const char *const aligns[] = {[NODE_ALIGN_NONE] = "",
                                         [NODE_ALIGN_LEFT] = " align=\"left\"",
                                         [NODE_ALIGN_CENTER] = " align=\"center\"",
                                         [NODE_ALIGN_RIGHT] = " align=\"right\""};
    put(writer, "<");
    put(writer, name);
    put(writer, aligns[cell->align]);
    put(writer, ">");
    write_inlines(writer, cell);
    put(writer, "</");
    put(writer, name);
    put(writer, ">");
}

static void write_row(struct writer *writer, const struct node *row) {
    put(writer, "<tr>");
    for (const struct node *cell = row->first_child; cell != NULL; cell = cell->next)
        write_cell(writer, cell, row->is_header ? "th" : "td");
    put(writer, "</tr>\n");
}

static void write_table(struct writer *writer, const struct node *table) {
    const struct node *row = table->first_child;
    put(writer, "<table>\n<thead>\n");
    for (; row != NULL && row->is_header; row = row->next) write_row(writer, row);
    put(writer, "</thead>\n");
    if (row != NULL) put(writer, "<tbody>\n");
    for (const struct node *body = row; body != NULL; body = body->next) write_row(writer, body);
    put(writer, row != NULL ? "</tbody>\n</table>\n" : "</table>\n");
}

static void write_block(struct writer *writer, const struct node *node) {
    switch (node->type) {
    case NODE_PARAGRAPH:
        write_paragraph(writer, node);
        break;
    case NODE_HEADING:
        write_heading(writer, node);
        break;
    case NODE_QUOTE:
        write_container(writer, "blockquote", node);
        break;
    case NODE_LIST:
        write_container(writer, node->is_ordered ? "ol" : "ul", node);
        break;
    case NODE_ITEM:
        write_item(writer, node);
        break;
    case NODE_CODE_BLOCK:
        write_code(writer, node);
        break;
    case NODE_RULE:
        put(writer, "<hr>\n");
        break;
    case NODE_TABLE:
        write_table(writer, node);
        break;
    default:
        break;
    }
}

static void write_blocks(struct writer *writer, const struct node *parent) {
    for (const struct node *node = parent->first_child; node != NULL; node = node->next)
        write_block(writer, node);
}

bool render_html(const struct node_tree *tree, bool readable, struct buffer *out) {
    struct writer writer = {.tree = tree, .out = out, .readable = readable};
    write_blocks(&writer, tree->document);
    buffer_trim_end(out);
    return writer.has_match;
}
