#include "content/open_fences.h"

#include <string.h>

#include "content/tag.h"

/* What a line begins with: so many marks, and whether nothing follows them. */
struct fence {
    char mark;
    size_t count;
    bool is_bare;
};

static struct fence read_fence(const struct source *source, const struct block_tree *tree,
                               int container, unsigned line) {
    struct strip_place place = tree_strip_line(source, tree, container, line);
    const char *at = source->bytes + place.at, *end = source->bytes + place.end;
    while (at < end && (*at == ' ' || *at == '\t')) at++;
    while (end > at && (end[-1] == ' ' || end[-1] == '\t')) end--;
    struct fence fence = {.mark = at < end ? *at : '\0'};
    while (at + fence.count < end && at[fence.count] == fence.mark) fence.count++;
    fence.is_bare = at + fence.count == end;
    return fence;
}

static bool begins_with_tag(const struct source *source, unsigned line) {
    size_t start = source->line_starts[line];
    return tag_begins_line(source->bytes + start, source_line_end(source, line) - start);
}

/* The first line of the block that begins with a tag, or 0. */
static unsigned find_tag(const struct source *source, const struct block *block) {
    for (unsigned line = block->first_line + 1; line <= block->last_line; line++)
        if (begins_with_tag(source, line)) return line;
    return 0;
}

/* A fence closes the block if it is as long as the one that opened it, and opens another one if
 * more stands behind it (CommonMark, section 4.5). */
static bool is_closed(const struct source *source, const struct block_tree *tree,
                      const struct block *block) {
    struct fence opening = read_fence(source, tree, block->parent, block->first_line);
    bool is_closed = false;
    for (unsigned line = block->first_line + 1; line <= block->last_line; line++) {
        struct fence fence = read_fence(source, tree, block->parent, line);
        if (fence.mark != opening.mark || fence.count < opening.count) continue;
        if (!fence.is_bare) return false;
        is_closed = true;
    }
    return is_closed;
}

void open_fences_find(const struct source *source, const struct block_tree *tree,
                      struct diagnostics *diagnostics) {
    for (size_t i = 0; i < tree->count; i++) {
        const struct block *block = &tree->blocks[i];
        if (block->type != BLOCK_CODE || !block->is_fenced) continue;
        unsigned tag = find_tag(source, block);
        if (tag > 0 && !is_closed(source, tree, block))
            diagnostics_add(diagnostics, SEVERITY_WARNING, block->first_line + 1, 1, "open-fence",
                            "the code fence that is opened here is not closed before line %u, "
                            "which begins with a tag and is taken for code; close it",
                            tag + 1);
    }
}
