#include "content/tag.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

static size_t skip_blanks(const char *text, size_t size, size_t at) {
    while (at < size && (text[at] == ' ' || text[at] == '\t')) at++;
    return at;
}

static bool is_letter(char c) {
    return isalpha((unsigned char)c) != 0;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t skip_while(const char *text, size_t size, size_t at, bool (*member)(char)) {
    while (at < size && member(text[at])) at++;
    return at;
}

/* The words that stand for a difficulty in a tag: its initial or its name. */
static bool match_difficulty(const char *word, size_t length, enum difficulty *ret_difficulty) {
    for (int i = 0; i < DIFFICULTY_COUNT; i++) {
        const char *name = difficulty_name((enum difficulty)i);
        if ((length == 1 || length == strlen(name)) && strncasecmp(word, name, length) == 0) {
            *ret_difficulty = (enum difficulty)i;
            return true;
        }
    }
    return false;
}

static size_t skip_char(const char *text, size_t size, size_t at, char wanted) {
    if (at < size && text[at] == '\\') at++;
    return at < size && text[at] == wanted ? at + 1 : 0;
}

/* One difficulty with the blanks around it; returns the offset behind, or 0. */
static size_t skip_difficulty(const char *text, size_t size, size_t at,
                              enum difficulty *ret_difficulty) {
    size_t word = skip_blanks(text, size, at);
    size_t end = skip_while(text, size, word, is_letter);
    if (!match_difficulty(text + word, end - word, ret_difficulty)) return 0;
    return skip_blanks(text, size, end);
}

size_t tag_match(const char *text, size_t size, enum difficulty *ret_difficulty) {
    enum difficulty difficulty, other;
    size_t at = skip_char(text, size, 0, '[');
    if (at > 0) at = skip_difficulty(text, size, at, &difficulty);
    while (at > 0 && at < size && strchr("/,|-", text[at]) != NULL && text[at] != '\0') {
        at = skip_difficulty(text, size, at + 1, &other);
        if (at > 0 && other > difficulty) difficulty = other;
    }
    if (at == 0) return 0;
    size_t end = skip_char(text, size, at, ']');
    if (end > 0) *ret_difficulty = difficulty;
    return end;
}

/* ---- enumerators ---------------------------------------------------------------------------- */

/* CommonMark's, then U+00B7, U+2013, U+2014, U+2022, U+2023. */
static const char *const bullets[] = {"-",      "+",      "*",      "\u00b7",
                                      "\u2013", "\u2014", "\u2022", "\u2023"};

/* A text style selector's counterpart, which asks for an emoji (U+FE0F). */
static const char emoji_selector[] = "\ufe0f";

static size_t skip_text(const char *text, size_t size, size_t at, const char *wanted) {
    size_t length = strlen(wanted);
    return size - at >= length && memcmp(text + at, wanted, length) == 0 ? at + length : at;
}

/* Arrows, shapes and dingbats are U+2190 to U+2BFF, emoji U+1F000 to U+1FFFF. */
size_t symbol_match(const char *text, size_t size) {
    ucs4_t symbol;
    if (size < 3 || (unsigned char)text[0] < 0xE2) return 0;
    int length = u8_mbtouc(&symbol, (const uint8_t *)text, size);
    bool is_symbol = (symbol >= 0x2190 && symbol <= 0x2BFF) || symbol >> 12 == 0x1F;
    if (length < 0 || !is_symbol) return 0;
    return skip_text(text, size, (size_t)length, emoji_selector);
}

/* Digits on keycaps: each followed by a selector and U+20E3. */
static size_t match_keycaps(const char *text, size_t size) {
    for (size_t end = 0;;) {
        size_t digit = skip_while(text, size, end, is_digit);
        size_t key = skip_text(text, size, digit, emoji_selector);
        size_t next = skip_text(text, size, key, "\u20e3");
        if (digit != end + 1 || next == key) return end;
        end = next;
    }
}

static size_t match_bullet(const char *text, size_t size) {
    for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++) {
        size_t length = strlen(bullets[i]);
        if (size >= length && memcmp(text, bullets[i], length) == 0) return length;
    }
    return symbol_match(text, size);
}

