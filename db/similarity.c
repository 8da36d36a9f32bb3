#include "db/similarity.h"

#include <ctype.h>
#include <string.h>
#include <xxhash.h>

static bool is_word_byte(unsigned char byte) {
    return byte >= 0x80 || isalnum(byte);
}

/* A capital alone begins a sentence, as a rule, or is a symbol that can be changed. */
static void count_sign(const char *text, bool after_capital, struct similarity_text *folded) {
    unsigned char byte = (unsigned char)*text;
    if (isdigit(byte)) folded->signs[byte - '0']++;
    if (isupper(byte) && (after_capital || isupper((unsigned char)text[1])))
        folded->signs[10 + byte - 'A']++;
    if (byte == 'n' && (strncmp(text + 1, "'t", 2) == 0 || strncmp(text + 1, "\u2019t", 4) == 0))
        folded->contractions++;
}

void similarity_fold(const char *text, struct similarity_text *ret_folded) {
    size_t length = 0;
    bool gap = false, capital = false;
    memset(ret_folded->signs, 0, sizeof(ret_folded->signs));
    ret_folded->contractions = 0;
    for (; *text != '\0' && length + 2 <= SIMILARITY_TEXT_MAX; text++) {
        unsigned char byte = (unsigned char)*text;
        count_sign(text, capital, ret_folded);
        capital = isupper(byte);
        if (!is_word_byte(byte)) {
            gap = true;
            continue;
        }
        if (gap && length > 0) ret_folded->bytes[length++] = ' ';
        gap = false;
        ret_folded->bytes[length++] = (char)tolower(byte);
    }
    ret_folded->length = length;
}

struct word {
    size_t length;
    uint64_t hash;
};

/* Keeps `words` sorted, longest first; the hash breaks ties the same way in every text. */
static void insert_word(struct word words[SIMILARITY_WORDS], struct word word) {
    for (size_t i = 0; i < SIMILARITY_WORDS; i++) {
        if (words[i].hash == word.hash && words[i].length == word.length) return;
        if (words[i].length > word.length ||
            (words[i].length == word.length && words[i].hash > word.hash))
            continue;
        struct word moved = words[i];
        words[i] = word;
        word = moved;
    }
}

size_t similarity_rare_words(const struct similarity_text *text,
                             uint64_t ret_words[SIMILARITY_WORDS]) {
    struct word words[SIMILARITY_WORDS] = {0};
    for (size_t start = 0; start < text->length;) {
        const char *word = text->bytes + start;
        const char *blank = memchr(word, ' ', text->length - start);
        size_t length = blank == NULL ? text->length - start : (size_t)(blank - word);
        insert_word(words, (struct word){.length = length, .hash = XXH3_64bits(word, length)});
        start += length + 1;
    }
    size_t count = 0;
    while (count < SIMILARITY_WORDS && words[count].length > 0) {
        ret_words[count] = words[count].hash;
        count++;
    }
    return count;
}

static size_t bigram(const char *bytes) {
    return (size_t)(unsigned char)bytes[0] << 8 | (unsigned char)bytes[1];
}

double similarity_dice_bytes(const char *a, size_t a_length, const char *b, size_t b_length) {
    if (a_length < 2 || b_length < 2) return 0;
    uint16_t counts[1 << 16];
    for (size_t i = 0; i + 1 < b_length; i++) counts[bigram(b + i)] = 0;
    for (size_t i = 0; i + 1 < a_length; i++) counts[bigram(a + i)] = 0;
    for (size_t i = 0; i + 1 < a_length; i++) counts[bigram(a + i)]++;
    size_t common = 0;
    for (size_t i = 0; i + 1 < b_length; i++) {
        uint16_t *left = &counts[bigram(b + i)];
        common += *left > 0;
        *left = (uint16_t)(*left - (*left > 0));
    }
    return 2.0 * (double)common / (double)(a_length - 1 + b_length - 1);
}

double similarity_dice(const struct similarity_text *a, const struct similarity_text *b) {
    return similarity_dice_bytes(a->bytes, a->length, b->bytes, b->length);
}
