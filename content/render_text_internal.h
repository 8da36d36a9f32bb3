/* What the parts of the text writer share. */
#ifndef QBANK_CONTENT_RENDER_TEXT_INTERNAL_H
#define QBANK_CONTENT_RENDER_TEXT_INTERNAL_H

#include "content/render_text.h"

struct text_writer {
    const struct node_tree *tree;
    const struct platform *platform;
    struct sheet *sheet;
    bool is_open[NODE_DISPLAY + 1]; /* by type of node: whether its mark is open */
    unsigned quotes;
    bool is_marking; /* what is put now is marked in the tree */
    bool has_match;  /* something marked was put */
};

/* Puts what is written for `bare`, and frees it: all of it counts, or only what is seen. */
void text_put_piece(struct text_writer *writer, struct buffer *piece, const char *bare,
                    size_t size);

/* Escaped, as one piece. */
void text_put_escaped(struct text_writer *writer, const char *text, size_t size);

/* Text word by word, with the parts that are marked in the tree in marks. */
void text_put_words(struct text_writer *writer, struct node_text text);

/* Whether what is put from here on stands in the mark of a match. */
void text_set_mark(struct text_writer *writer, bool is_marked);

/* Text that stays as it is, in lines that end in a line break, as one piece: code, a table, a
 * formula. `info` is its language. */
void text_put_block(struct text_writer *writer, struct node_text info, const char *text,
                    size_t size);

void text_write_inlines(struct text_writer *writer, const struct node *parent);

/* The inlines of the node in the mark of `type`: NODE_STRONG, NODE_EMPHASIS or NODE_STRIKE. */
void text_write_marked(struct text_writer *writer, enum node_type type, const struct node *node);

#endif
