#include "content/render_text.h"

#include <stdio.h>
#include <string.h>
#include <uniwidth.h>

#include "content/render_table.h"
#include "content/render_text_internal.h"

static void write_blocks(struct text_writer *writer, const struct node *parent);

/* In a terminal a heading is underlined. */
static void write_underlined(struct text_writer *writer, const struct node *node) {
    struct buffer title = {0}, line = {0};
    render_text_inlines(writer->tree, node, &title);
    int width = u8_width((const uint8_t *)title.data, title.size, "UTF-8");
    text_write_inlines(writer, node);
    for (; width > 0; width--) buffer_append_text(&line, node->number == 1 ? "═" : "─");
    sheet_break(writer->sheet, 1);
    text_put_piece(writer, &line, line.data, line.size);
    buffer_free(&title);
}

static void write_heading(struct text_writer *writer, const struct node *node) {
    static const char *const marks[] = {"", "# ", "## ", "### "};
    if (!writer->platform->is_chat) {
        write_underlined(writer, node);
    } else if (node->number <= writer->platform->heading_levels) {
        sheet_push(writer->sheet, marks[node->number], "");
        text_write_inlines(writer, node);
        sheet_pop(writer->sheet);
    } else {
        text_write_marked(writer, NODE_STRONG, node);
    }
}

/* Chats know quotes only at the start of a line. */
static void write_quote(struct text_writer *writer, const struct node *node) {
    bool is_inner = writer->platform->is_chat && writer->sheet->prefix_count > 0;
    const char *mark = is_inner ? PLATFORM_INNER_QUOTE : writer->platform->quote;
    sheet_push(writer->sheet, mark, mark);
    writer->quotes++;
    write_blocks(writer, node);
    writer->quotes--;
    sheet_pop(writer->sheet);
}

static void write_item(struct text_writer *writer, const struct node *item, const char *marker,
                       size_t width) {
    static const char indents[] = "             ";
    sheet_push(writer->sheet, marker, indents + sizeof(indents) - 1 - width);
    write_blocks(writer, item);
    sheet_pop(writer->sheet);
}

static void write_list(struct text_writer *writer, const struct node *list) {
    const struct platform *platform = writer->platform;
    unsigned number = list->number;
    for (const struct node *item = list->first_child; item != NULL; item = item->next, number++) {
        char marker[sizeof("4294967295\\. ")];
        snprintf(marker, sizeof(marker), "%u%s", number, platform->number_end);
        size_t width = list->is_ordered ? strlen(marker) : 2;
        write_item(writer, item, list->is_ordered ? marker : platform->bullet, width);
        sheet_break(writer->sheet, list->is_tight ? 1 : 2);
    }
}

static void write_code(struct text_writer *writer, const struct node *node) {
    bool is_chat = writer->platform->is_chat;
    if (!is_chat) sheet_push(writer->sheet, "    ", "    ");
    text_put_block(writer, node->info, nodes_text(writer->tree, node->text), node->text.size);
    if (!is_chat) sheet_pop(writer->sheet);
}

static void write_table(struct text_writer *writer, const struct node *node) {
    struct buffer lines = {0};
    render_table(writer->tree, node, &lines);
    text_put_block(writer, (struct node_text){0}, lines.data, lines.size);
    buffer_free(&lines);
}

static void write_rule(struct text_writer *writer) {
    static const char rule[] = "────────";
    sheet_put(writer->sheet, rule, strlen(rule), sheet_measure(writer->sheet, rule, strlen(rule)));
}

static void write_block(struct text_writer *writer, const struct node *node) {
    switch (node->type) {
    case NODE_PARAGRAPH:
        text_write_inlines(writer, node);
        break;
    case NODE_HEADING:
        write_heading(writer, node);
        break;
    case NODE_QUOTE:
        write_quote(writer, node);
        break;
    case NODE_LIST:
        write_list(writer, node);
        break;
    case NODE_CODE_BLOCK:
        write_code(writer, node);
        break;
    case NODE_RULE:
        write_rule(writer);
        break;
    case NODE_TABLE:
        write_table(writer, node);
        break;
    default:
        break;
    }
}

static void write_blocks(struct text_writer *writer, const struct node *parent) {
    bool is_tight = parent->type == NODE_ITEM && parent->parent->is_tight;
    for (const struct node *node = parent->first_child; node != NULL && !writer->sheet->is_full;
         node = node->next) {
        write_block(writer, node);
        sheet_break(writer->sheet, is_tight ? 1 : 2);
    }
}

bool render_text(const struct node_tree *tree, const struct platform *platform,
                 struct sheet *sheet) {
    struct text_writer writer = {.tree = tree, .platform = platform, .sheet = sheet};
    write_blocks(&writer, tree->document);
    return writer.has_match;
}
