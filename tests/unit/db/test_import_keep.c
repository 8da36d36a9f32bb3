/* Sources that are passed over because they have not changed: whatever the run, it ends in the bank
 * and the warnings that reading everything anew into an empty bank gives. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(import_keep, .init = set_up, .fini = tear_down);

struct file {
    const char *path, *markdown;
};

/* What a run did. */
struct run {
    struct import_summary summary;
    size_t kept, diagnostics;
};

static void give(struct import *import, const struct file *file, bool read_all, struct run *run) {
    struct document document;
    bool kept = false;
    struct difficulty_counts counts;
    document_parse(file->markdown, strlen(file->markdown), "title", &document);
    if (!read_all)
        cr_assert_eq(import_keep(import, file->path, &document.fingerprint, &counts, &kept),
                     STORE_OK);
    if (!kept) cr_assert_eq(import_source(import, file->path, &document), STORE_OK);
    if (kept) cr_expect_eq(difficulty_counts_total(&counts), document.question_count);
    run->kept += kept;
    run->diagnostics += document.diagnostics.count;
    document_free(&document);
}

struct mode {
    bool add, read_all;
};

static struct run import_files(struct bank *into, struct mode mode, const struct file *files,
                               size_t count) {
    struct run run = {0};
    struct import *import;
    struct import_options options = {.add = mode.add};
    cr_assert_eq(import_begin(into->writer, &options, &import), STORE_OK);
    for (size_t i = 0; i < count; i++) cr_assert_eq(import_expect(import, files[i].path), STORE_OK);
    for (size_t i = 0; i < count; i++) give(import, &files[i], mode.read_all, &run);
    cr_assert_eq(import_commit(import, &run.summary), STORE_OK);
    bank_expect_sound(into);
    return run;
}
#define FILES(...)                                                                                 \
    (const struct file[]){__VA_ARGS__},                                                            \
        sizeof((const struct file[]){__VA_ARGS__}) / sizeof(struct file)

Test(import_keep, an_unchanged_bank_is_kept_whole) {
    import_files(&bank, (struct mode){0},
                 FILES({"a.md", "# S\n- [E] a?\n"}, {"b.md", "# S\n- [H] b?\n"}));
    char *before = bank_dump(&bank);
    struct run run = import_files(&bank, (struct mode){0},
                                  FILES({"a.md", "# S\n- [E] a?\n"}, {"b.md", "# S\n- [H] b?\n"}));
    cr_expect_eq(run.kept, 2);
    bank_expect_summary(&bank, &run.summary, 0, 0, 2, 0, 0);
    cr_expect_eq(run.summary.sources, 2);
    cr_expect_eq(run.summary.counts.by_difficulty[DIFFICULTY_HARD], 1);
    cr_expect_not(run.summary.revision_changed);
    char *after = bank_dump(&bank);
    cr_expect_str_eq(before, after);
    free(before);
    free(after);
}

Test(import_keep, only_what_changed_is_read) {
    import_files(&bank, (struct mode){0},
                 FILES({"a.md", "# S\n- [E] a?\n"}, {"b.md", "# T\n- [H] b?\n"}));
    struct run run = import_files(&bank, (struct mode){0},
                                  FILES({"a.md", "# S\n- [E] x?\n"}, {"b.md", "# T\n- [H] b?\n"}));
    cr_expect_eq(run.kept, 1);
    bank_expect_summary(&bank, &run.summary, 1, 0, 1, 1, 0);
}

Test(import_keep, a_source_with_something_to_say_is_read_again) {
    static const char markdown[] = "text\n\n- [E] a?\n";
    import_files(&bank, (struct mode){0}, FILES({"a.md", markdown}));
    struct run run = import_files(&bank, (struct mode){0}, FILES({"a.md", markdown}));
    cr_expect_eq(run.kept, 0);
    cr_expect_eq(run.diagnostics, 1);
    bank_expect_query(&bank, "SELECT fingerprint IS NULL FROM sources", "1");
}

Test(import_keep, a_section_loses_its_number_with_the_one_before_it) {
    import_files(&bank, (struct mode){0},
                 FILES({"a.md", "# S\n- [E] a?\n"}, {"b.md", "# S\n- [H] b?\n"}));
    bank_expect_query(&bank, "SELECT group_concat(section_id) FROM bank", "s,s-2");
    struct run run = import_files(&bank, (struct mode){0}, FILES({"b.md", "# S\n- [H] b?\n"}));
    cr_expect_eq(run.kept, 0);
    bank_expect_query(&bank, "SELECT group_concat(section_id) FROM bank", "s");
}

Test(import_keep, a_section_loses_its_number_with_the_one_that_its_source_lost) {
    import_files(&bank, (struct mode){0},
                 FILES({"a.md", "# R\n- [E] r?\n# S\n- [E] a?\n"}, {"b.md", "# S\n- [H] b?\n"}));
    import_files(&bank, (struct mode){0},
                 FILES({"a.md", "# R\n- [E] r?\n"}, {"b.md", "# S\n- [H] b?\n"}));
    bank_expect_query(&bank, "SELECT group_concat(section_id) FROM bank", "r,s");
}

