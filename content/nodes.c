#include "content/nodes.h"

#include <md4c.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/entities.h"
#include "content/formulas.h"
#include "content/memory.h"
#include "content/structure.h"

/* md4c passes on only negative values of its callbacks. */
enum { MD4C_GO_ON = 0 };

struct builder {
    const char *markdown;
    size_t size;
    const struct span *marks; /* of the Markdown */
    size_t mark_count;
    const struct source *source;
    struct formulas formulas;
    struct node_tree *tree;
    struct node *open;       /* the innermost */
    unsigned spans, skipped; /* open spans; those of them that are too deep to be nodes */
    bool is_comment;         /* inside <!-- … --> */
};

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

static struct node *open_node(struct builder *builder, enum node_type type) {
    builder->open = nodes_add(builder->tree, builder->open, type);
    return builder->open;
}

/* Inline content directly in an item is a tight list's paragraph: md4c has no event for it. */
static void open_implicit(struct builder *builder) {
    if (builder->open->type == NODE_ITEM) open_node(builder, NODE_PARAGRAPH)->is_tight = true;
}

static void close_implicit(struct builder *builder) {
    if (builder->open->type == NODE_PARAGRAPH && builder->open->is_tight)
        builder->open = builder->open->parent;
}

/* Beside long runs of `*` md4c may leave an emphasis that it has not entered, so spans are closed
 * by their types, and all of them at the end of the block. */
static void close_spans(struct builder *builder) {
    while (builder->open->type >= NODE_TEXT) builder->open = builder->open->parent;
    builder->spans = builder->skipped = 0;
}

/* ---- text ------------------------------------------------------------------------------------ */

static struct node *add_inline(struct builder *builder, enum node_type type) {
    open_implicit(builder);
    return nodes_add(builder->tree, builder->open, type);
}

/* The node that text goes to: code, or the text that was last added to the innermost node. */
static struct node *text_node(struct builder *builder) {
    struct node *open = builder->open, *last = open->last_child;
    if (open->type == NODE_CODE || open->type == NODE_CODE_BLOCK) return open;
    bool goes_on = last != NULL && last->type == NODE_TEXT &&
                   last->text.begin + last->text.size == builder->tree->text.size;
    return goes_on ? last : add_inline(builder, NODE_TEXT);
}

/* Whether the text is a piece of `whole`; *ret_offset is where. */
static bool find_piece(const char *whole, size_t whole_size, const char *text, size_t size,
                       size_t *ret_offset) {
    uintptr_t place = (uintptr_t)text, begin = (uintptr_t)whole;
    *ret_offset = place - begin;
    return size > 0 && place >= begin && place + size <= begin + whole_size;
}

/* Marks what is marked of a piece of the Markdown, which has just been added to the tree. */
static void carry_marks(struct builder *builder, const char *piece, size_t size) {
    size_t offset, begin = builder->tree->text.size - size;
    if (!find_piece(builder->markdown, builder->size, piece, size, &offset)) return;
    for (size_t at = offset; at < offset + size;) {
        const struct span *mark = span_find(builder->marks, builder->mark_count, at);
        if (mark == NULL || mark->start >= offset + size) return;
        if (mark->start > at) at = mark->start;
        size_t end = mark->end < offset + size ? mark->end : offset + size;
        nodes_add_mark(builder->tree, begin + at - offset, begin + end - offset);
        at = end;
    }
}

typedef void append_function(struct buffer *buffer, const char *text, size_t size);

static void add_text(struct builder *builder, append_function *append, const char *text,
                     size_t size) {
    struct node *node = text_node(builder);
    if (node->text.size == 0) node->text.begin = builder->tree->text.size;
    append(&builder->tree->text, text, size);
    if (builder->mark_count > 0 && append == buffer_append) carry_marks(builder, text, size);
    node->text.size = builder->tree->text.size - node->text.begin;
}

static void add_formula(struct builder *builder, const struct formula *formula) {
    const char *tex = builder->formulas.text.data + formula->tex;
    struct node *node = add_inline(builder, formula->is_display ? NODE_DISPLAY : NODE_FORMULA);
    node->text = (struct node_text){builder->tree->text.size, formula->size};
    buffer_append(&builder->tree->text, tex, formula->size);
}

