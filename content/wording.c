#include "content/wording.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
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

/* Behind what a text goes without the reference at its end, or `size`: a footnote's `[^1]`, a
 * hashtag `#card`, a block's name `^name`. */
static size_t find_reference(const char *text, size_t size) {
    enum { LONGEST = 64 }; /* bounds how far a text is read back again and again */
    size_t end = size;
    while (end > 0 && is_blank(text[end - 1])) end--;
    bool is_footnote = end > 0 && text[end - 1] == ']';
    for (size_t at = end - is_footnote; at > 1 && end - at < LONGEST; at--) {
        const char *mark = text + at - 1;
        bool is_end = at == end - is_footnote;
        if (is_footnote && *mark == '^' && mark[-1] == '[') return is_end ? size : at - 2;
        if (!is_footnote && (*mark == '#' || *mark == '^'))
            return is_end || !is_blank(mark[-1]) ? size : at - 1;
        bool is_name = isalnum((unsigned char)*mark) || (*mark & 0x80) != 0 || *mark == '-' ||
                       *mark == '_' || *mark == '/';
        if (!is_name) return size;
    }
    return size;
}

size_t wording_trim_references(const char *text, size_t size) {
    enum { MANY = 4 };
    for (int i = 0; i < MANY; i++) {
        size_t rest = find_reference(text, size);
        if (rest == size) break;
        size = rest;
    }
    return size;
}

bool wording_ends_sentence(const char *text, size_t size) {
    static const char *const closings[] = {"*", "_",  "\"",     "'",      ")",      "]", "\\",
                                           " ", "\t", "\u201d", "\u2019", "\u00bb", NULL};
    static const char *const ends[] = {"?",      ".",      ":",      "!",      "\uff1f",
                                       "\u3002", "\uff1a", "\uff01", "\u2026", NULL};
    size = wording_trim_references(text, find_attributes(text, size));
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
    size = wording_trim_references(text, size);
    while (size > 0 && strchr(" \t\n*_)\"'", text[size - 1]) != NULL) size--;
    if (size == 0) return '\0';
    bool is_wide = size >= wide && memcmp(text + size - wide, wide_mark, wide) == 0;
    return is_wide ? '?' : text[size - 1];
}

bool wording_asks(const char *text, size_t size) {
    return wording_last_character(text, size) == '?';
}

/* ---- emphasis -------------------------------------------------------------------------------- */

/* Whether the text is nothing but a question, and so cannot answer one: "Why?" */
static bool asks_only(const char *text) {
    return wording_asks(text, strlen(text)) && strpbrk(text, ".:!;") == NULL;
}

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
    bool is_answer = *behind != '\0' && !asks_only(behind) &&
                     wording_ends_sentence(*text, (size_t)(closing - *text));
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
