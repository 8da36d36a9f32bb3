/* Difficulties in a notation that is not read: `(E)`, `Easy:`, `# Hard`. */
#ifndef QBANK_CONTENT_FOREIGN_TAGS_H
#define QBANK_CONTENT_FOREIGN_TAGS_H

#include "content/diagnostic.h"
#include "content/source.h"

/* For a source without any question: warns (`unknown-tag`) at the first line that seems to name a
 * difficulty, if others name another one. */
void foreign_tags_find(const struct source *source, struct diagnostics *diagnostics);

#endif