/* The first formula that ends behind `offset`. */
static const struct formula *find_formula(const struct formulas *formulas, size_t offset) {
    size_t low = 0, high = formulas->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (formulas->items[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < formulas->count ? &formulas->items[low] : NULL;
}

/* Text of the source, in which formulas are hidden. */
static void add_source_text(struct builder *builder, size_t begin, size_t end) {
    const char *bytes = builder->source->bytes;
    while (begin < end) {
        const struct formula *formula = find_formula(&builder->formulas, begin);
        size_t stop = formula != NULL && formula->begin < end ? formula->begin : end;
        if (stop > begin) add_text(builder, buffer_append, bytes + begin, stop - begin);
        if (stop == end) return;
        if (formula->begin >= begin) add_formula(builder, formula);
        begin = formula->end;
    }
}

/* Whether the text is a piece of the source's copy; *ret_offset is where. */
static bool find_in_source(const struct builder *builder, const char *text, size_t size,
                           size_t *ret_offset) {
    return find_piece(builder->source->copy, builder->source->size, text, size, ret_offset);
}

static bool is_line_break(const char *text, size_t size) {
    static const char *const breaks[] = {"<br>", "<br/>", "<br />"};
    for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++)
        if (size == strlen(breaks[i]) && strncasecmp(text, breaks[i], size) == 0) return true;
    return false;
}

static void add_raw(struct builder *builder, const char *text, size_t size) {
    if (size == 0) return;
    if (is_line_break(text, size))
        add_inline(builder, NODE_HARD_BREAK);
    else if (size == 1 && text[0] == '\n')
        add_inline(builder, NODE_SOFT_BREAK);
    else
        add_text(builder, buffer_append, text, size);
}

/* Comments are not for readers; what stands beside them is. */
static void add_html(struct builder *builder, const char *text, size_t size) {
    const char *end = text + size;
    while (text < end) {
        const char *mark = builder->is_comment ? "-->" : "<!--";
        const char *found = memmem(text, (size_t)(end - text), mark, strlen(mark));
        if (!builder->is_comment) add_raw(builder, text, (size_t)((found ? found : end) - text));
        if (found == NULL) return;
        /* `<!-->` is a whole comment. */
        text = found + (builder->is_comment ? strlen("-->") : strlen("<!"));
        builder->is_comment = !builder->is_comment;
    }
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context) {
    struct builder *builder = context;
    size_t offset;
    bool is_source = find_in_source(builder, text, size, &offset);
    const char *bytes = is_source ? builder->source->bytes + offset : text;
    switch (type) {
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
        add_inline(builder, type == MD_TEXT_BR ? NODE_HARD_BREAK : NODE_SOFT_BREAK);
        break;
    case MD_TEXT_ENTITY:
        add_text(builder, entities_append, bytes, size);
        break;
    case MD_TEXT_HTML:
        add_html(builder, bytes, size);
        break;
    case MD_TEXT_NORMAL:
        if (is_source) {
            add_source_text(builder, offset, offset + size);
            break;
        }
        /* fallthrough */
    default:
        add_text(builder, buffer_append, bytes, size);
    }
    return MD4C_GO_ON;
}

/* ---- spans ----------------------------------------------------------------------------------- */

static struct node_text copy_attribute(struct builder *builder, const MD_ATTRIBUTE *attribute) {
    struct buffer *text = &builder->tree->text;
    struct node_text copy = {.begin = text->size};
    for (size_t i = 0; attribute->text != NULL && attribute->substr_offsets[i] < attribute->size;
         i++) {
        MD_OFFSET begin = attribute->substr_offsets[i], end = attribute->substr_offsets[i + 1];
        const char *piece = attribute->text + begin;
        size_t offset;
        if (find_in_source(builder, piece, end - begin, &offset))
            piece = builder->source->bytes + offset;
        bool is_entity = attribute->substr_types[i] == MD_TEXT_ENTITY;
        (is_entity ? entities_append : buffer_append)(text, piece, end - begin);
    }
    copy.size = text->size - copy.begin;
    return copy;
}

/* md4c takes a blank before a bare URL for a part of it. */
static struct node_text copy_target(struct builder *builder, const MD_ATTRIBUTE *attribute) {
    struct node_text copy = copy_attribute(builder, attribute);
    for (; copy.size > 0 && builder->tree->text.data[copy.begin] == ' '; copy.size--) copy.begin++;
    return copy;
}

static bool find_span_type(MD_SPANTYPE type, enum node_type *ret_type) {
    static const struct {
        MD_SPANTYPE md_type;
        enum node_type type;
    } types[] = {{MD_SPAN_EM, NODE_EMPHASIS}, {MD_SPAN_STRONG, NODE_STRONG},
                 {MD_SPAN_DEL, NODE_STRIKE},  {MD_SPAN_A, NODE_LINK},
                 {MD_SPAN_IMG, NODE_IMAGE},   {MD_SPAN_CODE, NODE_CODE}};
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (types[i].md_type != type) continue;
        *ret_type = types[i].type;
        return true;
    }
    return false;
}

/* md4c makes links of URLs in links. */
static bool is_in_link(const struct node *node) {
    while (node->type >= NODE_TEXT && node->type != NODE_LINK) node = node->parent;
    return node->type == NODE_LINK;
}

