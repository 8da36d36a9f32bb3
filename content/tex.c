#include "content/tex.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unistr.h>

#include "content/tex_letters.h"
#include "content/tex_operand.h"
#include "content/tex_symbols.h"

/* How the cells and rows of an environment read. */
struct layout {
    const char *cell, *row;
};

struct reader {
    const char *at, *end;
    unsigned depth;
    struct layout layout;
    bool is_word_due; /* a function's name was last: a letter needs a blank before it */
};

static void read_list(struct reader *reader, struct buffer *out);
static void read_atom(struct reader *reader, struct buffer *out);

/* ---- writing --------------------------------------------------------------------------------- */

static char last_byte(const struct buffer *out) {
    return out->size > 0 ? out->data[out->size - 1] : '\0';
}

static bool ends_in_blank(const struct buffer *out) {
    return out->size == 0 || strchr(" \n", last_byte(out)) != NULL;
}

static void put_blank(struct buffer *out) {
    if (!ends_in_blank(out)) buffer_append(out, " ", 1);
}

static void put(struct reader *reader, struct buffer *out, const char *text, size_t size) {
    if (size == 0) return;
    static const char joined[] = " \n([{)]},.;:^_|";
    bool is_joined = memchr(joined, (unsigned char)text[0], sizeof(joined) - 1) != NULL;
    if (reader->is_word_due && !is_joined) put_blank(out);
    reader->is_word_due = false;
    if (text[0] == ' ' && ends_in_blank(out)) return;
    buffer_append(out, text, size);
}

static void put_text(struct reader *reader, struct buffer *out, const char *text) {
    put(reader, out, text, strlen(text));
}

static void put_buffer(struct reader *reader, struct buffer *out, struct buffer *text) {
    put(reader, out, text->data, text->size);
    buffer_free(text);
}

/* ---- reading --------------------------------------------------------------------------------- */

static char peek(const struct reader *reader) {
    return reader->at < reader->end ? *reader->at : '\0';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void skip_blanks(struct reader *reader) {
    while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) != NULL) reader->at++;
}

/* The name behind a backslash: letters, or one other character. */
static size_t name_length(const struct reader *reader) {
    size_t left = (size_t)(reader->end - reader->at), length = 0;
    while (length < left && is_letter(reader->at[length])) length++;
    if (length > 0 || left == 0) return length;
    int bytes = u8_mblen((const uint8_t *)reader->at, left);
    return bytes > 0 ? (size_t)bytes : 1;
}

/* An argument: one atom, by itself. */
static struct buffer read_argument(struct reader *reader) {
    struct buffer text = {0};
    bool is_word_due = reader->is_word_due;
    reader->is_word_due = false;
    skip_blanks(reader);
    read_atom(reader, &text);
    reader->is_word_due = is_word_due;
    return text;
}

/* What is longer is no name, distance, index or list of columns; and looking for the end of each of
 * many that have none would take too long. */
enum { BRACKETED_MAX = 256 };

/* Takes `[…]` or `{…}` as it stands. */
static bool take_bracketed(struct reader *reader, char open, char close, const char **ret_text,
                           size_t *ret_size) {
    size_t left = (size_t)(reader->end - reader->at);
    if (peek(reader) != open) return false;
    const char *end = memchr(reader->at, close, left < BRACKETED_MAX ? left : BRACKETED_MAX);
    if (end == NULL) return false;
    *ret_text = reader->at + 1;
    *ret_size = (size_t)(end - *ret_text);
    reader->at = end + 1;
    return true;
}

/* ---- fractions and roots --------------------------------------------------------------------- */

static void put_operand(struct reader *reader, struct buffer *out, struct buffer *text,
                        bool is_bare) {
    if (!is_bare) put_text(reader, out, "(");
    put_buffer(reader, out, text);
    if (!is_bare) put_text(reader, out, ")");
}

static bool is_wordy(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 || c == ')';
}

static void read_fraction(struct reader *reader, struct buffer *out) {
    struct buffer dividend = read_argument(reader), divisor = read_argument(reader);
    buffer_trim_end(&dividend);
    buffer_trim_end(&divisor);
    bool is_bare = tex_is_product(&dividend);
    if (is_bare && is_wordy(last_byte(out))) put_blank(out);
    put_operand(reader, out, &dividend, is_bare);
    put_text(reader, out, "/");
    put_operand(reader, out, &divisor, tex_is_factor(&divisor));
    skip_blanks(reader);
    if (is_wordy(peek(reader)) || peek(reader) == '\\') reader->is_word_due = true;
}

