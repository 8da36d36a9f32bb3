/* The grammar of a difficulty tag and of what may stand before it on its line. Pure functions over
 * plain text. */
#ifndef QBANK_CONTENT_TAG_H
#define QBANK_CONTENT_TAG_H

#include <stdbool.h>
#include <stddef.h>

#include "content/question.h"

/* Reads a tag at `text`: [E], [M], [H] or [Easy], [Medium], [Hard] spelled out in any case, blanks
 * inside the brackets allowed, the brackets possibly escaped with backslashes. Of several in one
 * bracket, [E/M], the hardest counts. Returns its length and sets *ret_difficulty, or 0. */
size_t tag_match(const char *text, size_t size, enum difficulty *ret_difficulty);

/* Length of a symbol at `text` that may serve as a bullet, an arrow, a shape, a dingbat or an
 * emoji, with the selector that asks for its colours, or 0. */
size_t symbol_match(const char *text, size_t size);

/* Reads an enumerator at `text` that notes are numbered with, whether CommonMark knows it or not:
 * `4.` `4)` `(4)` `4:` `4` `1.2.` `#4`, `a)` `(b)`, `iv.`, `Q3:` `Q:` `Question 3.`, `3、`
 * `（三）`, keycaps
 * (emoji `4️⃣`), the bullets `-` `+` `*` `•` `‣` `·` `–` `—`, and any symbol
 * (symbol_match()) for one. "Question" may be said in other languages. Returns its length without
 * the blanks behind it, or 0. */
size_t enumerator_match(const char *text, size_t size);

/* Length of what may stand before a tag at the start of a line: blanks, `#`s, a check box or an
 * outliner's state (TODO), what makes a callout (`[!question]`, `::: details`), enumerators. Always
 * succeeds; may be 0. */
size_t tag_prefix_length(const char *text, size_t size);

/* Where a tag stands that begins a line, behind nothing but such a prefix and emphasis marks. */
struct tag_place {
    size_t begin, end;
    enum difficulty difficulty;
};
bool tag_find_first(const char *text, size_t size, struct tag_place *ret_place);

/* Whether the tag at `at` stands right behind a letter or digit: an index, as in `E[H]`. */
bool tag_is_index(const char *text, size_t at);

/* Where a tag stands that ends a line, behind other text, if it is no index; a full stop or colon
 * and an attribute list may follow it. */
bool tag_find_last(const char *text, size_t size, struct tag_place *ret_place);

/* Length of what may stand before a question whose tag stands behind it: as tag_prefix_length(),
 * but blanks must follow, and what may as well be the question's first word is that: "3 kinds of
 * loss? [E]", "1.5 TB of data [E]", "K: how is it chosen? [E]". */
size_t question_prefix_length(const char *text, size_t size);

/* The same as a question only: does a tag begin this line? */
bool tag_begins_line(const char *text, size_t size);

/* Whether the text behind a tag explains the tag instead of asking something: "Easy", "= medium",
 * ": hard questions", "Easy - definitions". */
bool tag_is_legend(const char *text, size_t size, enum difficulty difficulty);

#endif
