/* What is taken off the words of questions, answers and titles. Pure functions over text. */
#ifndef QBANK_CONTENT_WORDING_H
#define QBANK_CONTENT_WORDING_H

#include <stdbool.h>
#include <stddef.h>

/* Takes blanks and line ends off both ends. */
void wording_trim(char *text);

/* Whether a line ends a sentence: in `?`, `.`, `:` or `!` (or their full-width forms), perhaps with
 * emphasis marks, closing quotes, brackets, an attribute list, a hard break's backslash or what
 * refers to or from elsewhere behind: a footnote's `[^1]`, a hashtag, a block's name `^name`. */
bool wording_ends_sentence(const char *text, size_t size);

/* Length of the text without such references at its end. */
size_t wording_trim_references(const char *text, size_t size);

/* The character that the text ends in, behind which emphasis, quotes and brackets may close and
 * such references stand; a full-width question mark counts as `?`. '\0' where there is none. */
char wording_last_character(const char *text, size_t size);

/* Whether that is a question mark. */
bool wording_asks(const char *text, size_t size);

/* Cuts an attribute list, `{#id}` or `{: #id .class}`, off the end of `text`. Returns the id
 * without the `#`, owned by the caller, or NULL where there is none. */
char *wording_take_id(char *text);

/* Whether an attribute list at the end of `text` names the class, as {.class} or {#id .class}. */
bool wording_has_class(const char *text, const char *class);

/* Balances emphasis that began before the tag. `text` is what stands behind the tag, `marks` the
 * emphasis marks before it: `**[E]** What` and `**[E] What**` become "What"; in
 * `**[E] What?** Because` the answer is split off: returns it, owned by the caller, else NULL. */
char *wording_take_emphasis(char **text, const char *marks);

/* Length of a word that announces an answer (`Ans.`, `Answer:`, `A:`, `**Solution:**`, `Antwort:`,
 * `A3:`, `答：`, `【答案】`, a heading "Answer"), perhaps with an emoji before it, or of a sign
 * that does so (the colon of a definition list, a flash card's `?` on a line of its own), with the
 * blanks behind it, or 0. */
size_t wording_match_answer_word(const char *text);

/* The letters that number the first of several options in the text: "A" where there is a `B:`, "a"
 * where there is a `b:`, both, or none. */
const char *wording_option_letters(const char *text);

/* Whether the word at `text` is one of these letters, as `A:` is. */
bool wording_is_option(const char *text, const char *letters);

/* Drops that word from the beginning of an answer, unless it numbers an option; returns whether
 * there was one. */
bool wording_drop_answer_word(char *answer);

/* The slug of a title: its letters and digits in lower case, joined by `-`; "section" where it has
 * none. Owned by the caller. */
char *wording_slug(const char *title);

#endif
