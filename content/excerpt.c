#include "content/excerpt.h"

#include <string.h>

#include "content/words.h"

/* ---- lengths --------------------------------------------------------------------------------- */

static bool begins_character(char byte) {
    return (byte & 0xc0) != 0x80; /* UTF-8 */
}

/* The place so many characters before `at`, or the beginning. */
static size_t move_back(const char *text, size_t at, size_t count) {
    while (at > 0 && count > 0) count -= begins_character(text[--at]);
    return at;
}

/* The place so many characters behind `at`, or the end. */
static size_t move_on(const char *text, size_t size, size_t at, size_t count) {
    for (; at < size; at++)
        if (begins_character(text[at]) && count-- == 0) break;
    return at;
}

static size_t find_lead(const char *text, size_t match, size_t most) {
    return move_back(text, match, most / 4);
}

/* ---- of text --------------------------------------------------------------------------------- */

/* The last end of a word from `low` to `target`, which is within the text, or `low`. */
static size_t find_word_end(const char *text, size_t size, size_t low, size_t target) {
    for (size_t end = low; end <= target;) {
        low = end;
        end = words_find_end(text, size, words_find_begin(text, size, end));
    }
    return low;
}

struct span excerpt_find(const char *text, size_t size, struct span match, size_t most) {
    struct span part = {0, size};
    if (move_on(text, size, 0, most) == size) return part;
    size_t lead = find_lead(text, match.start, most);
    if (lead > 0)
        part.start = words_find_begin(text, match.start, words_find_end(text, match.start, lead));
    size_t target = move_on(text, size, part.start, most);
    if (target < size) part.end = find_word_end(text, size, match.end, target);
    return part;
}

/* ---- of a tree ------------------------------------------------------------------------------- */

/* A place between two words of running text; `node` is NULL for none. */
struct place {
    struct node *node;
    size_t at; /* in tree.text */
};

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
    size_t stop = node->text.begin + node->text.size;
    *begin = words_find_begin(tree->text.data, stop, *end);
    *end = words_find_end(tree->text.data, stop, *begin);
    return *begin < stop;
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
    const char *text = tree->text.data;
    size_t size = tree->text.size;
    if (tree->mark_count == 0 || move_on(text, size, 0, most) == size) return;
    struct span mark = find_mark(tree);
    size_t lead = find_lead(text, mark.start, most);
    if (lead > 0) front = find_front(tree, lead, mark.start);
    size_t target = move_on(text, size, front.at, most);
    if (target < size) back = find_back(tree, target, mark.end);
    if (back.node != NULL) cut_back(tree, back);
    if (front.node != NULL) cut_front(tree, front);
}
