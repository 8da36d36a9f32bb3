#include "content/render_text_internal.h"

#include <string.h>

#include "content/tex.h"
#include "content/url.h"

/* ---- bare text ------------------------------------------------------------------------------- */

static void append_formula(const struct node_tree *tree, const struct node *node,
                           struct buffer *out) {
    tex_append(out, nodes_text(tree, node->text), node->text.size);
}

static void append_line(struct buffer *out, const struct buffer *lines) {
    for (size_t i = 0; i < lines->size; i++)
        buffer_append(out, lines->data[i] == '\n' ? " " : lines->data + i, 1);
}

static void append_inline(const struct node_tree *tree, const struct node *node,
                          struct buffer *out) {
    struct buffer formula = {0};
    switch (node->type) {
    case NODE_TEXT:
    case NODE_CODE:
        buffer_append(out, nodes_text(tree, node->text), node->text.size);
        break;
    case NODE_SOFT_BREAK:
    case NODE_HARD_BREAK:
        buffer_append_text(out, " ");
        break;
    case NODE_FORMULA:
    case NODE_DISPLAY:
        append_formula(tree, node, &formula);
        append_line(out, &formula);
        buffer_free(&formula);
        break;
    default:
        render_text_inlines(tree, node, out);
    }
}

void render_text_inlines(const struct node_tree *tree, const struct node *parent,
                         struct buffer *out) {
    for (const struct node *node = parent->first_child; node != NULL; node = node->next)
        append_inline(tree, node, out);
}

/* ---- pieces ---------------------------------------------------------------------------------- */

static void put_code(struct text_writer *writer, const char *text, size_t size) {
    const struct platform *platform = writer->platform;
    bool is_plain = platform->code == NULL ||
                    (platform->is_code_alone && writer->sheet->mark_count > 0) || size == 0;
    struct buffer piece = {0};
    if (is_plain) {
        text_put_escaped(writer, text, size);
        return;
    }
    platform->code(&piece, text, size);
    text_put_piece(writer, &piece, text, size);
}

/* In a chat, what is still TeX and what could be taken for marks stands as code. */
static void put_formula(struct text_writer *writer, const struct node *node) {
    struct buffer lines = {0}, text = {0};
    append_formula(writer->tree, node, &lines);
    append_line(&text, &lines);
    bool is_code = text.size > 0 && strpbrk(text.data, "\\_^{}*~`") != NULL;
    if (text.size > 0) (is_code ? put_code : text_put_escaped)(writer, text.data, text.size);
    buffer_free(&lines);
    buffer_free(&text);
}

/* ---- lines of code --------------------------------------------------------------------------- */

static void trim_blanks(struct buffer *text) {
    while (text->size > 0 && text->data[text->size - 1] == ' ')
        buffer_truncate(text, text->size - 1);
}

/* Text that stays as it is, in lines that end in a line break, as one piece. */
static void put_lines(struct text_writer *writer, const char *text, size_t size) {
    struct buffer piece = {0};
    bool is_first = true;
    for (const char *end; size > 0; text = end) {
        end = memchr(text, '\n', size);
        end = end != NULL ? end + 1 : text + size;
        size_t length = (size_t)(end - text) - (end[-1] == '\n');
        if (!is_first) sheet_append_break(writer->sheet, &piece);
        if (length == 0) trim_blanks(&piece);
        is_first = false;
        buffer_append(&piece, text, length);
        size -= (size_t)(end - text);
    }
    text_put_piece(writer, &piece, piece.data, piece.size);
}

/* Fences cannot stand in a chat's quotes. */
static void put_quoted_code(struct text_writer *writer, const char *text, size_t size) {
    for (const char *end; size > 0; text = end) {
        end = memchr(text, '\n', size);
        end = end != NULL ? end + 1 : text + size;
        size_t length = (size_t)(end - text) - (end[-1] == '\n');
        if (length > 0) put_code(writer, text, length);
        sheet_break(writer->sheet, 1);
        size -= (size_t)(end - text);
    }
}

static bool is_language(const char *info, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (strchr("`\\ \t<>&", info[i]) != NULL) return false;
    return true;
}

/* Lines in fences begin in the first column: what indents a list's item would be part of them. */
static void put_fenced(struct text_writer *writer, struct node_text info, const char *text,
                       size_t size) {
    const char *language = nodes_text(writer->tree, info);
    bool has_language = writer->platform != &platform_slack && is_language(language, info.size);
    struct buffer piece = {0};
    buffer_append_text(&piece, "```");
    buffer_append(&piece, language, has_language ? info.size : 0);
    buffer_append_text(&piece, "\n");
    writer->platform->code_block(&piece, text, size);
    if (size == 0 || text[size - 1] != '\n') buffer_append_text(&piece, "\n");
    buffer_append_text(&piece, "```");
    text_put_piece(writer, &piece, piece.data, piece.size);
}

void text_put_block(struct text_writer *writer, struct node_text info, const char *text,
                    size_t size) {
    if (!writer->platform->is_chat)
        put_lines(writer, text, size);
    else if (writer->quotes > 0)
        put_quoted_code(writer, text, size);
    else
        put_fenced(writer, info, text, size);
}

/* ---- inlines --------------------------------------------------------------------------------- */

static const char *find_mark(const struct platform *platform, enum node_type type) {
    if (type == NODE_STRONG) return platform->strong;
    return type == NODE_EMPHASIS ? platform->emphasis : platform->strike;
}

