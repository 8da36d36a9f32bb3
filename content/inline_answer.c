#include "content/inline_answer.h"

#include <string.h>
#include <strings.h>

#include "content/memory.h"
#include "content/wording.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

/* Behind the code span that begins at `at`, or behind its backticks where it is not closed. */
static size_t skip_code(const char *text, size_t at) {
    enum { LONGEST_RUN = 8 }; /* bounds how often the text is searched in vain */
    size_t run = strspn(text + at, "`"), begin = at + run;
    if (run > LONGEST_RUN) return begin;
    for (const char *end = text + begin; (end = strchr(end, '`')) != NULL;) {
        size_t length = strspn(end, "`");
        end += length;
        if (length == run) return (size_t)(end - text);
    }
    return begin;
}

size_t break_match(const char *text) {
    if (strncasecmp(text, "<br", 3) != 0) return 0;
    size_t at = 3 + strspn(text + 3, " ");
    if (text[at] == '/') at++;
    return text[at] == '>' ? at + 1 : 0;
}

/* Length of an arrow at `text`, or 0. */
static size_t match_arrow(const char *text) {
    static const char *const arrows[] = {"->",     "=>",     "\u2192", "\u21d2",
                                         "\u2794", "\u279c", "\u27a1", "\U0001f449"};
    for (size_t i = 0; i < sizeof(arrows) / sizeof(arrows[0]); i++) {
        size_t length = strlen(arrows[i]);
        if (strncmp(text, arrows[i], length) == 0) return length;
    }
    return 0;
}

/* Length of an arrow behind a question mark at `at`, or 0. Few places have one, so that is found
 * out first: the way back to the question mark may be long. */
static size_t match_card_arrow(const char *text, size_t at) {
    size_t length = match_arrow(text + at);
    return length > 0 && wording_asks(text, at) ? length : 0;
}

static bool is_variable(char c) {
    return c >= 'a' && c <= 'z';
}

/* Whether a function's type begins here as it is written in Haskell: `Int -> …`, `[a] -> …`,
 * `(a -> …`. No more is taken for a type than is certain: else an answer would stay in its
 * question. */
static bool begins_type(const char *text) {
    static const char *const types[] = {"Int",  "Integer", "Float", "Double",
                                        "Bool", "Char",    "String"};
    size_t length = 0;
    text += strspn(text, " ");
    if (text[0] == '(' && is_variable(text[1])) length = 2;
    if (text[0] == '[' && is_variable(text[1]) && text[2] == ']') length = 3;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        size_t size = strlen(types[i]);
        if (strncmp(text, types[i], size) == 0 && text[size] == ' ') length = size;
    }
    return length > 0 && match_arrow(text + length + strspn(text + length, " ")) > 0;
}

/* Length of the colons between the sides of a flash card at `at`, or 0. */
static size_t match_card_colons(const char *text, size_t at) {
    if (text[at] != ':' || at == 0 || text[at - 1] == ':') return 0;
    size_t count = strspn(text + at, ":");
    if (count != 2 && count != 3) return 0;
    if (wording_asks(text, at)) return count;
    bool is_apart = is_blank(text[at - 1]) && is_blank(text[at + count]);
    return is_apart && !begins_type(text + at + count) ? count : 0;
}

/* Whether a word may begin at `at`: behind a blank, or a full-width question mark, which has none.
 */
static bool begins_word(const char *text, size_t at) {
    bool is_wide = at > 0 && (text[at - 1] & 0x80) != 0 && wording_asks(text, at);
    return !is_blank(text[at]) && (is_wide || (at > 0 && is_blank(text[at - 1])));
}

/* Whether a word that announces an answer stands at `at`, behind a sentence. */
static bool is_announced(const char *text, size_t at, const char *option_letters) {
    if (!begins_word(text, at) || text[at] == '#') return false;
    if (wording_match_answer_word(text + at) == 0) return false;
    if (wording_is_option(text + at, option_letters)) return false;
    char last = wording_last_character(text, at);
    bool may_be_name = wording_is_option(text + at, "Rr"); /* recall, the language */
    return last != '\0' && strchr(may_be_name ? "?" : "?.!:", last) != NULL;
}

/* Behind a question that is in emphasis from its beginning on, or 0. */
static size_t match_emphasis(const char *text) {
    enum { LONGEST_RUN = 3 };
    char marks[LONGEST_RUN + 1];
    size_t run = strspn(text, "*_");
    if (run == 0 || run > LONGEST_RUN) return 0;
    for (size_t i = 0; i < run; i++) marks[i] = text[run - 1 - i];
    marks[run] = '\0';
    const char *closing = strstr(text + run, marks);
    if (closing == NULL || !wording_asks(text, (size_t)(closing - text))) return 0;
    size_t end = (size_t)(closing - text) + run;
    return is_blank(text[end]) ? end : 0;
}

/* Where the question ends and the answer begins; an end of 0: nowhere. */
struct cut {
    size_t end, begin;
};

static struct cut find_cut(const char *text, bool is_answered) {
    struct cut cut = {0};
    const char *option_letters = wording_option_letters(text);
    bool is_final = false;
    size_t emphasis = match_emphasis(text);
    for (size_t at = 0, next; text[at] != '\0' && !is_final; at = next) {
        next = text[at] == '`' ? skip_code(text, at) : at + 1;
        size_t mark = break_match(text + at);
        if (mark > 0 && is_answered && !wording_asks(text, at)) mark = 0;
        if (mark == 0) mark = match_card_colons(text, at);
        if (mark == 0) mark = match_card_arrow(text, at);
        if (mark > 0) next = at + mark;
        if (mark == 0 && at != emphasis && !is_announced(text, at, option_letters)) continue;
        is_final = wording_asks(text, at);
        if (cut.end == 0 || is_final) cut = (struct cut){.end = at, .begin = at + mark};
    }
    return cut;
}

char *inline_answer_take(char *question, bool is_answered) {
    wording_trim(question);
    size_t size = strlen(question);
    struct cut cut = {0};
    if (!wording_asks(question, size)) cut = find_cut(question, is_answered);
    if (cut.end == 0) return NULL;
    char *answer = memory_copy(question + cut.begin, size - cut.begin);
    question[cut.end] = '\0';
    wording_trim(question);
    wording_trim(answer);
    return answer;
}