static void read_binomial(struct reader *reader, struct buffer *out) {
    struct buffer from = read_argument(reader), choose = read_argument(reader);
    put_text(reader, out, "C(");
    put_buffer(reader, out, &from);
    put_text(reader, out, ", ");
    put_buffer(reader, out, &choose);
    put_text(reader, out, ")");
}

static void read_root(struct reader *reader, struct buffer *out) {
    const char *index;
    size_t size;
    skip_blanks(reader);
    if (take_bracketed(reader, '[', ']', &index, &size)) {
        struct buffer raised = {0};
        if (tex_append_raised(&raised, index, size)) put_buffer(reader, out, &raised);
        buffer_free(&raised);
    }
    put_text(reader, out, "√");
    struct buffer radicand = read_argument(reader);
    put_operand(reader, out, &radicand, tex_is_factor(&radicand));
}

/* ---- scripts --------------------------------------------------------------------------------- */

static bool is_one_character(const struct buffer *text) {
    return text->size > 0 && tex_character_length(text, 0) == text->size;
}

static void put_script(struct buffer *out, char mark, struct buffer *text, bool is_limit) {
    struct buffer script = {0};
    const char *bytes = text->size > 0 ? text->data : "";
    bool is_raised = mark == '^';
    if (is_raised && (strcmp(bytes, "*") == 0 || strcmp(bytes, "∗") == 0)) {
        buffer_append_text(&script, "*");
    } else if (is_limit ||
               !(is_raised ? tex_append_raised : tex_append_lowered)(&script, bytes, text->size)) {
        bool is_bare = is_one_character(text) && !is_limit;
        buffer_append(&script, &mark, 1);
        if (!is_bare) buffer_append_text(&script, "{");
        buffer_append(&script, bytes, text->size);
        if (!is_bare) buffer_append_text(&script, "}");
    }
    buffer_append(out, script.data, script.size);
    buffer_free(&script);
    buffer_free(text);
}

/* `_` or `^` where a script comes next, perhaps behind blanks, or NUL. */
static char find_script(struct reader *reader) {
    struct reader ahead = *reader;
    skip_blanks(&ahead);
    return peek(&ahead) == '_' || peek(&ahead) == '^' ? *ahead.at : '\0';
}

/* The scripts at the reader's place, the lower one first. The limits of a large operator stand in
 * one style: both in letters, or both in braces. */
static void read_scripts(struct reader *reader, struct buffer *out, bool is_large) {
    struct buffer lower = {0}, upper = {0};
    bool has_lower = false, has_upper = false;
    for (char mark; (mark = find_script(reader)) != '\0';) {
        bool is_upper = mark == '^';
        if (is_upper ? has_upper : has_lower) break; /* a double script is an error in TeX */
        skip_blanks(reader);
        reader->at++;
        *(is_upper ? &upper : &lower) = read_argument(reader);
        *(is_upper ? &has_upper : &has_lower) = true;
    }
    bool is_limit = is_large && ((has_lower && !is_one_character(&lower)) ||
                                 (has_upper && !is_one_character(&upper)));
    if (has_lower || has_upper)
        while (out->size > 0 && last_byte(out) == ' ') buffer_truncate(out, out->size - 1);
    if (has_lower) put_script(out, '_', &lower, is_limit);
    if (has_upper) put_script(out, '^', &upper, is_limit);
}

/* ---- commands -------------------------------------------------------------------------------- */

static void put_accent(struct reader *reader, struct buffer *out, const struct tex_symbol *symbol) {
    struct buffer base = read_argument(reader);
    ucs4_t character, mark;
    u8_mbtouc(&mark, (const uint8_t *)symbol->text, strlen(symbol->text));
    if (is_one_character(&base)) {
        u8_mbtouc(&character, (const uint8_t *)base.data, base.size);
        ucs4_t composed = uc_composition(character, mark);
        if (composed != 0) buffer_truncate(&base, 0);
        buffer_append_character(&base, composed != 0 ? composed : mark);
        put_buffer(reader, out, &base);
        return;
    }
    put_text(reader, out, base.size > 0 ? "" : "\\");
    put_text(reader, out, symbol->name);
    put_operand(reader, out, &base, base.size == 0);
}

static void put_alphabet(struct reader *reader, struct buffer *out, const char *alphabet) {
    struct buffer plain = read_argument(reader), letters = {0};
    for (size_t at = 0; at < plain.size; at += tex_character_length(&plain, at)) {
        ucs4_t character;
        u8_mbtouc(&character, (const uint8_t *)plain.data + at, plain.size - at);
        buffer_append_character(&letters, tex_alphabet_letter(alphabet, character));
    }
    buffer_free(&plain);
    put_buffer(reader, out, &letters);
}

