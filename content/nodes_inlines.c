#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "content/blocks.h"
#include "content/entities.h"
#include "content/nodes_internal.h"

/* Inline content directly in an item is a tight list's paragraph: md4c has no event for it. */
static void open_implicit(struct nodes_builder *builder) {
    if (builder->open->type == NODE_ITEM) nodes_open(builder, NODE_PARAGRAPH)->is_tight = true;
}

/* ---- text ------------------------------------------------------------------------------------ */

static struct node *add_inline(struct nodes_builder *builder, enum node_type type) {
    open_implicit(builder);
    return nodes_add(builder->tree, builder->open, type);
}

/* The node that text goes to: code, or the text that was last added to the innermost node. */
static struct node *text_node(struct nodes_builder *builder) {
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
static void carry_marks(struct nodes_builder *builder, const char *piece, size_t size) {
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

static void add_text(struct nodes_builder *builder, append_function *append, const char *text,
                     size_t size) {
    struct node *node = text_node(builder);
    if (node->text.size == 0) node->text.begin = builder->tree->text.size;
    append(&builder->tree->text, text, size);
    if (builder->mark_count > 0 && append == buffer_append) carry_marks(builder, text, size);
    node->text.size = builder->tree->text.size - node->text.begin;
}

static void add_formula(struct nodes_builder *builder, const struct formula *formula) {
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
static void add_source_text(struct nodes_builder *builder, size_t begin, size_t end) {
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
static bool find_in_source(const struct nodes_builder *builder, const char *text, size_t size,
                           size_t *ret_offset) {
    return find_piece(builder->source->copy, builder->source->size, text, size, ret_offset);
}

static bool is_line_break(const char *text, size_t size) {
    static const char *const breaks[] = {"<br>", "<br/>", "<br />"};
    for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++)
        if (size == strlen(breaks[i]) && strncasecmp(text, breaks[i], size) == 0) return true;
    return false;
}

static void add_raw(struct nodes_builder *builder, const char *text, size_t size) {
    if (size == 0) return;
    if (is_line_break(text, size))
        add_inline(builder, NODE_HARD_BREAK);
    else if (size == 1 && text[0] == '\n')
        add_inline(builder, NODE_SOFT_BREAK);
    else
        add_text(builder, buffer_append, text, size);
}

/* Comments are not for readers; what stands beside them is. */
static void add_html(struct nodes_builder *builder, const char *text, size_t size) {
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

int nodes_on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context) {
    struct nodes_builder *builder = context;
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

void nodes_add_plain(struct nodes_builder *builder) {
    const char *text = builder->markdown;
    for (const char *end; text[0] != '\0'; text = end + strspn(end, "\r\n")) {
        end = text + strcspn(text, "\r\n");
        add_text(builder, buffer_append, text, (size_t)(end - text));
        if (end[0] != '\0') add_inline(builder, NODE_SOFT_BREAK);
    }
}

/* ---- spans ----------------------------------------------------------------------------------- */

struct node_text nodes_copy_attribute(struct nodes_builder *builder,
                                      const MD_ATTRIBUTE *attribute) {
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
static struct node_text copy_target(struct nodes_builder *builder, const MD_ATTRIBUTE *attribute) {
    struct node_text copy = nodes_copy_attribute(builder, attribute);
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

int nodes_on_enter_span(MD_SPANTYPE md_type, void *detail, void *context) {
    struct nodes_builder *builder = context;
    enum node_type type;
    bool is_node = find_span_type(md_type, &type) && builder->spans < BLOCK_DEPTH_MAX;
    if (builder->skipped > 0 || !is_node || (type == NODE_LINK && is_in_link(builder->open))) {
        builder->skipped++;
        return MD4C_GO_ON;
    }
    open_implicit(builder);
    struct node *node = nodes_open(builder, type);
    builder->spans++;
    if (type == NODE_LINK) {
        node->info = copy_target(builder, &((MD_SPAN_A_DETAIL *)detail)->href);
        node->title = nodes_copy_attribute(builder, &((MD_SPAN_A_DETAIL *)detail)->title);
    } else if (type == NODE_IMAGE) {
        node->info = copy_target(builder, &((MD_SPAN_IMG_DETAIL *)detail)->src);
        node->title = nodes_copy_attribute(builder, &((MD_SPAN_IMG_DETAIL *)detail)->title);
    }
    return MD4C_GO_ON;
}

int nodes_on_leave_span(MD_SPANTYPE md_type, void *detail, void *context) {
    struct nodes_builder *builder = context;
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
