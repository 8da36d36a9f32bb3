/* Writes a bank of any size to measure with: the same bytes for the same numbers on every machine.
 * Word frequencies follow Zipf's law, so that searches meet common and rare words; questions come
 * in the dialects of content/FORMAT.md, with math, code, lists, contexts, and now and then no
 * answer. However many questions there are, they stand in the same number of files and sections:
 * what grows is the bank, not the size of an answer about it. */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES = 100, SECTIONS_PER_FILE = 5, VOCABULARY = 200000 };

/* ---- chance ---------------------------------------------------------------------------------- */

static uint64_t chance_state;

/* Sebastiano Vigna's splitmix64. */
static uint64_t chance(void) {
    uint64_t bits = chance_state += 0x9E3779B97F4A7C15u;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
    return bits ^ (bits >> 31);
}

static unsigned below(unsigned bound) {
    return (unsigned)((chance() >> 32) * bound >> 32);
}

static bool percent(unsigned share) {
    return below(100) < share;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* The commonest first. */
static const char *const common[] = {
    "the",    "of",      "a",       "to",       "and",      "in",        "is",        "for",
    "that",   "with",    "as",      "on",       "by",       "are",       "it",        "from",
    "model",  "data",    "an",      "be",       "this",     "at",        "which",     "loss",
    "or",     "each",    "not",     "can",      "gradient", "when",      "function",  "one",
    "layer",  "more",    "network", "training", "than",     "weights",   "learning",  "has",
    "error",  "its",     "we",      "between",  "set",      "parameter", "input",     "output",
    "matrix", "so",      "vector",  "random",   "number",   "value",     "sample",    "rate",
    "over",   "batch",   "only",    "such",     "feature",  "test",      "tree",      "kernel",
    "bias",   "entropy", "tensor",  "cache",    "index",    "query",     "attention", "variance",
};
enum { COMMON = sizeof(common) / sizeof(common[0]) };

/* The word of a rank: made of syllables where the list ends, different for each rank. */
static void put_word(FILE *file, size_t rank) {
    static const char onsets[] = "bcdfghklmnprstvw", vowels[] = "aeiou";
    if (rank < COMMON) {
        fputs(common[rank], file);
        return;
    }
    for (size_t rest = rank; rest > 0; rest /= 80) {
        putc(onsets[rest % 16], file);
        putc(vowels[rest / 16 % 5], file);
    }
    putc("nrstl"[rank % 5], file);
}

/* Zipf's law: the logarithm of the rank is uniform, so that rank r has a probability near to
 * 1 / (r ln VOCABULARY). */
static size_t draw_rank(void) {
    double uniform = (double)(chance() >> 11) * 0x1p-53;
    return (size_t)exp(uniform * log(VOCABULARY)) - 1;
}

static void put_words(FILE *file, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        if (i > 0) putc(' ', file);
        put_word(file, draw_rank());
    }
}

/* ---- answers --------------------------------------------------------------------------------- */

static void put_math(FILE *file) {
    fprintf(file, "$\\sum_{i=1}^{%u} w_i^{%u} \\le \\|x\\|_%u$", 2 + below(90), 1 + below(9),
            1 + below(3));
}

static void put_sentence(FILE *file) {
    fputs("It ", file);
    put_words(file, 8 + below(12));
    if (percent(15)) {
        putc(' ', file);
        put_math(file);
    }
    fputs(".", file);
}

static void put_paragraph(FILE *file, const char *indent) {
    for (unsigned i = 0, sentences = 2 + below(3); i < sentences; i++) {
        if (i > 0) fprintf(file, "\n%s", indent);
        put_sentence(file);
    }
    putc('\n', file);
}

static void put_list(FILE *file, const char *indent) {
    for (unsigned i = 0, items = 5 + below(4); i < items; i++) {
        fprintf(file, "%s- **", indent);
        put_words(file, 1);
        fputs("**: ", file);
        for (unsigned sentence = 0; sentence < 2; sentence++) {
            if (sentence > 0) fprintf(file, "\n%s  ", indent);
            put_sentence(file);
        }
        putc('\n', file);
    }
}

static void put_code(FILE *file, const char *indent) {
    fprintf(file, "\n%s```python\n", indent);
    for (unsigned i = 0; i < 4; i++) {
        fputs(indent, file);
        put_word(file, draw_rank());
        fputs(" = ", file);
        put_word(file, draw_rank());
        fprintf(file, "(x[%u], axis=%u)\n", below(100), below(3));
    }
    fprintf(file, "%s```\n", indent);
}