/* Where a search has found something, bold is what it has found. No platform knows bold in bold. */
void text_write_marked(struct text_writer *writer, enum node_type type, const struct node *node) {
    const char *mark = find_mark(writer->platform, type);
    bool is_taken = type == NODE_STRONG && writer->tree->mark_count > 0;
    bool is_marked = mark != NULL && !is_taken && !writer->is_open[type];
    if (is_marked) sheet_open(writer->sheet, mark);
    writer->is_open[type] |= is_marked;
    text_write_inlines(writer, node);
    if (!is_marked) return;
    writer->is_open[type] = false;
    sheet_close(writer->sheet);
}

static void put_link(struct text_writer *writer, const struct node *node, const struct buffer *bare,
                     const struct buffer *url) {
    const struct platform *platform = writer->platform;
    struct buffer label = {0}, piece = {0};
    if (platform->has_bare_links && strcmp(bare->data, url->data) == 0) {
        buffer_append_text(&piece, "<");
        buffer_append(&piece, url->data, url->size);
        buffer_append_text(&piece, ">");
    } else {
        platform->escape(&label, bare->data, bare->size);
        platform->link(&piece, &label, url);
    }
    text_set_mark(writer, nodes_are_marked(writer->tree, node));
    text_put_piece(writer, &piece, bare->data, bare->size);
    text_set_mark(writer, false);
    buffer_free(&label);
}

/* "text <url>", or the URL alone where the text is no other. */
static void put_reference(struct text_writer *writer, const struct node *node,
                          const struct buffer *bare, const struct buffer *url) {
    bool is_same = strcmp(bare->data, url->data) == 0 || strncmp(url->data, "mailto:", 7) == 0;
    struct buffer piece = {0};
    if (!is_same) {
        text_write_inlines(writer, node);
        sheet_blank(writer->sheet);
    }
    buffer_append_text(&piece, is_same ? "" : "<");
    buffer_append_text(&piece, is_same ? bare->data : url->data);
    buffer_append_text(&piece, is_same ? "" : ">");
    text_set_mark(writer, is_same && nodes_are_marked(writer->tree, node));
    text_put_piece(writer, &piece, piece.data, piece.size);
    text_set_mark(writer, false);
}

/* In a chat only what leads to the web is a link. */
static bool is_link(const struct platform *platform, const char *target, size_t size) {
    return size > 0 && url_is_safe(target, size) &&
           (!platform->is_chat || url_is_web(target, size));
}

/* Links and images. */
static void write_link(struct text_writer *writer, const struct node *node) {
    const struct platform *platform = writer->platform;
    const char *target = nodes_text(writer->tree, node->info);
    struct buffer bare = {0}, url = {0};
    render_text_inlines(writer->tree, node, &bare);
    url_append(&url, target, node->info.size, platform->is_chat ? "()" : "");
    bool has_label = bare.size > 0;
    if (!has_label) buffer_append(&bare, url.data, url.size);
    buffer_append_text(&bare, "");
    if (is_link(platform, target, node->info.size))
        (platform->link != NULL ? put_link : put_reference)(writer, node, &bare, &url);
    else if (has_label)
        text_write_inlines(writer, node);
    else
        text_put_escaped(writer, bare.data, bare.size);
    buffer_free(&bare);
    buffer_free(&url);
}

static void write_display(struct text_writer *writer, const struct node *node) {
    struct buffer text = {0};
    append_formula(writer->tree, node, &text);
    bool is_chat = writer->platform->is_chat;
    sheet_break(writer->sheet, is_chat ? 1 : 2);
    size_t marks = sheet_hide_marks(writer->sheet); /* no code block stands in emphasis */
    if (!is_chat) sheet_push(writer->sheet, "    ", "    ");
    text_put_block(writer, (struct node_text){0}, text.data, text.size);
    if (!is_chat) sheet_pop(writer->sheet);
    sheet_break(writer->sheet, is_chat ? 1 : 2);
    sheet_show_marks(writer->sheet, marks);
    buffer_free(&text);
}

/* Lines stay as they are written for a terminal; a chat has its own width. */
static void write_soft_break(struct text_writer *writer) {
    if (writer->platform->is_chat)
        sheet_blank(writer->sheet);
    else
        sheet_break(writer->sheet, 1);
}

static void write_inline(struct text_writer *writer, const struct node *node) {
    const char *text = nodes_text(writer->tree, node->text);
    switch (node->type) {
    case NODE_TEXT:
        text_put_words(writer, node->text);
        break;
    case NODE_SOFT_BREAK:
        write_soft_break(writer);
        break;
    case NODE_HARD_BREAK:
        sheet_break(writer->sheet, 1);
        break;
    case NODE_EMPHASIS:
    case NODE_STRONG:
    case NODE_STRIKE:
        text_write_marked(writer, node->type, node);
        break;
    case NODE_LINK:
    case NODE_IMAGE:
        write_link(writer, node);
        break;
    case NODE_CODE:
        text_set_mark(writer, nodes_are_marked(writer->tree, node));
        put_code(writer, text, node->text.size);
        text_set_mark(writer, false);
        break;
    case NODE_FORMULA:
        put_formula(writer, node);
        break;
    case NODE_DISPLAY:
        write_display(writer, node);
        break;
    default:
        break;
    }
}

void text_write_inlines(struct text_writer *writer, const struct node *parent) {
    for (const struct node *node = parent->first_child; node != NULL; node = node->next)
        write_inline(writer, node);
}
