#include "db/search_marks.h"

#include <stdlib.h>
#include <string.h>

#include "db/array.h"

/* A word of the text as the index has it, and where it stands. */
struct token {
    char *word;
    struct span place;
};

struct tokens {
    struct token *items;
    size_t count, capacity;
};

static int add_token(void *context, int flags, const char *word, int length, int start, int end) {
    struct tokens *tokens = context;
    (void)flags;
    if (tokens->count == SEARCH_MARKS_WORDS) return SQLITE_DONE;
    struct token *items =
        array_reserve(tokens->items, tokens->count + 1, &tokens->capacity, sizeof(*tokens->items));
    if (items == NULL) return SQLITE_NOMEM;
    tokens->items = items;
    struct token token = {.word = strndup(word, (size_t)length),
                          .place = {(size_t)start, (size_t)end}};
    if (token.word == NULL) return SQLITE_NOMEM;
    items[tokens->count++] = token;
    return SQLITE_OK;
}

static void free_tokens(struct tokens *tokens) {
    for (size_t i = 0; i < tokens->count; i++) free(tokens->items[i].word);
    free(tokens->items);
}

/* Whether the term stands at the beginning of these tokens. */
static bool matches(const struct search_words *words, const struct search_term *term,
                    const struct token *tokens, size_t count) {
    if (count < term->count) return false;
    for (unsigned i = 0; i < term->count; i++) {
        bool prefix = term->prefix && i + 1 == term->count;
        if (!search_word_fits(words->words[term->first + i], prefix, tokens[i].word,
                              strlen(tokens[i].word)))
            return false;
    }
    return true;
}

/* How many of these tokens from the first on are of one term: the longest there is. */
static unsigned match_any(const struct search_words *words, const struct token *tokens,
                          size_t count) {
    unsigned longest = 0;
    for (unsigned i = 0; i < words->term_count; i++) {
        const struct search_term *term = &words->terms[i];
        if (!term->excluded && term->count > longest && matches(words, term, tokens, count))
            longest = term->count;
    }
    return longest;
}

/* There are no more marks than tokens. */
static size_t mark_tokens(const struct search_words *words, const struct tokens *tokens,
                          struct span *marks) {
    size_t marked = 0;
    for (size_t i = 0; i < tokens->count;) {
        unsigned length = match_any(words, tokens->items + i, tokens->count - i);
        if (length > 0)
            marks[marked++] = (struct span){tokens->items[i].place.start,
                                            tokens->items[i + length - 1].place.end};
        i += length > 0 ? length : 1;
    }
    return marked;
}

bool search_marks_find(const struct search_words *words, const char *text, struct span **ret_marks,
                       size_t *ret_count) {
    struct tokens tokens = {0};
    struct span *marks = NULL;
    int code = words->tokenizer.xTokenize(words->instance, &tokens, FTS5_TOKENIZE_DOCUMENT, text,
                                          (int)strlen(text), add_token);
    if (code == SQLITE_OK || code == SQLITE_DONE) marks = calloc(tokens.count + 1, sizeof(*marks));
    if (marks != NULL) {
        *ret_count = mark_tokens(words, &tokens, marks);
        *ret_marks = marks;
    }
    free_tokens(&tokens);
    return marks != NULL;
}
