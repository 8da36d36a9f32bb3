#include "db/search_words.h"

#include <stdlib.h>
#include <string.h>

#include "db/search_rank.h"

/* ---- the text ---------------------------------------------------------------------------------
 */

/* A part of the text: a word or a phrase, with what stands around it. */
struct part {
    const char *text;
    size_t length;
    bool excluded, prefix;
};

static const char blanks[] = " \t\r\n\f\v";

/* Takes the next part off the text; false at its end. */
static bool next_part(const char **text, struct part *ret_part) {
    const char *start = *text + strspn(*text, blanks);
    if (*start == '\0') return false;
    struct part part = {.excluded = *start == '-'};
    if (part.excluded) start++;
    bool quoted = *start == '"';
    if (quoted) start++;
    part.text = start;
    part.length = strcspn(start, quoted ? "\"" : " \t\r\n\f\v\"");
    const char *end = start + part.length;
    part.prefix = quoted ? end[0] == '"' && end[1] == '*' : part.length > 0 && end[-1] == '*';
    *text = end + (quoted && *end == '"') + (quoted && part.prefix);
    *ret_part = part;
    return true;
}

/* ---- words ------------------------------------------------------------------------------------
 */

static int add_word(void *context, int flags, const char *word, int length, int start, int end) {
    struct search_words *words = context;
    (void)flags, (void)start, (void)end;
    if (words->word_count == SEARCH_WORDS_MAX) {
        words->word_count++; /* noted: too many */
        return SQLITE_DONE;
    }
    char *copy = strndup(word, (size_t)length);
    if (copy == NULL) return SQLITE_NOMEM;
    words->words[words->word_count++] = copy;
    return SQLITE_OK;
}

static void add_term(struct search_words *words, const struct search_term *term) {
    words->terms[words->term_count++] = *term;
    words->has_exclusion |= term->excluded;
    words->has_phrase |= term->count > 1;
    words->has_prefix |= term->prefix;
}

/* A part of several words is a phrase; one without any is passed over. */
static enum store_status add_part(struct search_words *words, const struct part *part) {
    struct search_term term = {
        .first = words->word_count, .excluded = part->excluded, .prefix = part->prefix};
    int code = words->tokenizer.xTokenize(words->instance, words, FTS5_TOKENIZE_QUERY, part->text,
                                          (int)part->length, add_word);
    if (words->word_count > SEARCH_WORDS_MAX) {
        words->word_count = SEARCH_WORDS_MAX;
        return STORE_TOO_MANY_WORDS;
    }
    if (code != SQLITE_OK) return STORE_ERROR;
    term.count = words->word_count - term.first;
    if (term.count > 0) add_term(words, &term);
    return STORE_OK;
}

static enum store_status add_parts(struct search_words *words, const char *text) {
    struct part part;
    bool wanted = false;
    while (next_part(&text, &part)) {
        unsigned before = words->term_count;
        enum store_status status = add_part(words, &part);
        if (status != STORE_OK) return status;
        wanted = wanted || (words->term_count > before && !part.excluded);
    }
    return wanted ? STORE_OK : STORE_NO_WORDS;
}

/* ---- reading ----------------------------------------------------------------------------------
 */

static bool make_tokenizer(sqlite3 *database, struct search_words *words) {
    const char *arguments[] = {"remove_diacritics", "2"}; /* as in migrations/ */
    fts5_api *api = search_engine(database);
    void *maker = NULL;
    return api != NULL &&
           api->xFindTokenizer(api, "unicode61", &maker, &words->tokenizer) == SQLITE_OK &&
           words->tokenizer.xCreate(maker, arguments, 2, &words->instance) == SQLITE_OK;
}

enum store_status search_words_read(sqlite3 *database, const char *text,
                                    struct search_words *ret_words) {
    struct search_words words = {0};
    enum store_status status =
        make_tokenizer(database, &words) ? add_parts(&words, text) : STORE_ERROR;
    if (status == STORE_OK)
        *ret_words = words;
    else
        search_words_free(&words);
    return status;
}

void search_words_free(struct search_words *words) {
    for (unsigned i = 0; i < words->word_count; i++) free(words->words[i]);
    if (words->instance != NULL) words->tokenizer.xDelete(words->instance);
    *words = (struct search_words){0};
}
