#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(import, .init = set_up, .fini = tear_down);

static struct import_summary import_two_files(void) {
    return BANK_IMPORT(
        &bank,
        SOURCE("a.md",
               {.section = "Basics",
                .text = "What is a?",
                .answer = "A.",
                .difficulty = DIFFICULTY_EASY},
               {.section = "Basics/Deeper", .text = "Why is b?", .context = "Given b"}),
        SOURCE("b.md", {.section = "Basics",
                        .text = "How does c?",
                        .answer = "C.",
                        .difficulty = DIFFICULTY_HARD}));
}

Test(import, everything_given_is_there) {
    struct import_summary summary = import_two_files();
    bank_expect_summary(&bank, &summary, 3, 0, 0, 0, 0);
    cr_expect_eq(summary.sources, 2);
    cr_expect_eq(summary.counts.by_difficulty[DIFFICULTY_EASY], 2);
    cr_expect_eq(summary.counts.by_difficulty[DIFFICULTY_HARD], 1);
    cr_expect(summary.revision_changed);
    cr_expect_eq(strspn(summary.revision, "0123456789abcdef"), REVISION_LENGTH);
    bank_expect_query(
        &bank,
        "SELECT group_concat(position || difficulty || question || coalesce(context, '-')"
        " || coalesce(answer, '-') || section || source || line || steps, '; ') FROM bank",
        "1easyWhat is a?-A.Basicsa.md11; 2easyWhy is b?Given b-Deepera.md20; "
        "3hardHow does c?-C.Basicsb.md11");
    bank_expect_query(&bank, "SELECT group_concat(section_id) FROM bank", "basics,deeper,basics-2");
}

Test(import, the_same_again_writes_nothing) {
    import_two_files();
    char *before = bank_dump(&bank);
    struct import_summary summary = import_two_files();
    bank_expect_summary(&bank, &summary, 0, 0, 3, 0, 0);
    cr_expect_not(summary.revision_changed);
    cr_expect_eq(strlen(summary.revision), REVISION_LENGTH);
    bank_expect_query(&bank, "SELECT serial FROM revision", "1");
    char *after = bank_dump(&bank);
    cr_expect_str_eq(before, after);
    free(before);
    free(after);
}

Test(import, the_same_markdown_is_the_same_revision_in_another_database) {
    struct bank other;
    struct import_summary here = import_two_files(), there;
    bank_open(&other);
    there =
        BANK_IMPORT(&other,
                    SOURCE("z/a.md",
                           {.section = "Basics",
                            .text = "What is a?",
                            .answer = "A.",
                            .difficulty = DIFFICULTY_EASY,
                            .line = 90},
                           {.section = "Basics/Deeper", .text = "Why is b?", .context = "Given b"}),
                    SOURCE("z/b.md", {.section = "Basics",
                                      .text = "How does c?",
                                      .answer = "C.",
                                      .difficulty = DIFFICULTY_HARD}));
    cr_expect_str_eq(here.revision, there.revision, "paths and lines do not count");
    bank_close(&other);
}

Test(import, whatever_readers_see_is_in_the_revision) {
    static const struct given variants[] = {
        {.section = "S", .text = "T?", .answer = "A", .context = "C"},
        {.section = "S", .text = "T?", .answer = "A", .context = "D"},
        {.section = "S", .text = "T?", .answer = "A"},
        {.section = "S", .text = "T?", .answer = "B", .context = "C"},
        {.section = "S", .text = "T?", .context = "C"},
        {.section = "S", .text = "U?", .answer = "A", .context = "C"},
        {.section = "X", .text = "T?", .answer = "A", .context = "C"},
        {.section = "X/S", .text = "T?", .answer = "A", .context = "C"},
        {.section = "S", .text = "T?", .answer = "A", .context = "C", .id = "pin"},
        {.section = "S", .text = "T?", .answer = "A", .context = "C", .difficulty = 1}};
    enum { COUNT = sizeof(variants) / sizeof(variants[0]) };
    char revisions[COUNT][REVISION_LENGTH + 1];
    for (size_t i = 0; i < COUNT; i++) {
        const struct given_source source = {"a.md", &variants[i], 1};
        struct import_summary summary =
            bank_import_with(&bank, (struct import_options){0}, &source, 1);
        memcpy(revisions[i], summary.revision, sizeof(revisions[i]));
        cr_expect(summary.revision_changed, "variant %zu", i);
        for (size_t j = 0; j < i; j++) cr_expect_str_neq(revisions[i], revisions[j]);
        bank_expect_sound(&bank);
    }
}

