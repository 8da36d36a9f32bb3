#include "db/search_query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/search_rank.h"

/* A part of the text: a word or a phrase, with what stands around it. */
struct term {
    const char *text;
    size_t length;
    bool excluded, prefix;
};

struct compilation {
    fts5_tokenizer tokenizer;
    Fts5Tokenizer *instance;
    const struct search_ability *ability;
    size_t words;
    unsigned last_length;          /* characters of the last word */
    const char *joint;             /* between the words of the term under way */
    FILE *wanted, *excluded, *out; /* `out`: which of the two the term goes to */
};

static const char blanks[] = " \t\r\n\f\v";

/* Takes the next term off the text; false at its end. */
static bool next_term(const char **text, struct term *ret_term) {
    const char *start = *text + strspn(*text, blanks);
    if (*start == '\0') return false;
    struct term term = {.excluded = *start == '-'};
    if (term.excluded) start++;
    bool quoted = *start == '"';
    if (quoted) start++;
    term.text = start;
    term.length = strcspn(start, quoted ? "\"" : " \t\r\n\f\v\"");
    const char *end = start + term.length;
    term.prefix = quoted ? end[0] == '"' && end[1] == '*' : term.length > 0 && end[-1] == '*';
    *text = end + (quoted && *end == '"') + (quoted && term.prefix);
    *ret_term = term;
    return true;
}

/* The engine's tokens may hold no quote, but what is quoted is quoted well. */
static void write_quoted(FILE *out, const char *word, int length) {
    putc('"', out);
    for (int i = 0; i < length; i++) {
        if (word[i] == '"') putc('"', out);
        putc(word[i], out);
    }
    putc('"', out);
}

static unsigned count_characters(const char *word, int length) {
    unsigned count = 0;
    for (int i = 0; i < length; i++) count += (word[i] & 0xc0) != 0x80; /* UTF-8 */
    return count;
}

static int add_word(void *context, int flags, const char *word, int length, int start, int end) {
    struct compilation *compilation = context;
    (void)flags, (void)start, (void)end;
    if (++compilation->words > SEARCH_WORDS_MAX) return SQLITE_DONE; /* enough seen */
    fputs(compilation->joint, compilation->out);
    compilation->joint = compilation->ability->phrases ? " + " : " AND ";
    write_quoted(compilation->out, word, length);
    compilation->last_length = count_characters(word, length);
    return SQLITE_OK;
}

/* A term of several words is a phrase; one without any is passed over. */
static enum store_status add_term(struct compilation *compilation, const struct term *term) {
    FILE *out = term->excluded ? compilation->excluded : compilation->wanted;
    size_t before = compilation->words;
    compilation->out = out;
    compilation->joint = ftell(out) == 0 ? "(" : term->excluded ? " OR (" : " AND (";
    int code =
        compilation->tokenizer.xTokenize(compilation->instance, compilation, FTS5_TOKENIZE_QUERY,
                                         term->text, (int)term->length, add_word);
    if (code != SQLITE_OK && code != SQLITE_DONE) return STORE_ERROR;
    if (compilation->words > SEARCH_WORDS_MAX) return STORE_TOO_MANY_WORDS;
    if (compilation->words == before) return STORE_OK;
    if (term->prefix && compilation->last_length < compilation->ability->prefix_length)
        return STORE_SHORT_PREFIX;
    fputs(term->prefix ? " *)" : ")", out);
    return STORE_OK;
}

static enum store_status add_terms(struct compilation *compilation, const char *text) {
    struct term term;
    while (next_term(&text, &term)) {
        enum store_status status = add_term(compilation, &term);
        if (status != STORE_OK) return status;
    }
    return ftell(compilation->wanted) == 0 ? STORE_NO_WORDS : STORE_OK;
}

/* Adds the terms to two expressions in memory, and joins these. */
static enum store_status compile(struct compilation *compilation, const char *text,
                                 char **ret_expression) {
    char *wanted = NULL, *excluded = NULL;
    size_t wanted_size, excluded_size;
    enum store_status status = STORE_ERROR;
    compilation->wanted = open_memstream(&wanted, &wanted_size);
    compilation->excluded = open_memstream(&excluded, &excluded_size);
    if (compilation->wanted != NULL && compilation->excluded != NULL)
        status = add_terms(compilation, text);
    if (compilation->wanted != NULL) fclose(compilation->wanted);
    if (compilation->excluded != NULL) fclose(compilation->excluded);
    if (status == STORE_OK &&
        asprintf(ret_expression, excluded_size == 0 ? "%s" : "(%s) NOT (%s)", wanted, excluded) < 0)
        status = STORE_ERROR;
    free(wanted);
    free(excluded);
    return status;
}

enum store_status search_query_compile(sqlite3 *database, const char *text,
                                       const struct search_ability *ability,
                                       char **ret_expression) {
    const char *arguments[] = {"remove_diacritics", "2"}; /* as in migrations/ */
    struct compilation compilation = {.ability = ability};
    fts5_api *api = search_engine(database);
    void *maker = NULL;
    if (api == NULL ||
        api->xFindTokenizer(api, "unicode61", &maker, &compilation.tokenizer) != SQLITE_OK ||
        compilation.tokenizer.xCreate(maker, arguments, 2, &compilation.instance) != SQLITE_OK)
        return STORE_ERROR;
    enum store_status status = compile(&compilation, text, ret_expression);
    compilation.tokenizer.xDelete(compilation.instance);
    return status;
}
