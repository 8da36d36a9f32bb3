/* The record that every layer shares: one question of the bank, and the section it stands in.
 *
 * Plain data, no I/O. All strings are UTF-8, NUL-terminated and owned by the structure that
 * holds them; every `_free` function accepts a zeroed structure and leaves it zeroed. */
#ifndef QBANK_CONTENT_QUESTION_H
#define QBANK_CONTENT_QUESTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In ascending order of difficulty; the values are stored in the database and never change. */
enum difficulty { DIFFICULTY_EASY = 0, DIFFICULTY_MEDIUM = 1, DIFFICULTY_HARD = 2 };
enum { DIFFICULTY_COUNT = 3 };

/* Longest id, pinned or derived, without the NUL. */
enum { QUESTION_ID_MAX = 64 };
/* Length of a derived id: 50 bits in Crockford's base 32, lower case. */
enum { QUESTION_ID_DERIVED = 10 };

struct question {
    char *id;    /* unique in the bank; NULL from the parser unless `pinned` */
    bool pinned; /* the author gave the id: {#my-id} behind the question */
    enum difficulty difficulty;
    char *text;     /* the question, Markdown, without tag, enumerator and {#id} */
    char **context; /* Markdown of the untagged list items above it, outermost first */
    size_t context_count;
    struct {
        size_t index; /* into the section list of the document (parser) or the bank (store) */
        char *id;     /* slug; from the store only */
        char *title;  /* from the store only */
    } section;
    struct {
        char *path;      /* relative to the import root; from the store only */
        unsigned line;   /* 1-based line of the tag */
        unsigned column; /* 1-based byte column of the tag; from the parser only */
    } source;
    unsigned steps; /* steps of the answer; 0: no answer */
    char *answer;   /* Markdown; NULL from the store always (see store_answer) and
                       from the parser where there is none */
};

enum { SECTION_NONE = -1 };

struct section {
    char *id;       /* slug of the title, or the author's {#id}; the parser's may repeat,
                       the store's are unique in the bank */
    char *title;    /* the heading's Markdown, without attributes */
    unsigned level; /* 1 to 6: the heading's; 0: the file itself */
    int parent;     /* index of the enclosing section in the same list, or SECTION_NONE */
    unsigned line;  /* 1-based line of the heading; 1 for the file; parser only */
};

/* "easy", "medium", "hard": static strings. */
const char *difficulty_name(enum difficulty difficulty);

/* Reads easy, medium, hard, e, m, h in any case. Returns false, *ret untouched, for anything else.
 */
bool difficulty_parse(const char *text, enum difficulty *ret);

/* Derives the id of an unpinned question from its words: XXH3 over the question and its context,
 * runs of white space folded into one blank, so that neither reflowing the text nor moving it
 * changes the id. `attempt` is 0, or counts the collisions so far (the same question twice): the
 * n-th gets an id of its own. Writes QUESTION_ID_DERIVED characters and a NUL. */
void question_derive_id(const struct question *question, unsigned attempt,
                        char ret_id[QUESTION_ID_DERIVED + 1]);

/* Whether `id` can be an id at all: 1 to QUESTION_ID_MAX of [A-Za-z0-9._-], beginning with a
 * letter or a digit, and not the name of a resource beside the ids ("random", "daily"). */
bool question_id_is_valid(const char *id);

/* Hash of everything in the question that readers see except id, section and source: difficulty,
 * text, context, answer. 128 bits, the same on every machine. */
struct question_hash {
    uint64_t high, low;
};
struct question_hash question_content_hash(const struct question *question);

void question_free(struct question *question);
void section_free(struct section *section);

#endif
