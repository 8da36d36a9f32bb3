/* Markdown as a tree of blocks and inlines: what the writers of markup walk. Formulas are found by
 * content/formulas.h. Pure. */
#ifndef QBANK_CONTENT_NODES_H
#define QBANK_CONTENT_NODES_H

#include <stdbool.h>

#include "content/buffer.h"
#include "content/span.h"

enum node_type {
    /* blocks */
    NODE_DOCUMENT,
    NODE_PARAGRAPH,
    NODE_HEADING,
    NODE_QUOTE,
    NODE_LIST,
    NODE_ITEM,
    NODE_CODE_BLOCK, /* text; info is the language */
    NODE_RULE,
    NODE_TABLE,
    NODE_ROW,
    NODE_CELL,
    /* inlines */
    NODE_TEXT, /* text; raw HTML is text like any other, but for <br> and comments */
    NODE_SOFT_BREAK,
    NODE_HARD_BREAK,
    NODE_EMPHASIS,
    NODE_STRONG,
    NODE_STRIKE,
    NODE_LINK,    /* info is the target, title the title */
    NODE_IMAGE,   /* the same; its children are the description */
    NODE_CODE,    /* text */
    NODE_FORMULA, /* text is TeX */
    NODE_DISPLAY  /* a formula set apart */
};

enum node_align { NODE_ALIGN_NONE, NODE_ALIGN_LEFT, NODE_ALIGN_CENTER, NODE_ALIGN_RIGHT };

/* A stretch of node_tree.text. */
struct node_text {
    size_t begin, size;
};

struct node {
    enum node_type type;
    struct node *parent, *first_child, *last_child, *next;
    struct node_text text, info, title;
    unsigned number;       /* heading: level 1 to 6; ordered list: its first number */
    bool is_ordered;       /* list */
    bool is_tight;         /* list; paragraph: of a tight list's item */
    bool is_header;        /* row */
    enum node_align align; /* cell */
};

struct node_tree {
    struct node *document;
    struct node **nodes; /* all of them, for freeing */
    size_t count, capacity;
    struct buffer text;
    struct span *marks; /* what is marked of `text`: of text and code only, in order */
    size_t mark_count, mark_capacity;
};

/* Reads any bytes that are UTF-8. Control characters are blanked (content/buffer.h).
 * Blocks nested more than BLOCK_DEPTH_MAX levels deep make it one
 * paragraph of plain text; emphasis and links nested deeper than that are taken for their content.
 * `marks` are parts of the Markdown, in order; what of them is a character reference, a formula, a
 * link's target or markup is not marked in the tree. To be freed with nodes_free(). */
void nodes_parse(const char *markdown, const struct span *marks, size_t mark_count,
                 struct node_tree *ret_tree);
void nodes_free(struct node_tree *tree);

/* A node that is in nobody's list of children unless it has a parent: it is the last one there. */
struct node *nodes_add(struct node_tree *tree, struct node *parent, enum node_type type);

/* Marks a part of tree.text behind all others; parts that touch become one. */
void nodes_add_mark(struct node_tree *tree, size_t start, size_t end);

/* The first mark that ends behind that place in tree.text, or NULL. */
static inline const struct span *nodes_find_mark(const struct node_tree *tree, size_t at) {
    return span_find(tree->marks, tree->mark_count, at);
}

/* Up to where the text from `at` on, at most up to `end`, is marked throughout or not at all. */
size_t nodes_find_border(const struct node_tree *tree, size_t at, size_t end, bool *ret_is_marked);

/* Whether anything in the node is marked. */
bool nodes_are_marked(const struct node_tree *tree, const struct node *node);

static inline const char *nodes_text(const struct node_tree *tree, struct node_text text) {
    return text.size > 0 ? tree->text.data + text.begin : "";
}

#endif
