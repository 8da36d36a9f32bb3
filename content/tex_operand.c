#include "content/tex_operand.h"

#include <string.h>
#include <unistr.h>

size_t tex_character_length(const struct buffer *text, size_t at) {
    int length = u8_mblen((const uint8_t *)text->data + at, text->size - at);
    return length > 0 ? (size_t)length : 1;
}

static bool is_number(const struct buffer *text) {
    return text->size > 0 && strspn(text->data, "0123456789.") == text->size;
}

/* Whether the text is in one pair of brackets. */
static bool is_bracketed(const struct buffer *text) {
    int depth = 0;
    if (text->size < 2 || text->data[0] != '(' || text->data[text->size - 1] != ')') return false;
    for (size_t at = 0; at < text->size; at++) {
        depth += (text->data[at] == '(') - (text->data[at] == ')');
        if (depth == 0 && at + 1 < text->size) return false;
    }
    return depth == 0;
}

/* Behind the scripts at `at`: characters that are raised, lowered or over another, `_{…}`, `^{…}`.
 */
static size_t skip_scripts(const struct buffer *text, size_t at) {
    while (at < text->size) {
        ucs4_t character;
        u8_mbtouc(&character, (const uint8_t *)text->data + at, text->size - at);
        bool is_script = strchr("_^", text->data[at]) != NULL;
        if (is_script) {
            const char *end = strchr(text->data + at, '}');
            bool is_group = at + 1 < text->size && text->data[at + 1] == '{' && end != NULL;
            at = is_group ? (size_t)(end + 1 - text->data) : at + 2;
        } else if (u8_strchr((const uint8_t *)"′⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵀⁿᵏ*", character) != NULL ||
                   (character >= 0x2080 && character <= 0x209c) ||
                   (character >= 0x300 && character < 0x370) ||
                   (character >= 0x1d2c && character <= 0x1d6a)) {
            at += tex_character_length(text, at);
        } else {
            break;
        }
    }
    return at;
}

bool tex_is_factor(const struct buffer *text) {
    if (text->size == 0 || is_number(text) || is_bracketed(text)) return true;
    return skip_scripts(text, tex_character_length(text, 0)) >= text->size;
}

bool tex_is_product(const struct buffer *text) {
    if (is_bracketed(text)) return true;
    int depth = 0;
    for (size_t at = 0; at < text->size; at++) {
        char c = text->data[at];
        depth += (strchr("([{", c) != NULL) - (strchr(")]}", c) != NULL);
        if (depth == 0 && at > 0 && strchr(" +-=<>/", c) != NULL) return false;
        if (depth == 0 && c == '/') return false;
    }
    return true;
}
