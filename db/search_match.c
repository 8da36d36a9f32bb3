#include "db/search_match.h"

#include <assert.h>
#include <string.h>

static_assert(SEARCH_WORDS_MAX <= 32, "each word has a bit");

/* The terms stand one behind the other, each word of the search a bit, as in the "shift-and" of
 * R. Baeza-Yates, G. Gonnet, "A New Approach to Text Searching", CACM 35 (10), 1992: a bit of
 * `state` says that its term has been met up to that word. */
struct matching {
    const struct search_words *words;
    uint32_t starts, prefixes; /* first words of terms; last ones of those that end with a star */
    uint32_t state, seen;
};

static uint32_t last_word(const struct search_term *term) {
    return UINT32_C(1) << (term->first + term->count - 1);
}

static bool is_word(const struct matching *matching, unsigned i, const char *token, size_t length) {
    return search_word_fits(matching->words->words[i], matching->prefixes >> i & 1, token, length);
}

static int meet_token(void *context, int flags, const char *token, int length, int start, int end) {
    struct matching *matching = context;
    (void)flags, (void)start, (void)end;
    uint32_t next = matching->state << 1 | matching->starts;
    matching->state = 0;
    for (unsigned i = 0; i < matching->words->word_count; i++)
        if (next >> i & 1 && is_word(matching, i, token, (size_t)length))
            matching->state |= UINT32_C(1) << i;
    matching->seen |= matching->state;
    return SQLITE_OK;
}

bool search_match_text(const struct search_words *words, const char *text,
                       struct search_match *match) {
    struct matching matching = {.words = words};
    if (text == NULL) return true;
    for (unsigned i = 0; i < words->term_count; i++) {
        const struct search_term *term = &words->terms[i];
        matching.starts |= UINT32_C(1) << term->first;
        if (term->prefix) matching.prefixes |= last_word(term);
    }
    int code = words->tokenizer.xTokenize(words->instance, &matching, FTS5_TOKENIZE_DOCUMENT, text,
                                          (int)strlen(text), meet_token);
    match->found |= matching.seen;
    return code == SQLITE_OK;
}

bool search_match_holds(const struct search_words *words, const struct search_match *match) {
    for (unsigned i = 0; i < words->term_count; i++) {
        const struct search_term *term = &words->terms[i];
        if (((match->found & last_word(term)) != 0) == term->excluded) return false;
    }
    return true;
}
