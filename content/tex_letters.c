#include "content/tex_letters.h"

#include <stdlib.h>
#include <string.h>

/* ---- scripts --------------------------------------------------------------------------------- */

struct pair {
    ucs4_t from, to;
};

/* Both sorted by `from`. */
static const struct pair raised[] = {
    {0x28, 0x207d},   {0x29, 0x207e},   {0x2b, 0x207a},  {0x2d, 0x207b},   {0x30, 0x2070},
    {0x31, 0xb9},     {0x32, 0xb2},     {0x33, 0xb3},    {0x34, 0x2074},   {0x35, 0x2075},
    {0x36, 0x2076},   {0x37, 0x2077},   {0x38, 0x2078},  {0x39, 0x2079},   {0x3d, 0x207c},
    {0x41, 0x1d2c},   {0x42, 0x1d2e},   {0x44, 0x1d30},  {0x45, 0x1d31},   {0x47, 0x1d33},
    {0x48, 0x1d34},   {0x49, 0x1d35},   {0x4a, 0x1d36},  {0x4b, 0x1d37},   {0x4c, 0x1d38},
    {0x4d, 0x1d39},   {0x4e, 0x1d3a},   {0x4f, 0x1d3c},  {0x50, 0x1d3e},   {0x52, 0x1d3f},
    {0x54, 0x1d40},   {0x55, 0x1d41},   {0x56, 0x2c7d},  {0x57, 0x1d42},   {0x61, 0x1d43},
    {0x62, 0x1d47},   {0x63, 0x1d9c},   {0x64, 0x1d48},  {0x65, 0x1d49},   {0x66, 0x1da0},
    {0x67, 0x1d4d},   {0x68, 0x2b0},    {0x69, 0x2071},  {0x6a, 0x2b2},    {0x6b, 0x1d4f},
    {0x6c, 0x2e1},    {0x6d, 0x1d50},   {0x6e, 0x207f},  {0x6f, 0x1d52},   {0x70, 0x1d56},
    {0x72, 0x2b3},    {0x73, 0x2e2},    {0x74, 0x1d57},  {0x75, 0x1d58},   {0x76, 0x1d5b},
    {0x77, 0x2b7},    {0x78, 0x2e3},    {0x79, 0x2b8},   {0x7a, 0x1dbb},   {0xb0, 0xb0},
    {0x3b1, 0x1d45},  {0x3b2, 0x1d5d},  {0x3b3, 0x1d5e}, {0x3b4, 0x1d5f},  {0x3b5, 0x1d4b},
    {0x3b8, 0x1dbf},  {0x3c6, 0x1d60},  {0x3c7, 0x1d61}, {0x3d5, 0x1db2},  {0x2020, 0x2020},
    {0x2032, 0x2032}, {0x2212, 0x207b}, {0x2218, 0xb0},  {0x22a4, 0x1d40},
};
static const struct pair lowered[] = {
    {0x28, 0x208d},  {0x29, 0x208e},  {0x2b, 0x208a},   {0x2d, 0x208b},  {0x30, 0x2080},
    {0x31, 0x2081},  {0x32, 0x2082},  {0x33, 0x2083},   {0x34, 0x2084},  {0x35, 0x2085},
    {0x36, 0x2086},  {0x37, 0x2087},  {0x38, 0x2088},   {0x39, 0x2089},  {0x3d, 0x208c},
    {0x61, 0x2090},  {0x65, 0x2091},  {0x68, 0x2095},   {0x69, 0x1d62},  {0x6a, 0x2c7c},
    {0x6b, 0x2096},  {0x6c, 0x2097},  {0x6d, 0x2098},   {0x6e, 0x2099},  {0x6f, 0x2092},
    {0x70, 0x209a},  {0x72, 0x1d63},  {0x73, 0x209b},   {0x74, 0x209c},  {0x75, 0x1d64},
    {0x76, 0x1d65},  {0x78, 0x2093},  {0x3b2, 0x1d66},  {0x3b3, 0x1d67}, {0x3c1, 0x1d68},
    {0x3c6, 0x1d69}, {0x3c7, 0x1d6a}, {0x2212, 0x208b},
};

