#include "content/nodes.h"

#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "content/nodes_internal.h"
#include "content/structure.h"

/* ---- nodes ----------------------------------------------------------------------------------- */

struct node *nodes_add(struct node_tree *tree, struct node *parent, enum node_type type) {
    tree->nodes = memory_grow(tree->nodes, tree->count, &tree->capacity, sizeof(struct node *));
    struct node *node = memory_alloc(sizeof(*node));
    tree->nodes[tree->count++] = node;
    node->type = type;
    node->parent = parent;
    if (parent == NULL) return node;
    if (parent->last_child != NULL)
        parent->last_child->next = node;
    else
        parent->first_child = node;
    parent->last_child = node;
    return node;
}

struct node *nodes_open(struct nodes_builder *builder, enum node_type type) {
    builder->open = nodes_add(builder->tree, builder->open, type);
    return builder->open;
}

static void close_implicit(struct nodes_builder *builder) {
    if (builder->open->type == NODE_PARAGRAPH && builder->open->is_tight)
        builder->open = builder->open->parent;
}

/* Beside long runs of `*` md4c may leave an emphasis that it has not entered, so spans are closed
 * by their types, and all of them at the end of the block. */
static void close_spans(struct nodes_builder *builder) {
    while (builder->open->type >= NODE_TEXT) builder->open = builder->open->parent;
    builder->spans = builder->skipped = 0;
}

/* ---- blocks ---------------------------------------------------------------------------------- */

/* What holds rows only needs no node. */
static bool find_block_type(MD_BLOCKTYPE md_type, enum node_type *ret_type) {
    static const struct {
        MD_BLOCKTYPE md_type;
        enum node_type type;
    } types[] = {{MD_BLOCK_DOC, NODE_DOCUMENT}, {MD_BLOCK_QUOTE, NODE_QUOTE},
                 {MD_BLOCK_UL, NODE_LIST},      {MD_BLOCK_OL, NODE_LIST},
                 {MD_BLOCK_LI, NODE_ITEM},      {MD_BLOCK_HR, NODE_RULE},
                 {MD_BLOCK_H, NODE_HEADING},    {MD_BLOCK_CODE, NODE_CODE_BLOCK},
                 {MD_BLOCK_P, NODE_PARAGRAPH},  {MD_BLOCK_HTML, NODE_PARAGRAPH},
                 {MD_BLOCK_TABLE, NODE_TABLE},  {MD_BLOCK_TR, NODE_ROW},
                 {MD_BLOCK_TH, NODE_CELL},      {MD_BLOCK_TD, NODE_CELL}};
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (types[i].md_type != md_type) continue;
        *ret_type = types[i].type;
        return true;
    }
    return false;
}

static enum node_align find_align(MD_ALIGN align) {
    switch (align) {
    case MD_ALIGN_LEFT:
        return NODE_ALIGN_LEFT;
    case MD_ALIGN_CENTER:
        return NODE_ALIGN_CENTER;
    case MD_ALIGN_RIGHT:
        return NODE_ALIGN_RIGHT;
    default:
        return NODE_ALIGN_NONE;
    }
}

static void take_detail(struct nodes_builder *builder, struct node *node, MD_BLOCKTYPE type,
                        void *detail) {
    switch (type) {
    case MD_BLOCK_H:
        node->number = ((MD_BLOCK_H_DETAIL *)detail)->level;
        break;
    case MD_BLOCK_UL:
        node->is_tight = ((MD_BLOCK_UL_DETAIL *)detail)->is_tight;
        break;
    case MD_BLOCK_OL:
        node->is_ordered = true;
        node->is_tight = ((MD_BLOCK_OL_DETAIL *)detail)->is_tight;
        node->number = ((MD_BLOCK_OL_DETAIL *)detail)->start;
        break;
    case MD_BLOCK_CODE:
        node->info = nodes_copy_attribute(builder, &((MD_BLOCK_CODE_DETAIL *)detail)->lang);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        node->align = find_align(((MD_BLOCK_TD_DETAIL *)detail)->align);
        node->parent->is_header = type == MD_BLOCK_TH;
        break;
    default:
        break;
    }
}

