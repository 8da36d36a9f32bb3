#include "content/steps.h"

#include <stdlib.h>
#include <string.h>

#include "content/blocks.h"

/* The blocks that are steps are children of one block: the only list, or the answer itself. */
static int find_parent(const struct block_tree *tree) {
    int only = tree->blocks[0].first_child;
    bool is_list = only != BLOCK_NONE && tree->blocks[only].next == BLOCK_NONE &&
                   tree->blocks[only].type == BLOCK_LIST;
    return is_list ? only : 0;
}

/* Counts the steps up to `limit`; *ret_end is where the last one of them ends. */
static unsigned walk_steps(const char *answer, unsigned limit, size_t *ret_end) {
    struct source source;
    struct block_tree tree;
    unsigned line, count = 0;
    size_t size = strlen(answer);
    *ret_end = 0;
    source_init(&source, answer, size);
    if (blocks_parse(&source, &tree, &line) == BLOCKS_OK) {
        int step = tree.blocks[find_parent(&tree)].first_child;
        for (; step != BLOCK_NONE && count < limit; step = tree.blocks[step].next) {
            size_t end = source_line_end(&source, tree.blocks[step].last_line);
            if (end > *ret_end) *ret_end = end; /* no step takes back what one before it gave */
            count++;
        }
        if (step == BLOCK_NONE) *ret_end = size;
    } else {
        *ret_end = size;
    }
    tree_free(&tree);
    source_free(&source);
    return count;
}

unsigned steps_count(const char *answer) {
    if (answer == NULL || answer[strspn(answer, " \t\r\n")] == '\0') return 0;
    size_t end;
    unsigned count = walk_steps(answer, UINT32_MAX, &end);
    return count > 0 ? count : 1;
}

size_t steps_prefix(const char *answer, unsigned step) {
    size_t end;
    walk_steps(answer, step, &end);
    while (end > 0 && strchr(" \t\r\n", answer[end - 1]) != NULL) end--;
    return end;
}