static void put_operator(struct reader *reader, struct buffer *out, const char *text) {
    bool is_first = out->size == 0 || strchr("([{_^", last_byte(out)) != NULL;
    if (!is_first) put_blank(out);
    reader->is_word_due = false;
    buffer_append_text(out, text);
    skip_blanks(reader);
    if (reader->at < reader->end && peek(reader) != '}' && !is_first) put_blank(out);
}

static void put_function(struct reader *reader, struct buffer *out, const char *text,
                         bool is_large) {
    if (is_letter(text[0]) && is_wordy(last_byte(out))) put_blank(out);
    put_text(reader, out, text);
    read_scripts(reader, out, is_large);
    skip_blanks(reader);
    reader->is_word_due = true;
}

/* `\operatorname{Var}` and its kind are words; the type of other arguments is dropped. */
static void put_font(struct reader *reader, struct buffer *out, const struct tex_symbol *symbol) {
    if (peek(reader) == '*') reader->at++;
    struct buffer text = read_argument(reader);
    bool is_brace =
        strcmp(symbol->name, "underbrace") == 0 || strcmp(symbol->name, "overbrace") == 0;
    if (strcmp(symbol->name, "operatorname") != 0) {
        put_operand(reader, out, &text, !is_brace || tex_is_factor(&text));
        return;
    }
    buffer_append(&text, "", 0);
    put_function(reader, out, text.data, true);
    buffer_free(&text);
}

/* ---- environments ---------------------------------------------------------------------------- */

struct environment {
    const char *name, *open, *close;
    struct layout layout;
};

static const struct environment environments[] = {
    {"matrix", "", "", {", ", "; "}},      {"pmatrix", "(", ")", {", ", "; "}},
    {"bmatrix", "[", "]", {", ", "; "}},   {"Bmatrix", "{", "}", {", ", "; "}},
    {"vmatrix", "|", "|", {", ", "; "}},   {"Vmatrix", "‖", "‖", {", ", "; "}},
    {"smallmatrix", "", "", {", ", "; "}}, {"cases", "{ ", "", {", ", "; "}},
    {"array", "", "", {", ", "; "}},
};

static const struct environment *find_environment(const char *name, size_t size) {
    static const struct environment other = {"", "", "", {"", "\n"}};
    for (size_t i = 0; i < sizeof(environments) / sizeof(environments[0]); i++)
        if (strlen(environments[i].name) == size && memcmp(environments[i].name, name, size) == 0)
            return &environments[i];
    return &other;
}

static void read_environment(struct reader *reader, struct buffer *out) {
    const char *name, *columns;
    size_t size, ignored;
    if (reader->depth >= TEX_DEPTH_MAX || !take_bracketed(reader, '{', '}', &name, &size)) {
        put_text(reader, out, "\\begin");
        return;
    }
    const struct environment *environment = find_environment(name, size);
    struct layout layout = reader->layout;
    if (strcmp(environment->name, "array") == 0)
        take_bracketed(reader, '{', '}', &columns, &ignored);
    reader->layout = environment->layout;
    put_text(reader, out, environment->open);
    skip_blanks(reader);
    reader->depth++;
    read_list(reader, out);
    reader->depth--;
    buffer_trim_end(out);
    put_text(reader, out, environment->close);
    reader->layout = layout;
    take_bracketed(reader, '{', '}', &name, &size); /* of \end */
}

static void put_cell(struct reader *reader, struct buffer *out) {
    reader->at++;
    skip_blanks(reader);
    if (reader->layout.cell[0] == '\0') return;
    buffer_trim_end(out);
    buffer_append_text(out, last_byte(out) == ',' ? " " : reader->layout.cell);
}

