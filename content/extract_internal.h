/* The walk over the blocks of a document: what its parts share. Internal to content/extract*.c.
 *
 * `owner` is everywhere the question whose item or heading encloses the place, or DRAFT_NONE. */
#ifndef QBANK_CONTENT_EXTRACT_INTERNAL_H
#define QBANK_CONTENT_EXTRACT_INTERNAL_H

#include "content/cut.h"
#include "content/draft.h"
#include "content/outline.h"

/* A tagged heading whose body is being read. */
struct open_heading {
    unsigned level;
    int question;
};

struct extractor {
    const struct scissors *scissors;
    const struct block *blocks;
    struct document *document;
    struct drafts drafts;
    struct outline outline;
    struct open_heading headings[HEADING_LEVELS];
    unsigned heading_count;
    bool draws_rules;
    char **contexts; /* of the groups that enclose the place, outermost first */
    size_t context_count, context_capacity;
    unsigned context_line; /* the first line behind the text that the last group took */
};

/* Lines of one block: all of it, or what is left of a paragraph behind its question. */
struct span {
    int block;
    unsigned first, last;
};

/* Neighbouring blocks of one container that wait to become a piece of an answer; free() the spans.
 */
struct passage {
    int container;
    struct span *spans;
    size_t count, capacity;
};

/* ---- extract.c: any block -------------------------------------------------------------------- */

/* Walks a block, or a block and its later siblings; the passage may hold what precedes them. */
void extract_block(struct extractor *extractor, int index, int owner, struct passage *passage);
void extract_children(struct extractor *extractor, int first, int owner, struct passage *passage);

/* Whether a question begins in the block's own text. */
bool extract_has_own_marker(const struct block *block);

/* The Markdown in a fenced code block whose info string is `markdown as-is`: it stands for itself,
 * whatever it would mean here. Owned; NULL for any other block. */
char *extract_exact(const struct extractor *extractor, const struct block *block);

/* Says that the text which begins in `line` belongs to no question. */
void extract_say_stray(struct extractor *extractor, unsigned line, bool is_item);

/* ---- extract_passages.c ---------------------------------------------------------------------- */

void passage_add(struct passage *passage, struct span span);
void passage_add_block(struct extractor *extractor, struct passage *passage, int index);

/* Hands the passage to whom it answers and empties it. */
void passage_flush(struct extractor *extractor, struct passage *passage, int owner);

/* ---- extract_questions.c --------------------------------------------------------------------- */

/* Reads the markers of one paragraph or heading: each line is a question (dialect g). What is left
 * behind the last one begins the passage. Returns the last question. */
int extract_markers(struct extractor *extractor, int index, struct passage *passage);

/* ---- extract_lists.c ------------------------------------------------------------------------- */

/* Walks a list with questions in it. */
void extract_list(struct extractor *extractor, int list, int owner);

/* ---- extract_headings.c ---------------------------------------------------------------------- */

/* Whether the author draws lines between questions, and underlines no title with `===`. */
bool extract_draws_rules(const struct extractor *extractor);

/* Reads a heading of the document: a question, the beginning of a section, or a part of the answer
 * under way. Returns the owner of what follows. */
int extract_heading(struct extractor *extractor, int index, int owner, struct passage *passage);

#endif
