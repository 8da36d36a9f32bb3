/* What the parts of content/nodes.c share: the tree while md4c's events build it. */
#ifndef QBANK_CONTENT_NODES_INTERNAL_H
#define QBANK_CONTENT_NODES_INTERNAL_H

#include <md4c.h>

#include "content/formulas.h"
#include "content/nodes.h"
#include "content/source.h"

/* md4c passes on only negative values of its callbacks. */
enum { MD4C_GO_ON = 0 };

struct nodes_builder {
    const char *markdown;
    size_t size;
    const struct span *marks; /* of the Markdown */
    size_t mark_count;
    const struct source *source;
    struct formulas formulas;
    struct node_tree *tree;
    struct node *open;       /* the innermost */
    unsigned spans, skipped; /* open spans; those of them that are too deep to be nodes */
    unsigned empty_cells;    /* at the ends of rows */
    bool is_comment;         /* inside <!-- … --> */
};

/* Appends a node to those below the innermost one, and makes it that. */
struct node *nodes_open(struct nodes_builder *builder, enum node_type type);

/* ---- nodes_inlines.c ------------------------------------------------------------------------- */

/* md4c's callbacks; the context is the builder. */
int nodes_on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context);
int nodes_on_enter_span(MD_SPANTYPE type, void *detail, void *context);
int nodes_on_leave_span(MD_SPANTYPE type, void *detail, void *context);

/* All of the Markdown as text, its line breaks soft ones, in the innermost node. */
void nodes_add_plain(struct nodes_builder *builder);

/* An attribute of a block or span, in the tree's text. */
struct node_text nodes_copy_attribute(struct nodes_builder *builder, const MD_ATTRIBUTE *attribute);

#endif
