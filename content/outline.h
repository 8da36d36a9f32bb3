/* The sections of a document while its headings go by. */
#ifndef QBANK_CONTENT_OUTLINE_H
#define QBANK_CONTENT_OUTLINE_H

#include "content/parse.h"

enum { HEADING_LEVELS = 6 };

struct outline {
    struct document *document;
    size_t capacity;
    bool has_own_title;
    int open[HEADING_LEVELS + 1]; /* the path from the file's section to the innermost open one */
    unsigned depth;
};

/* Opens the file's own section. */
void outline_begin(struct outline *outline, struct document *document, bool has_own_title);

/* A heading of `level`, tagged or not, ends every section of its own level or deeper. */
void outline_end_sections(struct outline *outline, unsigned level);

/* Opens the section of an untagged heading. Takes over `title`; an attribute list at its end gives
 * the id. A heading that repeats the file's own title is that section. The class `file` makes it
 * the own section of a further file within this one. A heading of nothing but attributes opens
 * none. */
void outline_open_section(struct outline *outline, unsigned level, char *title, unsigned line);

/* The innermost open section. */
size_t outline_current(const struct outline *outline);

/* Drops the sections without questions, with a warning (`empty-section`) at each, and the file's
 * own if nothing needs it; renumbers the rest. */
void outline_finish(struct outline *outline);

#endif
