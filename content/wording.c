#include "content/wording.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include "content/buffer.h"
#include "content/memory.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

void wording_trim(char *text) {
    size_t begin = 0, end = strlen(text);
    while (is_blank(text[begin])) begin++;
    while (end > begin && is_blank(text[end - 1])) end--;
    memmove(text, text + begin, end - begin);
    text[end - begin] = '\0';
}

static bool ends_with(const char *text, size_t size, const char *ending) {
    size_t length = strlen(ending);
    return size >= length && memcmp(text + size - length, ending, length) == 0;
}

static bool starts_with(const char *text, const char *beginning) {
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* ---- attribute lists ------------------------------------------------------------------------- */

/* Where an attribute list that ends the text begins, or `size`. */
static size_t find_attributes(const char *text, size_t size) {
    size_t end = size;
    while (end > 0 && is_blank(text[end - 1])) end--;
    if (end == 0 || text[end - 1] != '}') return size;
    /* No farther back than the brace before, for the lines of a text may all end in one. */
    const char *open = text + end - 1;
    while (open > text && *--open != '{')
        if (*open == '}') return size;
    if (*open != '{' || (open[1] != '#' && open[1] != ':' && open[1] != '.')) return size;
    /* `$x_{.5}$` and the like are math: an attribute list follows a blank or ends a sentence */
    bool is_apart = open == text || is_blank(open[-1]) || strchr("?.!:", open[-1]) != NULL;
    return is_apart ? (size_t)(open - text) : size;
}

char *wording_take_id(char *text) {
    size_t size = strlen(text), begin = find_attributes(text, size);
    if (begin == size) return NULL;
    const char *hash = strchr(text + begin, '#');
    char *id = NULL;
    if (hash != NULL) id = memory_copy(hash + 1, strcspn(hash + 1, " \t\n}"));
    text[begin] = '\0';
    wording_trim(text);
    return id;
}

bool wording_has_class(const char *text, const char *class) {
    size_t length = strlen(class);
    const char *at = text + find_attributes(text, strlen(text));
    while ((at = strchr(at, '.')) != NULL) {
        at++;
        if (strncmp(at, class, length) == 0 && strchr(" \t}", at[length]) != NULL) return true;
    }
    return false;
}

/* ---- sentences ------------------------------------------------------------------------------- */

bool wording_ends_sentence(const char *text, size_t size) {
    static const char *const closings[] = {"*", "_",  "\"",     "'",      ")",      "]", "\\",
                                           " ", "\t", "\u201d", "\u2019", "\u00bb", NULL};
    static const char *const ends[] = {"?",      ".",      ":",      "!",      "\uff1f",
                                       "\u3002", "\uff1a", "\uff01", "\u2026", NULL};
    size = find_attributes(text, size);
    for (size_t i = 0; closings[i] != NULL;) {
        if (!ends_with(text, size, closings[i])) {
            i++;
            continue;
        }
        size -= strlen(closings[i]);
        i = 0;
    }
    for (size_t i = 0; ends[i] != NULL; i++)
        if (ends_with(text, size, ends[i])) return true;
    return false;
}

char wording_last_character(const char *text, size_t size) {
    static const char wide_mark[] = "\uff1f";
    const size_t wide = sizeof(wide_mark) - 1;
    while (size > 0 && strchr(" \t\n*_)\"'", text[size - 1]) != NULL) size--;
    if (size == 0) return '\0';
    bool is_wide = size >= wide && memcmp(text + size - wide, wide_mark, wide) == 0;
    return is_wide ? '?' : text[size - 1];
}

bool wording_asks(const char *text, size_t size) {
    return wording_last_character(text, size) == '?';
}

/* ---- emphasis -------------------------------------------------------------------------------- */

static char *take_marks(char **text, const char *marks) {
    size_t length = strlen(marks);
    wording_trim(*text);
    if (starts_with(*text, marks)) {
        memset(*text, ' ', length);
        wording_trim(*text);
        return NULL;
    }
    char *closing = strstr(*text, marks);
    if (closing == NULL) return NULL;
    char *behind = closing + length;
    behind += strspn(behind, " \t\n");
    bool is_answer = *behind != '\0' && wording_ends_sentence(*text, (size_t)(closing - *text));
    if (*behind != '\0' && !is_answer) {
        char *whole = memory_format("%s%s", marks, *text);
        free(*text);
        *text = whole;
        return NULL;
    }
    char *answer = is_answer ? memory_copy(behind, strlen(behind)) : NULL;
    *closing = '\0';
    wording_trim(*text);
    return answer;
}

char *wording_take_emphasis(char **text, const char *marks) {
    char *answer = NULL;
    size_t end = strlen(marks);
    while (end > 0 && answer == NULL) { /* the innermost marks, the last ones, close first */
        size_t begin = end - 1;
        while (begin > 0 && marks[begin - 1] == marks[end - 1]) begin--;
        char *run = memory_copy(marks + begin, end - begin);
        answer = take_marks(text, run);
        free(run);
        end = begin;
    }
    return answer;
}

/* ---- answer words ---------------------------------------------------------------------------- */

static const char *match_word(const char *text, const char *word) {
    size_t length = strlen(word);
    return strncasecmp(text, word, length) == 0 ? text + length : NULL;
}

/* The word and its colon or full stop. A lone "A" needs the colon: "A. " numbers options. A word
 * that is all its line needs neither. */
static const char *match_announcement(const char *text, const char *closing) {
    static const char *const words[] = {"answer", "ans", "solution", "sol",     "a", "答案",
                                        "答",     "解",  "Đáp án",   "Trả lời", NULL};
    static const char wide_colon[] = "\uff1a";
    for (size_t i = 0; words[i] != NULL; i++) {
        const char *end = match_word(text, words[i]);
        if (end == NULL) continue;
        size_t length = strlen(words[i]);
        const char *mark = end;
        if (*closing != '\0' && starts_with(mark, closing)) mark += strlen(closing);
        mark += strspn(mark, " ");
        if (*mark == ':' || (*mark == '.' && length > 1)) return mark + 1;
        if (starts_with(mark, wide_colon)) return mark + strlen(wide_colon);
        if ((*mark == '\n' || *mark == '\0') && length >= 6) return mark;
    }
    return NULL;
}

size_t wording_match_answer_word(const char *text) {
    if (text[0] == ':' && is_blank(text[1])) return 1 + strspn(text + 1, " \t");
    const char *begin = text + strspn(text, " \t");
    size_t hashes = strspn(begin, "#");
    if (hashes > 0) begin += hashes + strspn(begin + hashes, " \t");
    size_t marks = strspn(begin, "*_");
    char *closing = memory_copy(begin, marks);
    const char *end = match_announcement(begin + marks, closing);
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

bool wording_drop_answer_word(char *answer) {
    if (wording_is_option(answer, wording_option_letters(answer))) return false;
    size_t length = wording_match_answer_word(answer);
    if (length > 0) memmove(answer, answer + length, strlen(answer + length) + 1);
    return length > 0;
}

/* ---- slugs ----------------------------------------------------------------------------------- */

static void slug_append(struct buffer *slug, ucs4_t letter, bool *after_gap) {
    uint8_t bytes[6];
    if (*after_gap && slug->size > 0) buffer_append(slug, "-", 1);
    *after_gap = false;
    int length = u8_uctomb(bytes, uc_tolower(letter), sizeof(bytes));
    if (length > 0) buffer_append(slug, (const char *)bytes, (size_t)length);
}

char *wording_slug(const char *title) {
    struct buffer slug = {0};
    bool after_gap = false;
    ucs4_t letter;
    for (const uint8_t *at = (const uint8_t *)title; (at = u8_next(&letter, at)) != NULL;) {
        if (letter == '\'' || letter == 0x2019) continue;
        if (uc_is_general_category_withtable(letter, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M |
                                                         UC_CATEGORY_MASK_N))
            slug_append(&slug, letter, &after_gap);
        else
            after_gap = true;
    }
    if (slug.size == 0) buffer_append(&slug, "section", strlen("section"));
    return buffer_steal(&slug);
}
