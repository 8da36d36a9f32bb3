#include "content/blocks.h"

#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "content/locate.h"
#include "content/memory.h"
#include "content/strip.h"
#include "content/tag.h"
#include "content/wide_tables.h"

struct builder {
    const struct source *source;
    struct block_tree *tree;
    struct locator locator;
    int open[BLOCK_DEPTH_MAX]; /* the path from the document to the innermost open block */
    unsigned depth;
    bool is_too_deep;
    bool is_implicit; /* the innermost block is a tight item's text: md4c has no event for it */
    unsigned links, opaques; /* open spans whose text is a link's, or holds no tags at all */
    size_t math_run;         /* where the runs of the open math span begin */
    bool is_delimited;       /* a code or math span is open */
    size_t span_end;         /* behind its last text; 0: it had none */
};

static struct block *innermost(struct builder *builder) {
    return &builder->tree->blocks[builder->open[builder->depth - 1]];
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static void append_child(struct block_tree *tree, int parent_index, int child) {
    struct block *parent = &tree->blocks[parent_index];
    if (parent->last_child != BLOCK_NONE)
        tree->blocks[parent->last_child].next = child;
    else
        parent->first_child = child;
    parent->last_child = child;
    parent->item_count += tree->blocks[child].type == BLOCK_ITEM;
}

/* md4c passes on only negative values of its callbacks. */
enum { MD4C_GO_ON = 0, MD4C_ABORT = -1 };

/* Opens a block below the innermost one. False: too deep. */
static bool open_block(struct builder *builder, enum block_type type) {
    struct block_tree *tree = builder->tree;
    if (builder->depth == BLOCK_DEPTH_MAX) {
        builder->is_too_deep = true;
        return false;
    }
    int parent = builder->depth > 0 ? builder->open[builder->depth - 1] : BLOCK_NONE;
    tree->blocks = memory_grow(tree->blocks, tree->count, &tree->capacity, sizeof(tree->blocks[0]));
    int index = (int)tree->count++;
    tree->blocks[index] = (struct block){.type = type,
                                         .parent = parent,
                                         .first_child = BLOCK_NONE,
                                         .last_child = BLOCK_NONE,
                                         .next = BLOCK_NONE,
                                         .first_line = LINE_UNKNOWN,
                                         .run_begin = (uint32_t)tree->run_count,
                                         .run_end = (uint32_t)tree->run_count};
    if (parent != BLOCK_NONE) append_child(tree, parent, index);
    builder->open[builder->depth++] = index;
    locate_enter(&builder->locator);
    return true;
}

static void close_block(struct builder *builder) {
    int index = builder->open[builder->depth - 1];
    builder->tree->blocks[index].run_end = (uint32_t)builder->tree->run_count;
    locate_leave(&builder->locator, index);
    builder->depth--;
}

static void close_implicit(struct builder *builder) {
    if (!builder->is_implicit) return;
    builder->is_implicit = false;
    close_block(builder);
}

/* Inline content directly in an item: a tight list's paragraph. */
static bool open_implicit(struct builder *builder) {
    if (innermost(builder)->type != BLOCK_ITEM) return true;
    builder->is_implicit = true;
    return open_block(builder, BLOCK_PARAGRAPH);
}

static void add_run(struct builder *builder, enum run_type type, size_t offset, size_t length) {
    struct block_tree *tree = builder->tree;
    tree->runs =
        memory_grow(tree->runs, tree->run_count, &tree->run_capacity, sizeof(tree->runs[0]));
    tree->runs[tree->run_count++] =
        (struct run){.type = type, .offset = (uint32_t)offset, .length = (uint32_t)length};
}

/* What ends a line or a cell. md4c fills short rows up with empty cells, of which one will do. */
static void add_break(struct builder *builder) {
    const struct block_tree *tree = builder->tree;
    bool is_first = tree->run_count == innermost(builder)->run_begin;
    if (is_first || tree->runs[tree->run_count - 1].type != RUN_BREAK)
        add_run(builder, RUN_BREAK, 0, 0);
}

/* The block types that become blocks of the tree; a table's insides do not. */
static bool is_tree_block(MD_BLOCKTYPE type, enum block_type *ret_type) {
    switch (type) {
    case MD_BLOCK_DOC:
        *ret_type = BLOCK_DOCUMENT;
        return true;
    case MD_BLOCK_QUOTE:
        *ret_type = BLOCK_QUOTE;
        return true;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        *ret_type = BLOCK_LIST;
        return true;
    case MD_BLOCK_LI:
        *ret_type = BLOCK_ITEM;
        return true;
    case MD_BLOCK_HR:
        *ret_type = BLOCK_RULE;
        return true;
    case MD_BLOCK_H:
        *ret_type = BLOCK_HEADING;
        return true;
    case MD_BLOCK_CODE:
        *ret_type = BLOCK_CODE;
        return true;
    case MD_BLOCK_HTML:
        *ret_type = BLOCK_HTML;
        return true;
    case MD_BLOCK_P:
        *ret_type = BLOCK_PARAGRAPH;
        return true;
    case MD_BLOCK_TABLE:
        *ret_type = BLOCK_TABLE;
        return true;
    default:
        return false;
    }
}

static int on_enter_block(MD_BLOCKTYPE md_type, void *detail, void *context) {
    struct builder *builder = context;
    enum block_type type;
    if (!is_tree_block(md_type, &type)) {
        if (md_type == MD_BLOCK_TH || md_type == MD_BLOCK_TD) add_break(builder);
        return MD4C_GO_ON;
    }
    close_implicit(builder);
    if (!open_block(builder, type)) return MD4C_ABORT;
    struct block *block = innermost(builder);
    if (type == BLOCK_HEADING) block->level = ((MD_BLOCK_H_DETAIL *)detail)->level;
    if (type == BLOCK_CODE) block->is_fenced = ((MD_BLOCK_CODE_DETAIL *)detail)->fence_char != 0;
    return MD4C_GO_ON;
}

static int on_leave_block(MD_BLOCKTYPE md_type, void *detail, void *context) {
    (void)detail;
    enum block_type type;
    if (!is_tree_block(md_type, &type)) return MD4C_GO_ON;
    close_implicit(context);
    close_block(context);
    return MD4C_GO_ON;
}

/* ---- inlines --------------------------------------------------------------------------------- */

/* md4c pairs dollars that mean money. Pandoc's rule (tex_math_dollars): no blank behind the opening
 * one, none before the closing one, no digit behind it. And no formula reaches into the next
 * question. */
static bool is_money(const struct source *source, const struct run *runs, size_t count) {
    size_t begin = runs[0].offset, end = runs[count - 1].offset + runs[count - 1].length;
    if (begin == end || strchr(" \t", source->copy[begin]) || strchr(" \t", source->copy[end - 1]))
        return true;
    if (end + 1 < source->size && source->copy[end + 1] >= '0' && source->copy[end + 1] <= '9')
        return true;
    for (size_t i = 1; i < count; i++)
        if (tag_begins_line(source->copy + runs[i].offset, runs[i].length)) return true;
    return false;
}

static void close_math(struct builder *builder) {
    size_t count = builder->tree->run_count - builder->math_run;
    if (count == 0) return;
    struct run *runs = builder->tree->runs + builder->math_run;
    if (!is_money(builder->source, runs, count)) return;
    for (size_t i = 0; i < count; i++) runs[i].type = RUN_TEXT;
    runs[0].offset--;
    runs[0].length++;
    runs[count - 1].length++;
}

/* The delimiters of code and math have no events, and may stand on lines of their own. */
static void locate_opening(struct builder *builder, size_t offset) {
    const char *copy = builder->source->copy;
    while (offset > 0 && strchr(" \t\r\n>", copy[offset - 1]) != NULL) offset--;
    if (offset > 0 && (copy[offset - 1] == '$' || copy[offset - 1] == '`'))
        locate_text(&builder->locator, offset - 1, 1);
}

static void locate_closing(struct builder *builder, size_t offset) {
    const char *copy = builder->source->copy;
    while (copy[offset] != '\0' && strchr(" \t\r\n>", copy[offset]) != NULL) offset++;
    if (copy[offset] == '$' || copy[offset] == '`') locate_text(&builder->locator, offset, 1);
}

static bool is_delimited(MD_SPANTYPE type) {
    return type == MD_SPAN_CODE || type == MD_SPAN_LATEXMATH || type == MD_SPAN_LATEXMATH_DISPLAY;
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *context) {
    struct builder *builder = context;
    (void)detail;
    if (!open_implicit(builder)) return MD4C_ABORT;
    builder->links += type == MD_SPAN_A;
    builder->opaques += type == MD_SPAN_IMG;
    builder->is_delimited = is_delimited(type);
    builder->span_end = 0;
    if (type == MD_SPAN_LATEXMATH) builder->math_run = builder->tree->run_count;
    return MD4C_GO_ON;
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *context) {
    struct builder *builder = context;
    (void)detail;
    builder->links -= type == MD_SPAN_A;
    builder->opaques -= type == MD_SPAN_IMG;
    if (type == MD_SPAN_LATEXMATH) close_math(builder);
    if (is_delimited(type) && builder->span_end > 0) locate_closing(builder, builder->span_end);
    builder->is_delimited = false;
    return MD4C_GO_ON;
}

static enum run_type classify(const struct builder *builder, MD_TEXTTYPE type) {
    if (type == MD_TEXT_BR) return RUN_BREAK;
    if (type != MD_TEXT_NORMAL || builder->opaques > 0) return RUN_OPAQUE;
    return builder->links > 0 ? RUN_LINK : RUN_TEXT;
}

/* md4c hands out pieces of the source, but for line breaks and expanded tabs, which are its own. */
static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context) {
    struct builder *builder = context;
    const struct source *source = builder->source;
    if (!open_implicit(builder)) return MD4C_ABORT;
    uintptr_t place = (uintptr_t)text, begin = (uintptr_t)source->copy;
    bool is_source = place >= begin && place + size <= begin + source->size && size > 0;
    if (is_source) {
        if (builder->is_delimited && builder->span_end == 0) locate_opening(builder, place - begin);
        builder->span_end = place - begin + size;
        locate_text(&builder->locator, place - begin, size);
        add_run(builder, classify(builder, type), place - begin, size);
    } else if (type == MD_TEXT_BR) {
        add_break(builder);
    } else {
        locate_other_text(&builder->locator, text, size);
    }
    return MD4C_GO_ON;
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* md4c's cost grows with the square of the containers that one line opens, before it calls anybody.
 */
static bool opens_too_deep(const struct source *source, unsigned line) {
    struct strip_place place = strip_line_start(source, line);
    if (place.end - place.at <= BLOCK_DEPTH_MAX) return false; /* a byte each, at the least */
    for (unsigned depth = 0; depth <= BLOCK_DEPTH_MAX; depth++) {
        strip_take_blanks(source, &place, strip_count_blanks(source, place));
        size_t left = place.end - place.at;
        size_t marker = strip_match_list_marker(source->copy + place.at, left);
        bool is_quote = left > 0 && source->copy[place.at] == '>';
        bool is_item = marker > 0 && marker < left && source->copy[place.at + marker] == ' ';
        if (!is_quote && !is_item) return false;
        strip_take_bytes(&place, is_quote ? 1 : marker);
    }
    return !locate_line_is_rule(source, line);
}

static bool find_too_deep(const struct source *source, unsigned *ret_line) {
    for (unsigned line = 0; line < source->line_count; line++) {
        if (!opens_too_deep(source, line)) continue;
        *ret_line = line;
        return true;
    }
    return false;
}

enum blocks_status blocks_parse(struct source *source, struct block_tree *ret_tree,
                                unsigned *ret_line) {
    *ret_tree = (struct block_tree){0};
    if (find_too_deep(source, ret_line)) return BLOCKS_TOO_DEEP;
    wide_tables_hide(source);
    struct builder builder = {.source = source, .tree = ret_tree};
    builder.locator = (struct locator){.source = source, .tree = ret_tree};
    const MD_PARSER parser = {.flags = MD_FLAG_TABLES | MD_FLAG_LATEXMATHSPANS,
                              .enter_block = on_enter_block,
                              .leave_block = on_leave_block,
                              .enter_span = on_enter_span,
                              .leave_span = on_leave_span,
                              .text = on_text};
    int status = md_parse(source->copy, (MD_SIZE)source->size, &parser, &builder);
    if (builder.is_too_deep) *ret_line = builder.locator.cursor;
    if (status != 0) return builder.is_too_deep ? BLOCKS_TOO_DEEP : BLOCKS_FAILED;
    locate_ends(source, ret_tree);
    return BLOCKS_OK;
}
