/* A bank in a temporary directory, filled from tables in the tests. */
#ifndef QBANK_TESTS_UNIT_DB_FIXTURE_H
#define QBANK_TESTS_UNIT_DB_FIXTURE_H

#include "db/catalog.h"
#include "db/import.h"
#include "db/store.h"

/* A question to import. `section` is a path of titles ("Models/Trees"), each a heading one level
 * deeper; equal neighbours share their sections. */
struct given {
    const char *section;
    const char *text;
    const char *answer;  /* or NULL */
    const char *context; /* one level, or NULL */
    const char *id;      /* pinned, or NULL */
    enum difficulty difficulty;
    unsigned line; /* 0: counted from 1 */
};

struct given_source {
    const char *path;
    const struct given *questions;
    size_t count;
};
#define SOURCE(path, ...)                                                                          \
    {                                                                                              \
        path, (const struct given[]){__VA_ARGS__},                                                 \
            sizeof((const struct given[]){__VA_ARGS__}) / sizeof(struct given)                     \
    }

struct bank {
    char directory[64];
    char path[96];
    struct store *writer, *reader; /* reader: NULL until bank_read() */
    struct catalog *catalog;       /* what the reader is pinned to */
};

void bank_open(struct bank *bank);
void bank_close(struct bank *bank); /* removes the directory */

/* Builds the document that a parser would give; document_free() it. */
void bank_document(const struct given_source *source, struct document *ret_document);

/* Imports the sources in one run; fails the test if that fails. */
struct import_summary bank_import_with(struct bank *bank, struct import_options options,
                                       const struct given_source *sources, size_t count);
#define BANK_IMPORT(bank, ...)                                                                     \
    bank_import_with(bank, (struct import_options){0}, (const struct given_source[]){__VA_ARGS__}, \
                     sizeof((const struct given_source[]){__VA_ARGS__}) /                          \
                         sizeof(struct given_source))
#define BANK_ADD(bank, ...)                                                                        \
    bank_import_with(                                                                              \
        bank, (struct import_options){.add = true}, (const struct given_source[]){__VA_ARGS__},    \
        sizeof((const struct given_source[]){__VA_ARGS__}) / sizeof(struct given_source))

/* Imports so many questions of one source: q0, q1, …, in the section Below of Top, every third one
 * hard, every second one answered, q5 with a context; q<n> stands in line 10 + n. */
void bank_import_numbered(struct bank *bank, unsigned count);

/* A reader that is pinned to the newest revision: the one before unless others share that. */
struct store *bank_read(struct bank *bank);

/* The id of the question of these words, from the reader; fails the test if there is none. Free it.
 */
char *bank_id_of(struct bank *bank, const char *text);

/* A copy of the question of that id, from the reader; fails the test if there is none.
 * question_free() it. */
struct question bank_question(struct bank *bank, const char *id);

/* What the reader says about an id. */
enum store_status bank_status(struct bank *bank, const char *id, char *ret_moved_to);

/* Runs SQL on the file over a connection of its own, past every guard; fails the test on errors. */
void bank_execute(const struct bank *bank, const char *sql);

/* The first column of the first row, as text. Free it. */
char *bank_query(const struct bank *bank, const char *sql);

void bank_expect_query(const struct bank *bank, const char *sql, const char *expected);

/* Every import must leave a sound database behind. */
void bank_expect_sound(struct bank *bank);

/* What an import counted; and that it left a sound database. */
void bank_expect_summary(struct bank *bank, const struct import_summary *summary, size_t added,
                         size_t changed, size_t unchanged, size_t removed, size_t renamed);

/* One text that differs whenever anything in the bank differs, serial and time included. Free it.
 */
char *bank_dump(const struct bank *bank);

#endif