Test(import, moved_lines_change_the_serial_and_not_the_revision) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?"}));
    bank_execute(&bank, "UPDATE revision SET imported_at = 5");
    struct import_summary summary = BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why?", .line = 7}));
    bank_expect_summary(&bank, &summary, 0, 0, 1, 0, 0);
    cr_expect_not(summary.revision_changed);
    bank_expect_query(&bank, "SELECT serial || ' ' || imported_at FROM revision", "2 5");
    bank_expect_query(&bank, "SELECT line FROM bank", "7");
}

Test(import, an_edit_in_one_file_leaves_the_rows_of_the_others) {
    import_two_files();
    bank_execute(&bank, "UPDATE sources SET title = 'touched' WHERE path = 'x'");
    struct import_summary summary =
        BANK_IMPORT(&bank,
                    SOURCE("a.md", {.section = "Basics", .text = "What is new?"},
                           {.section = "Basics",
                            .text = "What is a?",
                            .answer = "A.",
                            .difficulty = DIFFICULTY_EASY},
                           {.section = "Basics/Deeper", .text = "Why is b?", .context = "Given b"}),
                    SOURCE("b.md", {.section = "Basics",
                                    .text = "How does c?",
                                    .answer = "C.",
                                    .difficulty = DIFFICULTY_HARD}));
    bank_expect_summary(&bank, &summary, 1, 0, 3, 0, 0);
    bank_expect_query(&bank, "SELECT group_concat(question) FROM bank",
                      "What is new?,What is a?,Why is b?,How does c?");
}

Test(import, order_of_files_and_questions_follows_what_is_given) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "1?"}, {.text = "2?"}),
                SOURCE("b.md", {.text = "3?"}));
    struct import_summary summary = BANK_IMPORT(&bank, SOURCE("b.md", {.text = "3?"}),
                                                SOURCE("a.md", {.text = "2?"}, {.text = "1?"}));
    cr_expect_eq(summary.unchanged + summary.changed, 3);
    bank_expect_query(&bank, "SELECT group_concat(question) FROM bank", "3?,2?,1?");
    bank_expect_sound(&bank);
}

/* Begins a run with one good source, gives `source` and expects a conflict that leaves all as it
 * was. */
static void expect_conflict(const struct given_source *source, const char *code) {
    char *before = bank_dump(&bank);
    struct import *import;
    struct document good, bad;
    struct import_summary summary = {.added = 77};
    const struct given given = {.text = "Good?", .id = "good"};
    bank_document(&(struct given_source){"good.md", &given, 1}, &good);
    bank_document(source, &bad);
    cr_assert_eq(import_begin(bank.writer, &(struct import_options){0}, &import), STORE_OK);
    cr_assert_eq(import_source(import, "good.md", &good), STORE_OK);
    cr_expect_eq(import_source(import, source->path, &bad), STORE_CONFLICT);
    cr_assert_geq(bad.diagnostics.count, 1);
    cr_expect_str_eq(bad.diagnostics.items[0].code, code);
    cr_expect_eq(bad.diagnostics.items[0].severity, SEVERITY_ERROR);
    cr_expect_not_null(strstr(bad.diagnostics.items[0].text, "good.md"));
    cr_expect_eq(import_commit(import, &summary), STORE_CONFLICT, "it can only be aborted");
    cr_expect_eq(summary.added, 77);
    char *after = bank_dump(&bank);
    cr_expect_str_eq(before, after);
    free(before);
    free(after);
    document_free(&good);
    document_free(&bad);
}

Test(import, one_id_pinned_twice_is_an_error) {
    import_two_files();
    const struct given given = {.text = "Bad?", .id = "good", .line = 4};
    expect_conflict(&(struct given_source){"bad.md", &given, 1}, "duplicate-id");
}