Test(import_keep, a_question_that_another_source_took_is_read_again) {
    import_files(&bank, (struct mode){0},
                 FILES({"a.md", "# S\n- [E] a?\n"}, {"b.md", "# T\n- [H] b?\n"}));
    struct run run =
        import_files(&bank, (struct mode){0},
                     FILES({"a.md", "# S\n- [E] a?\n- [H] b?\n"}, {"b.md", "# T\n- [H] b?\n"}));
    cr_expect_eq(run.kept, 0);
    cr_expect_eq(run.diagnostics, 1, "b.md repeats a question");
    run = import_files(&bank, (struct mode){0},
                       FILES({"a.md", "# S\n- [E] a?\n"}, {"b.md", "# T\n- [H] b?\n"}));
    cr_expect_eq(run.diagnostics, 0);
}

Test(import_keep, an_older_parser_read_it_in_vain) {
    import_files(&bank, (struct mode){0}, FILES({"a.md", "- [E] a?\n"}));
    bank_execute(&bank, "UPDATE sources SET fingerprint = zeroblob(16)");
    struct run run = import_files(&bank, (struct mode){0}, FILES({"a.md", "- [E] a?\n"}));
    cr_expect_eq(run.kept, 0);
    cr_expect_not(run.summary.revision_changed);
    bank_expect_query(&bank, "SELECT serial FROM revision", "1");
    cr_expect_eq(import_files(&bank, (struct mode){0}, FILES({"a.md", "- [E] a?\n"})).kept, 1);
}

/* ---- any sequence of edits ------------------------------------------------------------------- */

static const char *const contents[] = {"# S\n- [E] a?\n",
                                       "# S\n- [E] b?\n",
                                       "# T\n- [E] a?\n- [M] c?\n",
                                       "# T\n## S\n- [H] d?\n",
                                       "# S\n- [E] a?\n# S\n- e?\n",
                                       "- [E] f?\n\n  answer\n",
                                       "# S {#s-2}\n- [E] g?\n",
                                       "# U\n- [E] h?\n",
                                       "stray\n\n# S\n- [E] b?\n",
                                       "# S\n- [E] i?\n# T\n- [M] j?\n"};
static const char *const paths[] = {"a.md", "b.md", "c.md", "d.md", "e.md"};
enum { CONTENT_COUNT = sizeof(contents) / sizeof(contents[0]) };
enum { PATH_COUNT = sizeof(paths) / sizeof(paths[0]) };

static unsigned choose(uint64_t *state, unsigned count) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % count;
}

/* Some of the paths in order, most of them with what they held before. */
static size_t edit(uint64_t *state, const char *held[PATH_COUNT], struct file files[PATH_COUNT]) {
    size_t count = 0;
    for (size_t i = 0; i < PATH_COUNT; i++) {
        if (held[i] == NULL || choose(state, 5) == 0)
            held[i] = contents[choose(state, CONTENT_COUNT)];
        if (choose(state, 8) > 0 || (count == 0 && i + 1 == PATH_COUNT))
            files[count++] = (struct file){paths[i], held[i]};
    }
    return count;
}

Test(import_keep, every_run_ends_in_the_bank_of_a_fresh_start) {
    uint64_t state = 7;
    const char *held[PATH_COUNT] = {NULL};
    size_t kept = 0;
    for (unsigned round = 0; round < 60; round++) {
        struct file files[PATH_COUNT];
        size_t count = edit(&state, held, files);
        struct run run = import_files(&bank, (struct mode){0}, files, count);
        struct bank fresh;
        bank_open(&fresh);
        struct run anew = import_files(&fresh, (struct mode){0}, files, count);
        cr_assert_str_eq(run.summary.revision, anew.summary.revision, "round %u", round);
        cr_assert_eq(run.diagnostics, anew.diagnostics, "round %u", round);
        cr_assert_eq(run.summary.sources, anew.summary.sources);
        cr_assert_eq(difficulty_counts_total(&run.summary.counts),
                     difficulty_counts_total(&anew.summary.counts));
        kept += run.kept;
        bank_close(&fresh);
    }
    cr_expect_gt(kept, 30);
}

static void rotate(struct file *files, size_t count, size_t by) {
    struct file rotated[PATH_COUNT];
    for (size_t i = 0; i < count; i++) rotated[i] = files[(i + by) % count];
    memcpy(files, rotated, count * sizeof(files[0]));
}

Test(import_keep, every_run_ends_in_the_bank_of_one_that_reads_everything) {
    uint64_t state = 11;
    const char *held[PATH_COUNT] = {NULL};
    size_t kept = 0;
    struct bank reading;
    bank_open(&reading);
    for (unsigned round = 0; round < 100; round++) {
        struct file files[PATH_COUNT];
        size_t count = edit(&state, held, files);
        bool add = choose(&state, 3) > 0;
        if (add) count = 1 + choose(&state, (unsigned)count);
        rotate(files, count, choose(&state, (unsigned)count));
        struct run run = import_files(&bank, (struct mode){.add = add}, files, count);
        struct run all =
            import_files(&reading, (struct mode){.add = add, .read_all = true}, files, count);
        cr_assert_str_eq(run.summary.revision, all.summary.revision, "round %u", round);
        cr_assert_eq(run.diagnostics, all.diagnostics, "round %u", round);
        cr_assert_eq(run.summary.unchanged, all.summary.unchanged, "round %u", round);
        cr_assert_eq(run.summary.removed, all.summary.removed, "round %u", round);
        kept += run.kept;
    }
    cr_expect_gt(kept, 30);
    bank_close(&reading);
}
