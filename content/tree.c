#include "content/tree.h"

#include <stdlib.h>

void tree_free(struct block_tree *tree) {
    free(tree->blocks);
    free(tree->runs);
    *tree = (struct block_tree){0};
}

struct strip_place tree_strip_line(const struct source *source, const struct block_tree *tree,
                                   int container, unsigned line) {
    const struct block *block = &tree->blocks[container];
    if (block->parent == BLOCK_NONE) return strip_line_start(source, line);
    struct strip_place place = tree_strip_line(source, tree, block->parent, line);
    if (block->type == BLOCK_QUOTE) strip_take_quote(source, &place);
    if (block->type == BLOCK_ITEM)
        strip_take_item(source, &place, block->indent, line == block->first_line);
    return place;
}