static bool is_roman(char c) {
    return c != '\0' && strchr("ivxlcIVXLC", c) != NULL;
}

/* Length of one of these at `text`, or 0. */
static size_t match_any(const char *text, size_t size, const char *const *list) {
    for (; *list != NULL; list++) {
        size_t length = strlen(*list);
        if (size >= length && memcmp(text, *list, length) == 0) return length;
    }
    return 0;
}

/* `4`, `1.2`, `12a`, `iv`, `b`: what stands between an enumerator's punctuation. */
static size_t match_label(const char *text, size_t size, bool *ret_is_number) {
    size_t at = skip_while(text, size, 0, is_digit);
    *ret_is_number = at > 0;
    if (at == 0) {
        at = skip_while(text, size, 0, is_roman);
        if (at == 0 || at > 7 || (at < size && is_letter(text[at])))
            at = size > 0 && is_letter(text[0]);
        return at;
    }
    while (at + 1 < size && text[at] == '.' && is_digit(text[at + 1]))
        at = skip_while(text, size, at + 1, is_digit);
    if (at < size && is_letter(text[at]) && (at + 1 == size || !is_letter(text[at + 1]))) at++;
    return at <= 12 ? at : 0;
}

/* "Q", "Q.", "Question" or its like, in front of a number or of the punctuation. Longer ones stand
 * before those that they begin with. */
static size_t match_question_word(const char *text, size_t size) {
    static const char *const words[] = {
        "question", "q",       "exercise", "exercice", "ex",      "problem", "step", "pregunta",
        "pergunta", "domanda", "frage",    "câu hỏi",  "bài tập", "bài",     "câu",  "вопрос",
        "Вопрос",   "问题",    "问",       "题目",     "题",      NULL};
    for (size_t i = 0; words[i] != NULL; i++) {
        size_t end = strlen(words[i]);
        if (end > size || strncasecmp(text, words[i], end) != 0) continue;
        if (end < size && is_letter(text[end])) continue;
        bool is_dotted = end + 1 < size && text[end] == '.' && is_digit(text[end + 1]);
        return end + is_dotted;
    }
    return 0;
}

/* Behind an enumerator's closing punctuation at `at`, with no word behind it, for "e.g." is none;
 * or 0. */
static size_t skip_close(const char *text, size_t size, size_t at) {
    size_t wide = skip_text(text, size, at, "：");
    if (wide > at) return wide;
    bool is_closed = at < size && strchr(".):", text[at]) != NULL && text[at] != '\0' &&
                     (at + 1 == size || (!is_letter(text[at + 1]) && !is_digit(text[at + 1])));
    return is_closed ? at + 1 : 0;
}

static size_t match_parenthesized(const char *text, size_t size) {
    if (size == 0 || text[0] != '(') return 0;
    bool is_number;
    size_t length = match_label(text + 1, size - 1, &is_number);
    return length > 0 && length + 1 < size && text[length + 1] == ')' ? length + 2 : 0;
}

