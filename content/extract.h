/* Blocks and markers -> sections and questions. */
#ifndef QBANK_CONTENT_EXTRACT_H
#define QBANK_CONTENT_EXTRACT_H

#include "content/cut.h"
#include "content/parse.h"

/* Fills in the document's sections and questions and adds what there is to say of text that belongs
 * to neither. document->title is set; `has_own_title` tells whether the author gave it. */
void extract_document(const struct scissors *scissors, bool has_own_title,
                      struct document *document);

#endif
