#include "content/excerpt.h"

#include <string.h>

#include "content/words.h"

/* A place between two words of running text; `node` is NULL for none. */
struct place {
    struct node *node;
    size_t at; /* in tree.text */
};

/* ---- finding --------------------------------------------------------------------------------- */

static bool stands_in(const struct node *node, enum node_type type) {
    while (node != NULL && node->type != type) node = node->parent;
    return node != NULL;
}

/* Words of links stay together, and so do tables, whatever they are written as. */
static bool is_running(const struct node *node) {
    return node->type == NODE_TEXT && !stands_in(node, NODE_LINK) && !stands_in(node, NODE_IMAGE) &&
           !stands_in(node, NODE_CELL);
}

/* Whether every markup marks what is marked in it (content/render.h). */
static bool shows_marks(const struct node *node) {
    return (node->type == NODE_TEXT || node->type == NODE_CODE) && !stands_in(node, NODE_IMAGE) &&
           !stands_in(node, NODE_CELL);
}

/* The first mark that every markup shows, else the first one. */
static struct span find_mark(const struct node_tree *tree) {
    for (size_t i = 0; i < tree->count; i++) {
        const struct node *node = tree->nodes[i];
        if (shows_marks(node) && nodes_are_marked(tree, node))
            return *nodes_find_mark(tree, node->text.begin);
    }
    return tree->marks[0];
}

/* Moves on to the next word of a node's text, both places in tree.text; false at its end. */
static bool find_word(const struct node_tree *tree, const struct node *node, size_t *begin,
                      size_t *end) {
    const char *text = nodes_text(tree, node->text);
    size_t size = node->text.size, at = *end - node->text.begin, stop;
    while ((stop = words_find_end(text, size, at)) == at && at < size) at++;
    *begin = node->text.begin + at;
    *end = node->text.begin + stop;
    return at < size;
}

/* The first beginning of a word at or behind `target`, else the last one there is; but none behind
 * the mark, nor at the beginning of a text, which may be within a word. */
static struct place find_front(const struct node_tree *tree, size_t target, size_t mark) {
    struct place place = {0};
    for (size_t i = 0; i < tree->count; i++) {
        struct node *node = tree->nodes[i];
        if (!is_running(node)) continue;
        for (size_t begin, end = node->text.begin; find_word(tree, node, &begin, &end);) {
            if (begin > mark || begin == node->text.begin) continue;
            place = (struct place){node, begin};
            if (begin >= target) return place;
        }
    }
    return place;
}

/* The last end of a word at or before `target`, else the first one there is; but none before the
 * end of the mark, nor at the end of a text. */
static struct place find_back(const struct node_tree *tree, size_t target, size_t mark) {
    struct place place = {0};
    for (size_t i = 0; i < tree->count; i++) {
        struct node *node = tree->nodes[i];
        if (!is_running(node)) continue;
        for (size_t begin, end = node->text.begin; find_word(tree, node, &begin, &end);) {
            if (end < mark || end == node->text.begin + node->text.size) continue;
            if (end > target && place.node != NULL) return place;
            place = (struct place){node, end};
        }
    }
    return place;
}

/* ---- cutting --------------------------------------------------------------------------------- */

static struct node *add_ellipsis(struct node_tree *tree, struct node *parent) {
    struct node *ellipsis = nodes_add(tree, parent, NODE_TEXT);
    ellipsis->text = (struct node_text){tree->text.size, strlen("…")};
    buffer_append_text(&tree->text, "…");
    return ellipsis;
}

/* The items of a list keep their numbers. */
static void drop_before(struct node *node) {
    for (; node->parent != NULL; node = node->parent) {
        const struct node *first = node->parent->first_child;
        for (; node->parent->is_ordered && first != node; first = first->next)
            node->parent->number++;
        node->parent->first_child = node;
    }
}

static void drop_behind(struct node *node) {
    for (; node->parent != NULL; node = node->parent) {
        node->next = NULL;
        node->parent->last_child = node;
    }
}

static void cut_front(struct node_tree *tree, struct place place) {
    struct node *node = place.node, *parent = node->parent;
    node->text.size -= place.at - node->text.begin;
    node->text.begin = place.at;
    drop_before(node);
    struct node *ellipsis = add_ellipsis(tree, NULL);
    ellipsis->parent = parent;
    ellipsis->next = node;
    parent->first_child = ellipsis;
}

static void cut_back(struct node_tree *tree, struct place place) {
    place.node->text.size = place.at - place.node->text.begin;
    drop_behind(place.node);
    add_ellipsis(tree, place.node->parent);
}

void excerpt_cut(struct node_tree *tree, size_t most) {
    struct place front = {0}, back = {0};
    size_t lead = most / 4;
    if (tree->mark_count == 0 || tree->text.size <= most) return;
    struct span mark = find_mark(tree);
    if (mark.start > lead) front = find_front(tree, mark.start - lead, mark.start);
    if (tree->text.size - front.at > most) back = find_back(tree, front.at + most, mark.end);
    if (back.node != NULL) cut_back(tree, back);
    if (front.node != NULL) cut_front(tree, front);
}