/* As Chinese notes are numbered: `3、`, `（3）`, `三、`, `３．`, `第3题：`. */
static size_t match_wide_enumerator(const char *text, size_t size) {
    static const char *const opens[] = {"（", "第", NULL};
    static const char *const closes[] = {"、", "．", "）", "：", "题：", "题:", "题", NULL};
    static const char *const digits[] = {"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",
                                         "8",  "9",  "０", "１", "２", "３", "４", "５",
                                         "６", "７", "８", "９", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九", "十", NULL};
    size_t begin = match_any(text, size, opens), at = begin;
    for (size_t length = 1; length > 0; at += length)
        length = match_any(text + at, size - at, digits);
    size_t close = at > begin ? match_any(text + at, size - at, closes) : 0;
    return close > 0 ? at + close : 0;
}

size_t enumerator_match(const char *text, size_t size) {
    size_t length = match_keycaps(text, size);
    if (length == 0) length = match_bullet(text, size);
    if (length == 0) length = match_parenthesized(text, size);
    if (length == 0) length = match_wide_enumerator(text, size);
    if (length > 0) return length;
    size_t word = match_question_word(text, size);
    size_t at = word > 0 ? skip_blanks(text, size, word) : 0;
    size_t close = word > 0 ? skip_close(text, size, at) : 0;
    if (close > 0) return close;
    bool hash = at < size && text[at] == '#';
    at += hash;
    bool is_number;
    size_t label = match_label(text + at, size - at, &is_number);
    if (label == 0 || (!is_number && (word > 0 || hash))) return 0;
    at += label;
    close = skip_close(text, size, at);
    if (close > 0) return close;
    return is_number ? at : 0;
}

/* `[x]`, or the state that Org and Logseq write instead. */
static size_t match_check_box(const char *text, size_t size) {
    static const char *const states[] = {"TODO ", "DONE ", "LATER ", "NOW ", "DOING ", NULL};
    size_t state = match_any(text, size, states);
    if (state > 0) return state - 1;
    bool box = size >= 3 && text[0] == '[' && strchr(" xX", text[1]) != NULL && text[1] != '\0' &&
               text[2] == ']';
    return box ? 3 : 0;
}

/* What opens a container: `:::note`, `::: details`. */
static size_t match_div(const char *text, size_t size) {
    size_t colons = 0;
    while (colons < size && text[colons] == ':') colons++;
    if (colons < 3) return 0;
    size_t name = skip_blanks(text, size, colons);
    size_t end = skip_while(text, size, name, is_letter);
    return end > name ? end : 0;
}

/* What makes a callout of a block quote: `[!question]`, `[!note]-`; or of a container. */
static size_t match_callout(const char *text, size_t size) {
    size_t div = match_div(text, size);
    if (div > 0) return div;
    if (size < 4 || memcmp(text, "[!", 2) != 0) return 0;
    size_t end = skip_while(text, size, 2, is_letter);
    if (end == size || text[end] != ']') return 0;
    end++;
    return end < size && (text[end] == '-' || text[end] == '+') ? end + 1 : end;
}

size_t tag_prefix_length(const char *text, size_t size) {
    size_t at = skip_blanks(text, size, 0);
    size_t hashes = at;
    while (hashes < size && hashes - at < 6 && text[hashes] == '#') hashes++;
    if (hashes < size && !is_digit(text[hashes])) at = skip_blanks(text, size, hashes);
    for (int i = 0; i < 3 && at < size; i++) { /* "- [ ] 1. [E]" */
        size_t length = match_check_box(text + at, size - at);
        if (length == 0) length = match_callout(text + at, size - at);
        if (length == 0) length = enumerator_match(text + at, size - at);
        at = skip_blanks(text, size, at + length);
    }
    return at;
}

bool tag_find_first(const char *text, size_t size, struct tag_place *ret_place) {
    enum difficulty difficulty;
    size_t at = tag_prefix_length(text, size);
    while (at < size && (text[at] == '*' || text[at] == '_')) at++;
    size_t length = tag_match(text + at, size - at, &difficulty);
    if (length == 0) return false;
    *ret_place = (struct tag_place){.begin = at, .end = at + length, .difficulty = difficulty};
    return true;
}

bool tag_begins_line(const char *text, size_t size) {
    struct tag_place place;
    return tag_find_first(text, size, &place);
}

/* Whether nothing stands there but perhaps the sentence's full stop or colon and an attribute list,
 * {#id}. */
static bool is_end(const char *text, size_t size, size_t at) {
    if (at < size && (text[at] == '.' || text[at] == ':')) at++;
    at = skip_blanks(text, size, at);
    while (size > at && (text[size - 1] == ' ' || text[size - 1] == '\t')) size--;
    return at == size || (size - at > 2 && text[at] == '{' && strchr("#.:", text[at + 1]) != NULL &&
                          memchr(text + at, '}', size - at) == text + size - 1);
}

bool tag_is_index(const char *text, size_t at) {
    return at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1]));
}