static void put_display(FILE *file, const char *indent) {
    fprintf(file,
            "\n%s$$\n%sf(x) = \\frac{\\partial L_{%u}}{\\partial w} + \\lambda x^{%u}\n%s$$\n",
            indent, indent, below(100), below(10), indent);
}

/* About 1,350 bytes. */
static void put_answer(FILE *file, const char *indent) {
    if (percent(50)) {
        put_list(file, indent);
        return;
    }
    for (unsigned i = 0; i < 5; i++) {
        if (i > 0) putc('\n', file);
        fputs(indent, file);
        put_paragraph(file, indent);
    }
    if (percent(30)) put_code(file, indent);
    if (percent(30)) put_display(file, indent);
}

/* ---- questions ------------------------------------------------------------------------------- */

static char draw_tag(void) {
    unsigned die = below(10);
    return die < 5 ? 'E' : die < 8 ? 'M' : 'H';
}

static void put_question(FILE *file) {
    fprintf(file, "[%c] Why does the ", draw_tag());
    put_words(file, 10 + below(8));
    if (percent(20)) {
        putc(' ', file);
        put_math(file);
    }
    fputs("?\n", file);
}

/* A heading with its answer below it. */
static void put_heading(FILE *file) {
    fputs("## ", file);
    put_question(file);
    putc('\n', file);
    if (percent(3)) return;
    put_answer(file, "");
    putc('\n', file);
}

/* A list item with its answer in it. */
static void put_item(FILE *file, unsigned number, const char *indent) {
    char inner[16];
    int width = fprintf(file, "%s%u. ", indent, number);
    snprintf(inner, sizeof(inner), "%*s", width, "");
    put_question(file);
    putc('\n', file);
    if (percent(3)) return;
    put_answer(file, inner);
    putc('\n', file);
}

/* Two questions below what they are about. */
static void put_group(FILE *file, unsigned number) {
    int width = fprintf(file, "%u. ", number);
    char inner[16];
    snprintf(inner, sizeof(inner), "%*s", width, "");
    fputs("Given the ", file);
    put_words(file, 12);
    fputs(".\n\n", file);
    put_item(file, 1, inner);
    put_item(file, 2, inner);
}

static void put_list_section(FILE *file, size_t count) {
    unsigned number = 1;
    for (size_t i = 0; i < count; number++) {
        bool is_group = count - i >= 2 && percent(10);
        if (is_group)
            put_group(file, number);
        else
            put_item(file, number, "");
        i += is_group ? 2 : 1;
        if (number == 999) number = 0; /* the indent of an answer depends on the digits */
    }
}

static void put_section(FILE *file, size_t count) {
    fputs("# ", file);
    put_words(file, 2);
    fprintf(file, " %u\n\n", below(1000000));
    if (percent(50)) {
        put_list_section(file, count);
        return;
    }
    for (size_t i = 0; i < count; i++) put_heading(file);
}

/* How many of `total` fall to the share `index` of `shares`. */
static size_t share_of(size_t total, size_t index, size_t shares) {
    return total * (index + 1) / shares - total * index / shares;
}

static bool write_file(const char *directory, size_t index, size_t count) {
    char path[4096];
    snprintf(path, sizeof(path), "%s/bank-%03zu.md", directory, index);
    FILE *file = fopen(path, "we");
    if (file == NULL) return false;
    chance_state = index << 32 ^ count; /* no file depends on those before it */
    fprintf(file, "---\ntitle: Bank %zu\n---\n\n", index);
    for (size_t i = 0; i < SECTIONS_PER_FILE; i++)
        put_section(file, share_of(count, i, SECTIONS_PER_FILE));
    bool good = ferror(file) == 0;
    return fclose(file) == 0 && good;
}

int main(int argc, char **argv) {
    size_t total = argc == 3 ? strtoul(argv[1], NULL, 10) : 0;
    if (total < (size_t)FILES * SECTIONS_PER_FILE || total > 100000000) {
        fprintf(stderr,
                "Usage: generate QUESTIONS DIRECTORY\n"
                "Write a bank of so many questions, %d at the least, of about 1.5 KB each.\n",
                FILES * SECTIONS_PER_FILE);
        return 2;
    }
    bool good = mkdir(argv[2], 0777) == 0 || errno == EEXIST;
    for (size_t i = 0; good && i < FILES; i++)
        good = write_file(argv[2], i, share_of(total, i, FILES));
    if (!good) perror(argv[2]);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
