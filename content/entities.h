/* Character references of HTML: `&amp;`, `&#8217;`, `&#x2019;`. Pure. */
#ifndef QBANK_CONTENT_ENTITIES_H
#define QBANK_CONTENT_ENTITIES_H

#include "content/buffer.h"

/* Appends the character that the reference, `&` and `;` included, stands for. The names are those
 * of HTML 4 (section 24) and a few more; a reference with another name is appended as it is
 * written. */
void entities_append(struct buffer *buffer, const char *reference, size_t size);

#endif
