/* What the parts of content/tags.c share: the search for the tags of a document. */
#ifndef QBANK_CONTENT_TAGS_INTERNAL_H
#define QBANK_CONTENT_TAGS_INTERNAL_H

#include "content/tags.h"

/* One line of a leaf as a reader sees it: emphasis marks and escapes gone, each byte with the place
 * in the source that it comes from. */
struct reading {
    char *text;
    uint32_t *offsets;
    size_t size, text_capacity, offset_capacity;
    unsigned line;
    bool is_wanted; /* it may have tags */
};

struct tag_finder {
    const struct source *source;
    struct block_tree *tree;
    struct tag_list *tags;
    struct diagnostics *diagnostics;
    struct reading reading;
    bool reads_ends; /* tags stand behind their questions */
    bool told_ends;  /* it has been said what that makes of a line that asks nothing */
};

void finder_say(struct tag_finder *finder, enum severity severity, size_t offset, const char *code,
                const char *text);

/* The line is no text from now on. */
void finder_skip_line(struct tag_finder *finder, unsigned line);

/* ---- tags_lines.c ---------------------------------------------------------------------------- */

/* Adds the marker of the line that has been read, if it has one, and explains its other tags. */
void finder_scan_line(struct tag_finder *finder, const struct block *block);

/* ---- tags_verbatim.c ------------------------------------------------------------------------- */

/* Says which lines of HTML or indented code begin with a tag: a question that is indented too far,
 * or swallowed by an HTML block, is worth a word. */
void finder_scan_verbatim(struct tag_finder *finder, const struct block *block);

/* Skips comments, Kramdown's attribute lists, Logseq's properties and the lines that open and close
 * containers (`:::`). */
void finder_skip_lines(struct tag_finder *finder, const struct block *block);

#endif
