#include "content/question.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define XXH_INLINE_ALL /* the states stand on the stack */
#include <xxhash.h>

static const char *const names[DIFFICULTY_COUNT] = {
    [DIFFICULTY_EASY] = "easy", [DIFFICULTY_MEDIUM] = "medium", [DIFFICULTY_HARD] = "hard"};

const char *difficulty_name(enum difficulty difficulty) {
    return names[difficulty];
}

bool difficulty_parse(const char *text, enum difficulty *ret) {
    for (int i = 0; i < DIFFICULTY_COUNT; i++) {
        bool initial =
            text[0] != '\0' && text[1] == '\0' && tolower((unsigned char)text[0]) == names[i][0];
        if (initial || strcasecmp(text, names[i]) == 0) {
            *ret = (enum difficulty)i;
            return true;
        }
    }
    return false;
}

/* Hashes the words of a text with one blank between them, then a byte that no text contains, so
 * that neighbouring texts cannot flow into each other. */
static void hash_words(XXH3_state_t *state, const char *text) {
    bool first = true;
    while (*text != '\0') {
        text += strspn(text, " \t\r\n");
        size_t length = strcspn(text, " \t\r\n");
        if (length > 0 && !first) XXH3_64bits_update(state, " ", 1);
        if (length > 0) XXH3_64bits_update(state, text, length);
        first = false;
        text += length;
    }
    XXH3_64bits_update(state, "", 1);
}

void question_derive_id(const struct question *question, unsigned attempt,
                        char ret_id[QUESTION_ID_DERIVED + 1]) {
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz"; /* Crockford's base 32 */
    XXH3_state_t state;
    XXH3_INITSTATE(&state);
    XXH3_64bits_reset_withSeed(&state, attempt);
    hash_words(&state, question->text);
    for (size_t i = 0; i < question->context_count; i++) hash_words(&state, question->context[i]);
    XXH64_hash_t hash = XXH3_64bits_digest(&state);
    for (int i = 0; i < QUESTION_ID_DERIVED; i++, hash >>= 5) ret_id[i] = digits[hash & 31];
    ret_id[QUESTION_ID_DERIVED] = '\0';
}

bool question_id_is_valid(const char *id) {
    static const bool characters[256] = {['0' ... '9'] = true, ['A' ... 'Z'] = true,
                                         ['a' ... 'z'] = true, ['.'] = true,
                                         ['_'] = true,         ['-'] = true};
    static const char *const reserved[] = {"random", "daily"};
    size_t length = strnlen(id, QUESTION_ID_MAX + 1);
    if (length > QUESTION_ID_MAX || !isalnum((unsigned char)id[0])) return false;
    for (size_t i = 1; i < length; i++)
        if (!characters[(unsigned char)id[i]]) return false;
    for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
        if (id[0] == reserved[i][0] && strcmp(id, reserved[i]) == 0) return false;
    return true;
}

/* The terminating NUL goes into the hash, so that neighbouring texts cannot flow into each other.
 */
static void hash_text(XXH3_state_t *state, const char *text) {
    XXH3_128bits_update(state, text, strlen(text) + 1);
}

struct question_hash question_content_hash(const struct question *question) {
    XXH3_state_t state;
    XXH3_INITSTATE(&state);
    XXH3_128bits_reset(&state);
    hash_text(&state, names[question->difficulty]);
    hash_text(&state, question->text);
    for (size_t i = 0; i < question->context_count; i++) hash_text(&state, question->context[i]);
    hash_text(&state, "");
    if (question->answer != NULL) hash_text(&state, question->answer);
    XXH128_hash_t hash = XXH3_128bits_digest(&state);
    return (struct question_hash){.high = hash.high64, .low = hash.low64};
}

void question_free(struct question *question) {
    for (size_t i = 0; i < question->context_count; i++) free(question->context[i]);
    free(question->context);
    free(question->id);
    free(question->text);
    free(question->section.id);
    free(question->section.title);
    free(question->source.path);
    free(question->answer);
    *question = (struct question){0};
}

void section_free(struct section *section) {
    free(section->id);
    free(section->title);
    *section = (struct section){0};
}
