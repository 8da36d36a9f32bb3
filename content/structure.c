#include "content/structure.h"

#include "content/dialect.h"

struct verbatim_lines {
    const struct block_tree *tree;
    size_t *next; /* blocks come in the order of their lines, and so do the questions asked */
};

static bool is_verbatim(const void *context, unsigned line) {
    const struct verbatim_lines *lines = context;
    for (; *lines->next < lines->tree->count; ++*lines->next) {
        const struct block *block = &lines->tree->blocks[*lines->next];
        bool is_leaf = block->type == BLOCK_CODE || block->type == BLOCK_HTML;
        if (!is_leaf || block->last_line < line) continue;
        return block->first_line <= line;
    }
    return false;
}

/* Display math is hidden from md4c in a second pass: only the first one tells code from text. */
enum blocks_status structure_parse(struct source *source, struct block_tree *ret_tree,
                                   unsigned *ret_line) {
    enum blocks_status status = blocks_parse(source, ret_tree, ret_line);
    size_t next = 0;
    struct verbatim_lines lines = {.tree = ret_tree, .next = &next};
    if (status != BLOCKS_OK || !dialect_hide_display_math(source, is_verbatim, &lines))
        return status;
    tree_free(ret_tree);
    return blocks_parse(source, ret_tree, ret_line);
}
