/* The block structure of a source: what the parts of the parser build, complete and read. */
#ifndef QBANK_CONTENT_TREE_H
#define QBANK_CONTENT_TREE_H

#include "content/source.h"
#include "content/strip.h"

enum block_type {
    BLOCK_DOCUMENT,
    BLOCK_QUOTE,
    BLOCK_LIST,
    BLOCK_ITEM,
    BLOCK_RULE,
    BLOCK_HEADING,
    BLOCK_CODE,
    BLOCK_HTML,
    BLOCK_PARAGRAPH,
    BLOCK_TABLE
};

/* A stretch of inline text, in the order of the source. */
enum run_type {
    RUN_TEXT,   /* plain text, inside emphasis or not */
    RUN_OPAQUE, /* code, math, HTML, an image's text: what holds no tags */
    RUN_LINK,   /* the text of a link */
    RUN_BREAK   /* a hard line break, the end of a table cell; no bytes */
};
struct run {
    enum run_type type;
    uint32_t offset, length;
};

enum { BLOCK_NONE = -1 };

struct block {
    enum block_type type;
    int parent, first_child, last_child, next; /* indices into block_tree.blocks, or BLOCK_NONE */
    unsigned first_line, last_line; /* counted from 0, inclusive, blank lines at the end left out */
    unsigned level;                 /* BLOCK_HEADING: 1 to 6 */
    unsigned item_count;            /* BLOCK_LIST */
    unsigned indent; /* BLOCK_ITEM: columns from the container's text to the item's */
    bool is_fenced;  /* BLOCK_CODE */
    bool is_setext;  /* BLOCK_HEADING: underlined; the underline is its last line */
    bool has_marker; /* a question begins in it or below (content/tags.h) */
    bool is_guess;   /* it has lines without text that md4c tells of: they may be another block's */
    bool is_noise;   /* all its lines are skipped (tags.h) */
    uint32_t tag_begin, tag_end; /* leaves: their tags in tag_list.items (tags.h) */
    uint32_t run_begin, run_end; /* leaves: their runs in block_tree.runs */
};

/* A line that is not known yet. */
#define LINE_UNKNOWN UINT32_MAX

struct block_tree {
    struct block *blocks; /* in document order, blocks[0] the document; children behind parents */
    size_t count, capacity;
    struct run *runs;
    size_t run_count, run_capacity;
};

void tree_free(struct block_tree *tree);

/* Where the text of the line begins once the prefixes of `container` and of all that it stands in
 * are taken off: indentation, `>`, the list marker on an item's first line. */
struct strip_place tree_strip_line(const struct source *source, const struct block_tree *tree,
                                   int container, unsigned line);

#endif