/* md4c fills short rows up with empty cells, which are left out once a text has so many. */
enum { EMPTY_CELLS_MAX = 1000 };

/* The cells behind the last one that holds anything are the last nodes of the tree. */
static void bound_empty_cells(struct nodes_builder *builder, struct node *row) {
    struct node_tree *tree = builder->tree;
    struct node *last = row->first_child;
    unsigned empty = 0;
    for (struct node *cell = last->next; cell != NULL; cell = cell->next) {
        empty = cell->first_child == NULL ? empty + 1 : 0;
        if (empty == 0) last = cell;
    }
    builder->empty_cells += empty;
    if (builder->empty_cells <= EMPTY_CELLS_MAX) return;
    for (; empty > 0; empty--) free(tree->nodes[--tree->count]);
    last->next = NULL;
    row->last_child = last;
}

static int on_enter_block(MD_BLOCKTYPE md_type, void *detail, void *context) {
    struct nodes_builder *builder = context;
    enum node_type type;
    if (!find_block_type(md_type, &type) || type == NODE_DOCUMENT) return MD4C_GO_ON;
    close_implicit(builder);
    take_detail(builder, nodes_open(builder, type), md_type, detail);
    return MD4C_GO_ON;
}

static int on_leave_block(MD_BLOCKTYPE md_type, void *detail, void *context) {
    struct nodes_builder *builder = context;
    enum node_type type;
    (void)detail;
    if (!find_block_type(md_type, &type) || type == NODE_DOCUMENT) return MD4C_GO_ON;
    close_spans(builder);
    close_implicit(builder);
    builder->is_comment = false;
    if (type == NODE_ROW) bound_empty_cells(builder, builder->open);
    builder->open = builder->open->parent;
    return MD4C_GO_ON;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void build(struct nodes_builder *builder, struct source *source,
                  const struct block_tree *blocks) {
    formulas_find(source, blocks, &builder->formulas);
    formulas_hide(&builder->formulas, source);
    builder->source = source;
    const MD_PARSER parser = {.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH |
                                       MD_FLAG_PERMISSIVEURLAUTOLINKS,
                              .enter_block = on_enter_block,
                              .leave_block = on_leave_block,
                              .enter_span = nodes_on_enter_span,
                              .leave_span = nodes_on_leave_span,
                              .text = nodes_on_text};
    md_parse(source->copy, (MD_SIZE)source->size, &parser, builder);
    formulas_free(&builder->formulas);
}

void nodes_parse(const char *markdown, const struct span *marks, size_t mark_count,
                 struct node_tree *ret_tree) {
    struct source source;
    struct block_tree blocks;
    unsigned line;
    *ret_tree = (struct node_tree){0};
    ret_tree->document = nodes_add(ret_tree, NULL, NODE_DOCUMENT);
    struct nodes_builder builder = {.markdown = markdown,
                                    .size = strlen(markdown),
                                    .marks = marks,
                                    .mark_count = mark_count,
                                    .tree = ret_tree,
                                    .open = ret_tree->document};
    source_init(&source, markdown, builder.size);
    if (structure_parse(&source, &blocks, &line) == BLOCKS_OK) {
        build(&builder, &source, &blocks);
    } else {
        nodes_open(&builder, NODE_PARAGRAPH);
        nodes_add_plain(&builder);
    }
    buffer_blank_controls(&ret_tree->text);
    tree_free(&blocks);
    source_free(&source);
}

void nodes_free(struct node_tree *tree) {
    for (size_t i = 0; i < tree->count; i++) free(tree->nodes[i]);
    free(tree->nodes);
    free(tree->marks);
    buffer_free(&tree->text);
    *tree = (struct node_tree){0};
}
