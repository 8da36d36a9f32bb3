/* Words that announce an answer, and the letters of options that look like one of them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/memory.h"
#include "content/tag.h"
#include "content/wording.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

static bool starts_with(const char *text, const char *beginning) {
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static const char *match_word(const char *text, const char *word) {
    enum { CASE_BIT = 0x20 }; /* most words differ in their first letters */
    if (((text[0] ^ word[0]) & ~CASE_BIT) != 0) return NULL;
    size_t length = strlen(word);
    return strncasecmp(text, word, length) == 0 ? text + length : NULL;
}

/* Longer words stand before those that they begin with. */
static const char *const answer_words[] = {
    "answer",   "ans",      "solution", "sol",      "a",         "r",         "参考答案",
    "答案",     "答え",     "答",       "解答",     "解",        "回答",      "Đáp án",
    "Trả lời",  "Lời giải", "giải",     "antwort",  "lösung",    "respuesta", "solución",
    "resposta", "solução",  "réponse",  "risposta", "soluzione", "ответ",     "Ответ",
    "решение",  "Решение",  "정답",     "답",       NULL};

/* Behind what follows an answer word that has `length` bytes, or NULL: its colon or full stop. A
 * single letter needs the colon, for "A. " numbers options, and a number needs one, for "Answer 3."
 * is one. A word that is all its line needs neither. No ratio, time or type is taken for an answer:
 * "A 3:1 mix", "A1:2", "a :: Int". */
static const char *match_closing(const char *mark, size_t length, bool may_be_numbered) {
    static const char wide_colon[] = "\uff1a";
    bool is_letter = length == 1;
    const char *number = mark + (is_letter ? 0 : strspn(mark, " "));
    size_t digits = may_be_numbered ? strspn(number, "0123456789") : 0;
    mark = number + digits;
    mark += strspn(mark, " ");
    if (starts_with(mark, wide_colon)) return mark + strlen(wide_colon);
    bool is_other = (is_letter && mark[0] == ':' && mark[1] == ':') ||
                    (digits > 0 && mark[0] == ':' && mark[1] >= '0' && mark[1] <= '9');
    if (*mark == ':' && !is_other) return mark + 1;
    if (*mark == '.' && !is_letter && digits == 0) return mark + 1;
    return (*mark == '\n' || *mark == '\0') && length >= 6 ? mark : NULL;
}

static const char *match_announcement(const char *text, const char *closing) {
    for (size_t i = 0; answer_words[i] != NULL; i++) {
        const char *end = match_word(text, answer_words[i]);
        if (end == NULL) continue;
        size_t length = strlen(answer_words[i]);
        const char *mark = end;
        if (*closing != '\0' && starts_with(mark, closing)) mark += strlen(closing);
        bool is_score = answer_words[i][0] == 'r' && length == 1; /* "A3:", but R2 */
        end = match_closing(mark, length, !is_score);
        if (end != NULL) return end;
    }
    return NULL;
}

/* The word in brackets that need no colon: 【答案】. */
static const char *match_boxed(const char *text) {
    static const char open[] = "\u3010", close[] = "\u3011", wide_colon[] = "\uff1a";
    if (!starts_with(text, open)) return NULL;
    for (size_t i = 0; answer_words[i] != NULL; i++) {
        const char *end = match_word(text + strlen(open), answer_words[i]);
        if (end == NULL || !starts_with(end, close)) continue;
        end += strlen(close);
        return starts_with(end, wide_colon) ? end + strlen(wide_colon) : end;
    }
    return NULL;
}

/* Blanks, or a symbol that decorates the word: "💡 Answer:". */
static const char *skip_symbol(const char *text) {
    enum { LONGEST = 8 };
    text += strspn(text, " \t");
    text += symbol_match(text, strnlen(text, LONGEST));
    return text + strspn(text, " \t");
}

/* The signs that stand for the word: a definition list's colon, the `?` between the sides of a
 * flash card, on a line of its own. */
static size_t match_sign(const char *text) {
    if (text[0] == ':' && is_blank(text[1])) return 1 + strspn(text + 1, " \t");
    size_t marks = strspn(text, "?");
    if (marks != 1 && marks != 2) return 0;
    size_t end = marks + strspn(text + marks, " \t");
    return text[end] == '\n' || text[end] == '\0' ? end + (text[end] == '\n') : 0;
}

size_t wording_match_answer_word(const char *text) {
    size_t sign = match_sign(text);
    if (sign > 0) return sign;
    const char *begin = skip_symbol(text);
    size_t hashes = strspn(begin, "#");
    if (hashes > 0) begin = skip_symbol(begin + hashes);
    size_t marks = strspn(begin, "*_");
    char *closing = memory_copy(begin, marks);
    const char *word = marks > 0 ? skip_symbol(begin + marks) : begin;
    const char *end = match_boxed(word);
    if (end == NULL) end = match_announcement(word, closing);
    size_t length = 0;
    if (end != NULL) {
        bool is_closed = marks == 0 || memmem(begin + marks, (size_t)(end - begin) - marks, closing,
                                              marks) != NULL;
        if (!is_closed && starts_with(end, closing)) {
            end += marks;
            is_closed = true;
        }
        length = (size_t)(end + strspn(end, " \t\n") - text);
        bool is_whole_line = hashes == 0 || *end == '\n' || *end == '\0';
        if (!is_closed || !is_whole_line) length = 0;
    }
    free(closing);
    return length;
}

static bool has_word(const char *text, const char *word) {
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
        if (at > text && strchr(" \t\n*_", at[-1]) != NULL) return true;
    return false;
}

const char *wording_option_letters(const char *text) {
    bool upper = has_word(text, "B:"), lower = has_word(text, "b:");
    return upper && lower ? "Aa" : upper ? "A" : lower ? "a" : "";
}

bool wording_is_option(const char *text, const char *letters) {
    const char *word = text + strspn(text, " \t*_");
    return word[0] != '\0' && strchr(letters, word[0]) != NULL && strchr(":*_ ", word[1]) != NULL;
}

/* Whether an announcement that nothing follows is the answer: "Answer 42". */
static bool is_number(const char *text, size_t size) {
    char last = wording_last_character(text, size);
    return text[size] == '\0' && last >= '0' && last <= '9';
}

bool wording_drop_answer_word(char *answer) {
    if (wording_is_option(answer, wording_option_letters(answer))) return false;
    if (wording_is_option(answer, "Rr")) return false; /* it may be the language */
    size_t length = wording_match_answer_word(answer);
    if (is_number(answer, length)) return false;
    if (length > 0) memmove(answer, answer + length, strlen(answer + length) + 1);
    return length > 0;
}