Test(import, two_sources_of_one_path_are_an_error) {
    import_two_files();
    const struct given given = {.text = "Bad?"};
    expect_conflict(&(struct given_source){"good.md", &given, 1}, "duplicate-source");
}

Test(import, a_dry_run_counts_and_changes_nothing) {
    import_two_files();
    char *before = bank_dump(&bank);
    const struct given given = {.text = "Other?"};
    const struct given_source source = {"a.md", &given, 1};
    struct import_summary summary =
        bank_import_with(&bank, (struct import_options){.dry_run = true}, &source, 1);
    bank_expect_summary(&bank, &summary, 1, 0, 0, 3, 0);
    cr_expect(summary.revision_changed);
    char *after = bank_dump(&bank);
    cr_expect_str_eq(before, after);
    free(before);
    free(after);
}

Test(import, the_full_text_index_finds_every_part) {
    import_two_files();
    static const char *const words[] = {"how", "given", "basics"};
    static const char *const counts[] = {"1", "1", "2"};
    for (size_t i = 0; i < 3; i++) {
        char sql[128];
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM search WHERE search MATCH '%s'", words[i]);
        bank_expect_query(&bank, sql, counts[i]);
    }
    BANK_IMPORT(&bank, SOURCE("a.md", {.section = "Else", .text = "Who?", .answer = "Gradient."}));
    bank_expect_query(
        &bank, "SELECT count(*) FROM search WHERE search MATCH 'basics OR given OR how'", "0");
    bank_expect_query(&bank, "SELECT count(*) FROM search_all WHERE search_all MATCH 'gradient'",
                      "1");
    bank_expect_sound(&bank);
}

Test(import, a_second_import_at_the_same_time_is_told_to_wait) {
    struct store *other;
    char *error = NULL;
    struct import *first, *second = NULL;
    cr_assert_eq(store_open(bank.path, STORE_WRITE, &other, &error), STORE_OK);
    cr_assert_eq(import_begin(bank.writer, &(struct import_options){0}, &first), STORE_OK);
    cr_expect_eq(import_begin(other, &(struct import_options){0}, &second), STORE_BUSY);
    cr_expect_null(second);
    cr_expect_not_null(strstr(store_error(other), "another import is running"));
    import_abort(first);
    cr_expect_eq(import_begin(other, &(struct import_options){0}, &second), STORE_OK);
    import_abort(second);
    import_abort(NULL);
    store_close(other);
}

/* Dies in the middle of an import, as under kill -9. */
static void import_and_die(void) {
    struct store *store;
    struct import *import;
    struct document document;
    char *error = NULL;
    const struct given given = {.text = "Other?"};
    bank_document(&(struct given_source){"a.md", &given, 1}, &document);
    if (store_open(bank.path, STORE_WRITE, &store, &error) == STORE_OK &&
        import_begin(store, &(struct import_options){0}, &import) == STORE_OK &&
        import_source(import, "a.md", &document) == STORE_OK)
        kill(getpid(), SIGKILL);
    _exit(1);
}

Test(import, an_import_that_is_killed_leaves_the_old_bank) {
    import_two_files();
    char *before = bank_dump(&bank);
    int status = 0;
    pid_t child = fork();
    if (child == 0) import_and_die();
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    char *after = bank_dump(&bank);
    cr_expect_str_eq(before, after);
    free(before);
    free(after);
    struct import_summary summary = import_two_files();
    bank_expect_summary(&bank, &summary, 0, 0, 3, 0, 0);
}

Test(import, an_import_of_nothing_is_an_empty_bank) {
    import_two_files();
    struct import_summary summary = bank_import_with(&bank, (struct import_options){0}, NULL, 0);
    bank_expect_summary(&bank, &summary, 0, 0, 0, 3, 0);
    bank_read(&bank);
    struct bank_stats stats;
    cr_assert_eq(store_stats(bank.reader, &stats), STORE_OK);
    cr_expect_eq(difficulty_counts_total(&stats.counts), 0);
    bank_stats_free(&stats);
}
