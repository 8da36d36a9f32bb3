/* The words of one question: from its tag to the end of its sentence. */
#ifndef QBANK_CONTENT_PHRASE_H
#define QBANK_CONTENT_PHRASE_H

#include "content/cut.h"

struct phrase {
    char *text;         /* the question on one line; "" if nothing stands behind the tag */
    char *id;           /* the author's {#id}, unchecked, or NULL */
    char *answer;       /* what follows a question in emphasis on the same line, or NULL */
    unsigned last_line; /* of the question */
};

/* Reads the question behind `tag` in a paragraph or heading, at most to `end_line`. A wrapped
 * question goes on until a line ends in `?`, `.`, `:` or `!`, in a hard line break, or before a
 * line that begins an answer ("Ans.", "Answer:"). */
struct phrase phrase_read(const struct scissors *scissors, const struct block *block,
                          const struct tag *tag, unsigned end_line);
void phrase_free(struct phrase *phrase);

/* Whether a text ends in a full stop, an exclamation mark or a colon, as a heading would not. */
bool phrase_is_sentence(const char *text, size_t size);

#endif