/* `\\`, perhaps with a distance: `\\[2pt]`. */
static void put_row(struct reader *reader, struct buffer *out) {
    const char *distance;
    size_t size;
    take_bracketed(reader, '[', ']', &distance, &size);
    skip_blanks(reader);
    reader->is_word_due = false;
    buffer_trim_end(out);
    bool is_last = reader->at == reader->end || *reader->at == '}';
    if (reader->layout.row[0] == ';' && last_byte(out) == ',') buffer_truncate(out, out->size - 1);
    if (!is_last) buffer_append_text(out, reader->layout.row);
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Stays TeX, its arguments in braces. */
static void put_unknown(struct reader *reader, struct buffer *out, const char *name, size_t size) {
    put_text(reader, out, "\\");
    put(reader, out, name, size);
    while (peek(reader) == '{') {
        struct buffer text = read_argument(reader);
        put_text(reader, out, "{");
        put_buffer(reader, out, &text);
        put_text(reader, out, "}");
    }
}

/* `\left(` and `\big|` are their delimiters; a dot is none. */
static void skip_delimiter(struct reader *reader, const char *name) {
    skip_blanks(reader);
    bool is_pair = strcmp(name, "left") == 0 || strcmp(name, "right") == 0;
    if (is_pair && peek(reader) == '.') reader->at++;
}

static void put_symbol(struct reader *reader, struct buffer *out, const struct tex_symbol *symbol) {
    switch (symbol->kind) {
    case TEX_BINARY:
        put_operator(reader, out, symbol->text);
        break;
    case TEX_LARGE:
    case TEX_FUNCTION:
        put_function(reader, out, symbol->text, symbol->kind == TEX_LARGE);
        break;
    case TEX_ACCENT:
        put_accent(reader, out, symbol);
        break;
    case TEX_FONT:
        put_font(reader, out, symbol);
        break;
    case TEX_ALPHABET:
        put_alphabet(reader, out, symbol->name);
        break;
    case TEX_FRACTION:
        read_fraction(reader, out);
        break;
    case TEX_BINOMIAL:
        read_binomial(reader, out);
        break;
    case TEX_ROOT:
        read_root(reader, out);
        break;
    case TEX_BEGIN:
        read_environment(reader, out);
        break;
    case TEX_NOTHING:
        skip_delimiter(reader, symbol->name);
        break;
    case TEX_END: /* without its \begin */
    case TEX_ORDINARY:
        put_text(reader, out, symbol->text);
        if (is_letter(symbol->name[0])) skip_blanks(reader);
    }
}

static void read_command(struct reader *reader, struct buffer *out) {
    reader->at++;
    const char *name = reader->at;
    size_t size = name_length(reader);
    reader->at += size;
    if (size == 1 && (name[0] == '\\' || name[0] == '\n')) {
        put_row(reader, out);
        return;
    }
    const struct tex_symbol *symbol = tex_symbol_find(name, size);
    /* An argument nests as a group does. */
    if (symbol == NULL || (symbol->kind >= TEX_ACCENT && reader->depth >= TEX_DEPTH_MAX)) {
        put_unknown(reader, out, name, size);
        return;
    }
    reader->depth++;
    put_symbol(reader, out, symbol);
    reader->depth--;
}

static void read_group(struct reader *reader, struct buffer *out) {
    reader->at++;
    if (reader->depth >= TEX_DEPTH_MAX) {
        put_text(reader, out, "{");
        return;
    }
    struct buffer text = {0};
    reader->depth++;
    read_list(reader, &text);
    reader->depth--;
    if (peek(reader) == '}') reader->at++;
    put_buffer(reader, out, &text);
}

static void read_atom(struct reader *reader, struct buffer *out) {
    char c = peek(reader);
    if (reader->at == reader->end || c == '}') return;
    if (c == '\\') {
        read_command(reader, out);
    } else if (c == '{') {
        read_group(reader, out);
    } else if (c == '\'') {
        reader->at++;
        put_text(reader, out, "′");
    } else {
        int length = u8_mblen((const uint8_t *)reader->at, (size_t)(reader->end - reader->at));
        size_t size = length > 0 ? (size_t)length : 1;
        put(reader, out, reader->at, size);
        reader->at += size;
    }
}

static bool is_end_command(const struct reader *reader) {
    size_t left = (size_t)(reader->end - reader->at);
    return left >= 4 && memcmp(reader->at, "\\end", 4) == 0 &&
           (left == 4 || !is_letter(reader->at[4]));
}

/* Up to the brace that closes the group, behind the \end that closes the environment, or the end.
 */
static void read_list(struct reader *reader, struct buffer *out) {
    while (reader->at < reader->end && *reader->at != '}') {
        char c = *reader->at;
        if (is_end_command(reader)) {
            reader->at += strlen("\\end");
            return;
        }
        if (strchr(" \t\r\n~", c) != NULL) {
            reader->at++;
            put_text(reader, out, " ");
        } else if (c == '&') {
            put_cell(reader, out);
        } else if (c == '_' || c == '^') {
            const char *before = reader->at;
            read_scripts(reader, out, false);
            if (reader->at == before) reader->at++;
        } else {
            read_atom(reader, out);
        }
    }
}

void tex_append(struct buffer *buffer, const char *tex, size_t size) {
    struct reader reader = {.at = tex, .end = tex + size, .layout = {"", "\n"}};
    struct buffer out = {0};
    skip_blanks(&reader);
    for (read_list(&reader, &out); reader.at < reader.end; read_list(&reader, &out))
        if (*reader.at == '}') reader.at++; /* that nothing opened */
    buffer_trim_end(&out);
    buffer_append(buffer, out.data, out.size);
    buffer_free(&out);
}
