#include "content/memory.h"
#include "content/nodes.h"

void nodes_add_mark(struct node_tree *tree, size_t start, size_t end) {
    if (tree->mark_count > 0 && tree->marks[tree->mark_count - 1].end == start) {
        tree->marks[tree->mark_count - 1].end = end;
        return;
    }
    tree->marks =
        memory_grow(tree->marks, tree->mark_count, &tree->mark_capacity, sizeof(tree->marks[0]));
    tree->marks[tree->mark_count++] = (struct span){start, end};
}

size_t nodes_find_border(const struct node_tree *tree, size_t at, size_t end, bool *ret_is_marked) {
    const struct span *mark = nodes_find_mark(tree, at);
    bool is_marked = mark != NULL && mark->start <= at;
    size_t border = mark == NULL ? end : is_marked ? mark->end : mark->start;
    *ret_is_marked = is_marked;
    return border < end ? border : end;
}

bool nodes_are_marked(const struct node_tree *tree, const struct node *node) {
    const struct span *mark = nodes_find_mark(tree, node->text.begin);
    if (mark != NULL && mark->start < node->text.begin + node->text.size) return true;
    for (const struct node *child = node->first_child; child != NULL; child = child->next)
        if (nodes_are_marked(tree, child)) return true;
    return false;
}
