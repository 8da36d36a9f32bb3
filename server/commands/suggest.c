#include "server/commands/suggest.h"

#include <string.h>

/* Longer words are not compared: the commands are short. */
enum { WORD_MAX = 32, DISTANCE_MAX = 2 };

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* One row of the matrix of Wagner and Fischer at a time; both words at most WORD_MAX long. */
static size_t edit_distance(const char *a, const char *b) {
    size_t row[WORD_MAX + 1], width = strlen(b);
    for (size_t j = 0; j <= width; j++) row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = smaller(replaced, smaller(row[j], row[j - 1]) + 1);
        }
    }
    return row[width];
}

const char *suggest_nearest(const char *typed, const char *const *words, size_t word_count) {
    const char *nearest = NULL;
    size_t distance = DISTANCE_MAX + 1;
    if (strlen(typed) > WORD_MAX) return NULL;
    for (size_t i = 0; i < word_count; i++) {
        size_t candidate = edit_distance(typed, words[i]);
        /* Replacing every letter is no slip of the finger. */
        if (candidate >= distance || candidate >= strlen(words[i])) continue;
        if (candidate >= strlen(typed)) continue;
        distance = candidate;
        nearest = words[i];
    }
    return nearest;
}
