#include "content/steps.h"

#include <stdlib.h>
#include <string.h>

#include "content/blocks.h"
#include "content/footnotes.h"

static bool is_footnote(const struct source *source, const struct block *block) {
    size_t begin = source->line_starts[block->first_line];
    return block->type == BLOCK_PARAGRAPH &&
           footnote_match(source->bytes + begin,
                          source_line_end(source, block->first_line) - begin) > 0;
}

/* The first of the footnotes that end the answer, or BLOCK_NONE. */
static int find_footnotes(const struct source *source, const struct block_tree *tree) {
    int first = BLOCK_NONE;
    for (int i = tree->blocks[0].first_child; i != BLOCK_NONE; i = tree->blocks[i].next) {
        if (!is_footnote(source, &tree->blocks[i]))
            first = BLOCK_NONE;
        else if (first == BLOCK_NONE)
            first = i;
    }
    return first;
}

/* The blocks that are steps: the items of the only list, or the answer's own, up to one of them. */
struct steps {
    int begin, end;
};

static struct steps find_steps(const struct source *source, const struct block_tree *tree) {
    int only = tree->blocks[0].first_child, end = find_footnotes(source, tree);
    bool is_list = only != BLOCK_NONE && tree->blocks[only].next == end &&
                   tree->blocks[only].type == BLOCK_LIST;
    if (is_list) return (struct steps){tree->blocks[only].first_child, BLOCK_NONE};
    return (struct steps){only, end};
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
        struct steps steps = find_steps(&source, &tree);
        int step = steps.begin;
        for (; step != steps.end && count < limit; step = tree.blocks[step].next) {
            size_t end = source_line_end(&source, tree.blocks[step].last_line);
            if (end > *ret_end) *ret_end = end; /* no step takes back what one before it gave */
            count++;
        }
        if (step == steps.end) *ret_end = size;
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