static int compare_pair(const void *key, const void *pair) {
    ucs4_t character = *(const ucs4_t *)key, from = ((const struct pair *)pair)->from;
    return (character > from) - (character < from);
}

static bool append_mapped(struct buffer *buffer, const char *text, size_t size,
                          const struct pair *pairs, size_t count) {
    size_t start = buffer->size;
    ucs4_t character;
    for (size_t at = 0; at < size;) {
        int length = u8_mbtoucr(&character, (const uint8_t *)text + at, size - at);
        if (length <= 0) break;
        at += (size_t)length;
        if (character == ' ') continue;
        const struct pair *pair = bsearch(&character, pairs, count, sizeof(*pairs), compare_pair);
        if (pair == NULL) {
            buffer_truncate(buffer, start);
            return false;
        }
        buffer_append_character(buffer, pair->to);
    }
    return buffer->size > start;
}

bool tex_append_raised(struct buffer *buffer, const char *text, size_t size) {
    return append_mapped(buffer, text, size, raised, sizeof(raised) / sizeof(raised[0]));
}

bool tex_append_lowered(struct buffer *buffer, const char *text, size_t size) {
    return append_mapped(buffer, text, size, lowered, sizeof(lowered) / sizeof(lowered[0]));
}

/* ---- alphabets ------------------------------------------------------------------------------- */

/* The blocks of Unicode chapter 22.2 leave out the letters that had been there before. */
struct alphabet {
    const char *name, *other_name; /* or NULL */
    ucs4_t upper, lower, digit;    /* of A, a, 0; 0: none */
    struct pair exceptions[12];
};

static const struct alphabet alphabets[] = {
    {.name = "mathbb",
     .upper = 0x1d538,
     .lower = 0x1d552,
     .digit = 0x1d7d8,
     .exceptions = {{'C', 0x2102},
                    {'H', 0x210d},
                    {'N', 0x2115},
                    {'P', 0x2119},
                    {'Q', 0x211a},
                    {'R', 0x211d},
                    {'Z', 0x2124}}},
    {.name = "mathcal",
     .other_name = "mathscr",
     .upper = 0x1d49c,
     .exceptions = {{'B', 0x212c},
                    {'E', 0x2130},
                    {'F', 0x2131},
                    {'H', 0x210b},
                    {'I', 0x2110},
                    {'L', 0x2112},
                    {'M', 0x2133},
                    {'R', 0x211b}}},
    {.name = "mathfrak",
     .upper = 0x1d504,
     .lower = 0x1d51e,
     .exceptions = {{'C', 0x212d}, {'H', 0x210c}, {'I', 0x2111}, {'R', 0x211c}, {'Z', 0x2128}}},
};

static ucs4_t letter_of(const struct alphabet *alphabet, ucs4_t letter) {
    for (const struct pair *pair = alphabet->exceptions; pair->from != 0; pair++)
        if (pair->from == letter) return pair->to;
    if (letter >= 'A' && letter <= 'Z') return alphabet->upper + letter - 'A';
    if (letter >= 'a' && letter <= 'z' && alphabet->lower != 0)
        return alphabet->lower + letter - 'a';
    if (letter >= '0' && letter <= '9' && alphabet->digit != 0)
        return alphabet->digit + letter - '0';
    return letter;
}

static bool is_named(const struct alphabet *alphabet, const char *name) {
    return strcmp(alphabet->name, name) == 0 ||
           (alphabet->other_name != NULL && strcmp(alphabet->other_name, name) == 0);
}

ucs4_t tex_alphabet_letter(const char *alphabet, ucs4_t letter) {
    for (size_t i = 0; i < sizeof(alphabets) / sizeof(alphabets[0]); i++)
        if (is_named(&alphabets[i], alphabet)) return letter_of(&alphabets[i], letter);
    return letter;
}
