/* Questions -> Markdown that says the same: parsed and imported it gives the same questions with
 * the same ids in the same sections, and so the same revision. Every question is an item of a list
 * with its answer in it, below headings for the sections; what a file of the bank was is a heading
 * of the class `file`. Pure.
 *
 * That it parses back is not argued but tried: each question is parsed before it is written, among
 * neighbours that would notice if it reached into them. What would be read in another way where it
 * stands (a link definition, say, which counts for the whole source) is put into a fenced code
 * block that is taken as it is (content/FORMAT.md). */
#ifndef QBANK_CONTENT_WRITE_H
#define QBANK_CONTENT_WRITE_H

#include "content/buffer.h"
#include "content/question.h"

/* Begins zeroed but for `sections`. */
struct writer {
    const struct section *sections; /* of the bank, borrowed: question.section.index points here */
    size_t path;                    /* 1 + the section that is open; 0: none yet */
    size_t offset;                  /* bytes that the caller has taken already */
    struct buffer text;
};

/* Writes the next question in bank order, with its answer unless that is NULL, behind writer->text.
 */
void writer_add_question(struct writer *writer, const struct question *question);

/* Tells that the text has been copied elsewhere: the writer goes on behind it, with an empty one.
 */
void writer_clear_text(struct writer *writer);

void writer_free(struct writer *writer);

#endif
