#include "db/meaning.h"

#include <stdlib.h>
#include <string.h>

struct word {
    const char *bytes;
    size_t length;
};

struct words {
    size_t count;
    struct word items[SIMILARITY_TEXT_MAX / 2 + 1];
};

/* ---- lists of words -------------------------------------------------------------------------- */

static int compare_words(const void *a, const void *b) {
    const struct word *left = a, *right = b;
    size_t shorter = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->bytes, right->bytes, shorter);
    return order != 0 ? order : (left->length > right->length) - (left->length < right->length);
}

/* In the order of their bytes. */
static void split(const struct similarity_text *text, struct words *ret_words) {
    ret_words->count = 0;
    for (size_t start = 0; start < text->length;) {
        const char *word = text->bytes + start;
        const char *blank = memchr(word, ' ', text->length - start);
        size_t length = blank == NULL ? text->length - start : (size_t)(blank - word);
        ret_words->items[ret_words->count++] = (struct word){word, length};
        start += length + 1;
    }
    qsort(ret_words->items, ret_words->count, sizeof(struct word), compare_words);
}

/* Leaves in each list the words that the other one lacks, as often as it does. */
static void drop_common(struct words *a, struct words *b) {
    size_t i = 0, j = 0, kept_a = 0, kept_b = 0;
    while (i < a->count && j < b->count) {
        int order = compare_words(&a->items[i], &b->items[j]);
        if (order < 0) a->items[kept_a++] = a->items[i];
        if (order > 0) b->items[kept_b++] = b->items[j];
        i += order <= 0;
        j += order >= 0;
    }
    while (i < a->count) a->items[kept_a++] = a->items[i++];
    while (j < b->count) b->items[kept_b++] = b->items[j++];
    a->count = kept_a;
    b->count = kept_b;
}

static bool is_listed(const struct word *word, const char *const *list) {
    for (; *list != NULL; list++)
        if (strlen(*list) == word->length && memcmp(*list, word->bytes, word->length) == 0)
            return true;
    return false;
}

/* ---- what they tell -------------------------------------------------------------------------- */

static bool has_more_signs(const struct similarity_text *a, const struct similarity_text *b) {
    for (size_t i = 0; i < SIMILARITY_SIGNS; i++)
        if (a->signs[i] > b->signs[i]) return true;
    return false;
}

static size_t count_negations(const struct similarity_text *text, const struct words *words) {
    static const char *const negations[] = {"no",      "not",     "nor",    "none", "never",
                                            "neither", "without", "cannot", NULL};
    size_t count = text->contractions;
    for (size_t i = 0; i < words->count; i++) count += is_listed(&words->items[i], negations);
    return count;
}

/* Short words as a rule are articles, prepositions, symbols; and it makes little difference in
 * which words something is asked for. */
static bool is_telling(const struct word *word) {
    enum { SHORT = 3 };
    static const char *const short_ones[] = {"how", "max", "min", "who", "why", NULL};
    static const char *const requests[] = {"define",  "describe", "discuss", "explain",
                                           "outline", "state",    NULL};
    if (word->length <= SHORT) return is_listed(word, short_ones);
    return !is_listed(word, requests);
}

/* A typo or another ending; what begins in another way is as a rule another word ("overfitting",
 * "underfitting"), and so is what differs in the middle as far as "maximize" and "minimize". */
static bool is_respelled(const struct word *a, const struct word *b) {
    static const double near = 0.6;
    return a->bytes[0] == b->bytes[0] &&
           similarity_dice_bytes(a->bytes, a->length, b->bytes, b->length) >= near;
}

/* Whether a telling word of `words` is none of the others, respelled. */
static bool has_own_word(const struct words *words, const struct words *others) {
    for (size_t i = 0; i < words->count; i++) {
        if (!is_telling(&words->items[i])) continue;
        bool is_own = true;
        for (size_t j = 0; j < others->count && is_own; j++)
            is_own = !is_respelled(&words->items[i], &others->items[j]);
        if (is_own) return true;
    }
    return false;
}

bool meaning_differs(const struct similarity_text *a, const struct similarity_text *b) {
    struct words left, right;
    if (has_more_signs(a, b) && has_more_signs(b, a)) return true;
    split(a, &left);
    split(b, &right);
    if (count_negations(a, &left) != count_negations(b, &right)) return true;
    drop_common(&left, &right);
    return has_own_word(&left, &right) && has_own_word(&right, &left);
}