static int on_enter_span(MD_SPANTYPE md_type, void *detail, void *context) {
    struct builder *builder = context;
    enum node_type type;
    bool is_node = find_span_type(md_type, &type) && builder->spans < BLOCK_DEPTH_MAX;
    if (builder->skipped > 0 || !is_node || (type == NODE_LINK && is_in_link(builder->open))) {
        builder->skipped++;
        return MD4C_GO_ON;
    }
    open_implicit(builder);
    struct node *node = open_node(builder, type);
    builder->spans++;
    if (type == NODE_LINK) {
        node->info = copy_target(builder, &((MD_SPAN_A_DETAIL *)detail)->href);
        node->title = copy_attribute(builder, &((MD_SPAN_A_DETAIL *)detail)->title);
    } else if (type == NODE_IMAGE) {
        node->info = copy_target(builder, &((MD_SPAN_IMG_DETAIL *)detail)->src);
        node->title = copy_attribute(builder, &((MD_SPAN_IMG_DETAIL *)detail)->title);
    }
    return MD4C_GO_ON;
}

static int on_leave_span(MD_SPANTYPE md_type, void *detail, void *context) {
    struct builder *builder = context;
    enum node_type type;
    (void)detail;
    if (builder->skipped > 0) {
        builder->skipped--;
    } else if (find_span_type(md_type, &type) && builder->open->type == type) {
        builder->open = builder->open->parent;
        builder->spans--;
    }
    return MD4C_GO_ON;
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

static void take_detail(struct builder *builder, struct node *node, MD_BLOCKTYPE type,
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
        node->info = copy_attribute(builder, &((MD_BLOCK_CODE_DETAIL *)detail)->lang);
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

static int on_enter_block(MD_BLOCKTYPE md_type, void *detail, void *context) {
    struct builder *builder = context;
    enum node_type type;
    if (!find_block_type(md_type, &type) || type == NODE_DOCUMENT) return MD4C_GO_ON;
    close_implicit(builder);
    take_detail(builder, open_node(builder, type), md_type, detail);
    return MD4C_GO_ON;
}

static int on_leave_block(MD_BLOCKTYPE md_type, void *detail, void *context) {
    struct builder *builder = context;
    enum node_type type;
    (void)detail;
    if (!find_block_type(md_type, &type) || type == NODE_DOCUMENT) return MD4C_GO_ON;
    close_spans(builder);
    close_implicit(builder);
    builder->is_comment = false;
    builder->open = builder->open->parent;
    return MD4C_GO_ON;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void build(struct builder *builder, struct source *source, const struct block_tree *blocks) {
    formulas_find(source, blocks, &builder->formulas);
    formulas_hide(&builder->formulas, source);
    builder->source = source;
    const MD_PARSER parser = {.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH |
                                       MD_FLAG_PERMISSIVEURLAUTOLINKS,
                              .enter_block = on_enter_block,
                              .leave_block = on_leave_block,
                              .enter_span = on_enter_span,
                              .leave_span = on_leave_span,
                              .text = on_text};
    md_parse(source->copy, (MD_SIZE)source->size, &parser, builder);
    formulas_free(&builder->formulas);
}

static void build_plain(struct builder *builder) {
    const char *text = builder->markdown;
    open_node(builder, NODE_PARAGRAPH);
    for (const char *end; text[0] != '\0'; text = end + strspn(end, "\r\n")) {
        end = text + strcspn(text, "\r\n");
        add_text(builder, buffer_append, text, (size_t)(end - text));
        if (end[0] != '\0') add_inline(builder, NODE_SOFT_BREAK);
    }
}

/* Control characters could move a terminal's cursor or worse, and HTML has no place for them: they
 * become blanks, those of two bytes (U+0080 to U+009F) no-break spaces. */
static void blank_controls(struct buffer *text) {
    for (size_t i = 0; i < text->size; i++) {
        unsigned char c = (unsigned char)text->data[i];
        unsigned char next = i + 1 < text->size ? (unsigned char)text->data[i + 1] : 0;
        if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7f)
            text->data[i] = ' ';
        else if (c == 0xc2 && next >= 0x80 && next < 0xa0)
            text->data[i + 1] = (char)0xa0;
    }
}

void nodes_parse(const char *markdown, const struct span *marks, size_t mark_count,
                 struct node_tree *ret_tree) {
    struct source source;
    struct block_tree blocks;
    unsigned line;
    *ret_tree = (struct node_tree){0};
    ret_tree->document = nodes_add(ret_tree, NULL, NODE_DOCUMENT);
    struct builder builder = {.markdown = markdown,
                              .size = strlen(markdown),
                              .marks = marks,
                              .mark_count = mark_count,
                              .tree = ret_tree,
                              .open = ret_tree->document};
    source_init(&source, markdown, builder.size);
    if (structure_parse(&source, &blocks, &line) == BLOCKS_OK)
        build(&builder, &source, &blocks);
    else
        build_plain(&builder);
    blank_controls(&ret_tree->text);
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
