#include "db/search_query.h"

#include <stdio.h>
#include <stdlib.h>

/* The engine's tokens may hold no quote, but what is quoted is quoted well. */
static void write_quoted(FILE *out, const char *word) {
    putc('"', out);
    for (; *word != '\0'; word++) {
        if (*word == '"') putc('"', out);
        putc(*word, out);
    }
    putc('"', out);
}

static unsigned count_characters(const char *word) {
    unsigned count = 0;
    for (; *word != '\0'; word++) count += (*word & 0xc0) != 0x80; /* UTF-8 */
    return count;
}

static void write_term(FILE *out, const struct search_words *words,
                       const struct search_ability *ability, const struct search_term *term) {
    putc('(', out);
    for (unsigned i = 0; i < term->count; i++) {
        if (i > 0) fputs(ability->phrases ? " + " : " AND ", out);
        write_quoted(out, words->words[term->first + i]);
    }
    fputs(term->prefix ? " *)" : ")", out);
}

/* Writes the terms that are excluded, or those that are not. */
static void write_terms(FILE *out, const struct search_words *words,
                        const struct search_ability *ability, bool excluded) {
    const char *joint = "";
    for (unsigned i = 0; i < words->term_count; i++) {
        const struct search_term *term = &words->terms[i];
        if (term->excluded != excluded) continue;
        fputs(joint, out);
        joint = excluded ? " OR " : " AND ";
        write_term(out, words, ability, term);
    }
}

static void write_expression(FILE *out, const struct search_words *words,
                             const struct search_ability *ability) {
    bool excluded = ability->exclusions && words->has_exclusion;
    if (ability->columns != NULL) fprintf(out, "{%s} : (", ability->columns);
    if (excluded) putc('(', out);
    write_terms(out, words, ability, false);
    if (excluded) {
        fputs(") NOT (", out);
        write_terms(out, words, ability, true);
        putc(')', out);
    }
    if (ability->columns != NULL) putc(')', out);
}

static bool has_short_prefix(const struct search_words *words,
                             const struct search_ability *ability) {
    for (unsigned i = 0; i < words->term_count; i++) {
        const struct search_term *term = &words->terms[i];
        const char *last = words->words[term->first + term->count - 1];
        if (term->excluded && !ability->exclusions) continue;
        if (term->prefix && count_characters(last) < ability->prefix_length) return true;
    }
    return false;
}

enum store_status search_query_compile(const struct search_words *words,
                                       const struct search_ability *ability,
                                       char **ret_expression) {
    char *expression = NULL;
    size_t size;
    if (has_short_prefix(words, ability)) return STORE_SHORT_PREFIX;
    FILE *out = open_memstream(&expression, &size);
    if (out == NULL) return STORE_ERROR;
    write_expression(out, words, ability);
    if (fclose(out) != 0) {
        free(expression);
        return STORE_ERROR;
    }
    *ret_expression = expression;
    return STORE_OK;
}
