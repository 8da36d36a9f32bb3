/* Cuts Markdown out of a source: whole lines, with the prefixes of their containers taken off and
 * everything else kept byte for byte (line endings become \n). */
#ifndef QBANK_CONTENT_CUT_H
#define QBANK_CONTENT_CUT_H

#include "content/buffer.h"
#include "content/definitions.h"
#include "content/tags.h"
#include "content/tree.h"

struct scissors {
    const struct source *source;
    const struct block_tree *tree;
    const struct tag_list *tags;
    struct definitions *definitions;
};

/* The text of lines `first` to `last` inside `container`, owned by the caller: skipped lines left
 * out, an indentation that all lines share (less than code's) removed, no line end at the end.
 * "" where `last` stands before `first`, as the places of blocks without text may. */
char *cut_lines(const struct scissors *scissors, int container, unsigned first, unsigned last);

/* The inside of a fenced code block of that container, exactly as CommonMark (section 4.5) has it:
 * no line is left out, nothing is trimmed; owned by the caller. */
char *cut_fenced(const struct scissors *scissors, const struct block *block);

/* Whether Markdown that is cut out has the blocks that the tree has there: no line is skipped,
 * hidden from md4c (content/dialect.h), shifted, ended by a carriage return, which cut_lines()
 * replaces, or less indented than its container, which CommonMark (section 5.1, laziness) reads in
 * another way outside of it. May say no where yes is true. */
bool cut_is_faithful(const struct scissors *scissors, int container, unsigned first, unsigned last);

/* Where the text of one line stands inside `container`: from the first byte that is not blank to
 * behind the last one. */
struct cut_range {
    size_t begin, end;
};
struct cut_range cut_line_range(const struct scissors *scissors, int container, unsigned line);

/* The same for a heading's own text: without `#`s before and behind it. */
struct cut_range cut_heading_range(const struct scissors *scissors, int container, unsigned line);

#endif
