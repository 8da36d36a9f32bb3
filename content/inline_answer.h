/* Answers on the line of their question: what would be told with the question if it stayed there.
 * Pure functions over text. */
#ifndef QBANK_CONTENT_INLINE_ANSWER_H
#define QBANK_CONTENT_INLINE_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

/* Cuts the answer off a question and returns it, owned by the caller; NULL where there is none. It
 * begins
 * - behind a sentence at a word that announces it: `What is x? Answer: y`, `What is x? **A:** y`;
 *   at `R:` behind a question mark only;
 * - behind `<br>`, and behind `::` that stands apart or follows a question mark: `What is x? :: y`,
 *   but not before a function's type: `f :: Int -> Int`;
 * - behind an arrow that follows a question mark: `What is x? -> y`;
 * - behind a question in emphasis: `**What is x?** y`.
 * Of several such places the first behind a question mark counts. A text that ends in a question
 * mark asks up to its end; code has no such places; `A:` before a `B:` is an option. Of a question
 * that is answered elsewhere `<br>` breaks the lines, unless it follows a question mark. */
char *inline_answer_take(char *question, bool is_answered);

/* Length of `<br>`, `<br/>` or `<br />` at `text`, or 0. */
size_t break_match(const char *text);

#endif