bool tag_find_last(const char *text, size_t size, struct tag_place *ret_place) {
    struct tag_place place = {0};
    for (size_t at = 1; at < size; at++) {
        if (text[at] != '[' && text[at] != '\\') continue;
        size_t length = tag_match(text + at, size - at, &place.difficulty);
        if (length == 0) continue;
        place.begin = at;
        place.end = at + length;
        at += length - 1;
    }
    if (place.end == 0 || !is_end(text, size, place.end)) return false;
    if (skip_blanks(text, size, 0) == place.begin) return false;
    if (tag_is_index(text, place.begin)) return false;
    *ret_place = place;
    return true;
}

/* "The", "A", "Über", but not "TB" and "rows". */
static bool begins_sentence(const char *text, size_t size) {
    bool is_capital = size > 0 && text[0] >= 'A' && text[0] <= 'Z';
    bool is_other = size > 0 && !is_letter(text[0]);
    return is_other || (is_capital && (size == 1 || text[1] < 'A' || text[1] > 'Z'));
}

/* Whether the question itself begins with what looks like an enumerator: "3 kinds", "1.5 TB",
 * "K: how". */
static bool is_part_of_question(const char *text, size_t size, size_t length) {
    bool is_number = is_digit(text[length - 1]);
    if (is_number && memchr(text, '.', length) == NULL) return true;
    size_t next = skip_blanks(text, size, length);
    if (is_number) return !begins_sentence(text + next, size - next);
    return length == 2 && is_letter(text[0]) && text[1] == ':' &&
           match_question_word(text, size) == 0;
}

size_t question_prefix_length(const char *text, size_t size) {
    size_t at = skip_blanks(text, size, 0);
    for (int i = 0; i < 3; i++) { /* as tag_prefix_length() has it */
        size_t length = match_check_box(text + at, size - at);
        if (length == 0) length = match_callout(text + at, size - at);
        if (length == 0) length = enumerator_match(text + at, size - at);
        size_t next = skip_blanks(text, size, at + length);
        if (length == 0 || next == at + length) break;
        if (is_part_of_question(text + at, size - at, length)) break;
        at = next;
    }
    return at;
}

/* ---- legends -------------------------------------------------------------------------------- */

static bool word_is(const char *word, size_t length, const char *const *list) {
    for (; *list != NULL; list++)
        if (strlen(*list) == length && strncasecmp(word, *list, length) == 0) return true;
    return false;
}

/* Blanks and emphasis marks, which may surround the words of a legend. */
static size_t skip_marks(const char *text, size_t size, size_t at) {
    while (at < size && strchr(" \t*_\\", text[at]) != NULL && text[at] != '\0') at++;
    return at;
}

/* One of : = - , ; ( / | or a dash. */
static size_t match_separator(const char *text, size_t size) {
    size_t dash = match_bullet(text, size);
    if (dash > 0) return dash;
    return size > 0 && text[0] != '\0' && strchr(":=-,;(/|", text[0]) != NULL;
}

bool tag_is_legend(const char *text, size_t size, enum difficulty difficulty) {
    static const char *const names[DIFFICULTY_COUNT][5] = {
        [DIFFICULTY_EASY] = {"easy", "basic", "beginner", NULL},
        [DIFFICULTY_MEDIUM] = {"medium", "moderate", "intermediate", NULL},
        [DIFFICULTY_HARD] = {"hard", "difficult", "advanced", "expert", NULL}};
    static const char *const nouns[] = {
        "question", "questions", "problem", "problems", "difficulty", "level", "one", "ones", NULL};
    if (memchr(text, '?', size) != NULL) return false;
    size_t at = skip_marks(text, size, 0);
    size_t separator = match_separator(text + at, size - at);
    at = skip_marks(text, size, at + separator);
    size_t end = skip_while(text, size, at, is_letter);
    if (!word_is(text + at, end - at, names[difficulty])) return false;
    if (separator > 0) return true;
    at = skip_marks(text, size, end);
    end = skip_while(text, size, at, is_letter);
    if (word_is(text + at, end - at, nouns)) at = skip_marks(text, size, end);
    return at == size || (at + 1 == size && text[at] == '.') ||
           match_separator(text + at, size - at) > 0;
}
