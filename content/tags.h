/* Finds every tag of a document and tells the ones that begin a question (markers) from the others;
 * finds the lines that belong to no answer. */
#ifndef QBANK_CONTENT_TAGS_H
#define QBANK_CONTENT_TAGS_H

#include "content/definitions.h"
#include "content/diagnostic.h"
#include "content/question.h"
#include "content/tree.h"

/* A marker: a tag with a question behind it. */
struct tag {
    uint32_t begin, end; /* offsets of the tag in the source */
    unsigned line;
    enum difficulty difficulty;
    bool is_last; /* it stands behind the question; only an answer may follow on the line */
};

struct tag_list {
    struct tag *items; /* in the order of the source */
    size_t count, capacity;
    unsigned *skipped; /* lines that are no text: legends, comments, footnotes, …; ascending */
    size_t skipped_count, skipped_capacity;
};

/* Collects markers and skipped lines, sets tag_begin, tag_end, has_marker and is_noise of the
 * tree's blocks, and says of every other tag why it is no question:
 *
 *     note    legend           explains the tags
 *     note    tag-behind       makes a question of a line that asks nothing; the first one
 *     note    tag-in-text      in the middle of a sentence
 *     note    tag-in-verbatim  at the beginning of a line of indented code, a comment, a code span
 *     warning tag-in-html      in HTML, with words behind it
 *     warning tag-not-first    where it was probably meant to mark a question
 *     warning tag-in-table     in a table
 *     warning tag-is-link      the document defines `[E]: https://…`, so that [E] is a link
 *
 * Where no question begins with its tag, the document may write its tags behind the questions: at
 * the ends of the lines, or before an answer on the same line.
 */
void tags_find(const struct source *source, struct block_tree *tree,
               const struct definitions *definitions, struct tag_list *ret_tags,
               struct diagnostics *diagnostics);
void tags_free(struct tag_list *tags);

bool tags_line_is_skipped(const struct tag_list *tags, unsigned line);

#endif
