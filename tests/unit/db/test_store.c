#include "db/store.h"

#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(store, .init = set_up, .fini = tear_down);

static void import_one(const char *answer) {
    const struct given given = {.text = "Why?", .answer = answer};
    const struct given_source source = {"a.md", &given, 1};
    bank_import_with(&bank, (struct import_options){0}, &source, 1);
}

static void expect_answer(const char *expected) {
    char *id = bank_id_of(&bank, "Why?"), *answer = NULL, moved_to[QUESTION_ID_MAX + 1];
    cr_assert_eq(store_answer(bank.reader, id, &answer, moved_to), STORE_OK);
    cr_expect_str_eq(answer, expected);
    free(answer);
    free(id);
}

Test(store, a_missing_file_is_not_created_by_a_reader) {
    struct store *store = NULL;
    char *error = NULL, path[128];
    struct stat found;
    snprintf(path, sizeof(path), "%s/missing.db", bank.directory);
    cr_assert_eq(store_open(path, STORE_READ, &store, &error), STORE_ERROR);
    cr_expect_null(store);
    cr_expect_not_null(strstr(error, path), "%s", error);
    cr_expect_not_null(strstr(error, "No such file"), "%s", error);
    cr_expect_neq(stat(path, &found), 0);
    free(error);
}

Test(store, a_missing_descriptor_is_an_error_that_names_its_remedy) {
    struct store *store = NULL;
    char *error = NULL;
    struct rlimit usual;
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &usual), 0);
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &(struct rlimit){0, usual.rlim_max}), 0);
    enum store_status status = store_open(bank.path, STORE_READ, &store, &error);
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &usual), 0);
    cr_assert_eq(status, STORE_ERROR);
    cr_expect_not_null(strstr(error, "ulimit -n"), "%s", error);
    free(error);
}

Test(store, a_missing_directory_is_an_error_that_names_the_file) {
    struct store *store = NULL;
    char *error = NULL, path[128];
    snprintf(path, sizeof(path), "%s/missing/bank.db", bank.directory);
    cr_assert_eq(store_open(path, STORE_WRITE, &store, &error), STORE_ERROR);
    cr_expect_not_null(strstr(error, path), "%s", error);
    free(error);
}

/* SQLite would take these for databases in memory. */
Test(store, every_path_is_a_file_name) {
    static const char *const paths[] = {":memory:", "file:bank.db?mode=memory"};
    char before[PATH_MAX];
    cr_assert_not_null(getcwd(before, sizeof(before)));
    cr_assert_eq(chdir(bank.directory), 0);
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct store *store = NULL;
        char *error = NULL;
        cr_expect_eq(store_open(paths[i], STORE_READ, &store, &error), STORE_ERROR, "%s", paths[i]);
        cr_expect_null(store);
        free(error);
    }
    cr_assert_eq(chdir(before), 0);
}

/* Root may write everything: as root the test takes the place of a user without rights. */
static void become_nobody(void) {
    enum { NOBODY = 65534 };
    if (geteuid() != 0) return;
    cr_assert_eq(chmod(bank.directory, 0755), 0);
    cr_assert_eq(seteuid(NOBODY), 0);
}

Test(store, a_file_that_may_not_be_written_is_refused_to_writers) {
    struct store *store = NULL;
    char *error = NULL;
    uid_t user = geteuid();
    cr_assert_eq(chmod(bank.path, 0444), 0);
    become_nobody();
    cr_expect_eq(store_open(bank.path, STORE_WRITE, &store, &error), STORE_ERROR);
    cr_expect_eq(seteuid(user), 0);
    cr_expect_not_null(strstr(error, "permission"), "%s", error);
    free(error);
}

Test(store, a_scratch_bank_is_a_bank_without_a_file) {
    struct store *store = NULL;
    struct catalog *catalog = NULL;
    char *error = NULL;
    cr_assert_eq(store_open(STORE_SCRATCH_PATH, STORE_WRITE, &store, &error), STORE_OK, "%s",
                 error);
    struct bank scratch = {.writer = store};
    struct import_summary summary = BANK_IMPORT(&scratch, SOURCE("a.md", {.text = "Why?"}));
    cr_expect_eq(summary.added, 1);
    cr_expect_eq(store_load_catalog(store, &catalog), STORE_OK);
    cr_expect_str_eq(catalog_revision(catalog), summary.revision);
    catalog_unref(catalog);
    store_close(store);
}

Test(store, close_accepts_null) {
    store_close(NULL);
    catalog_unref(NULL);
}

Test(store, an_empty_bank_has_no_catalog) {
    struct store *reader;
    struct catalog *catalog = NULL;
    char *error = NULL;
    cr_assert_eq(store_open(bank.path, STORE_READ, &reader, &error), STORE_OK);
    cr_expect_eq(store_load_catalog(reader, &catalog), STORE_EMPTY);
    cr_expect_null(catalog);
    cr_expect_null(store_catalog(reader));
    cr_expect_eq(store_ping(reader), STORE_EMPTY);
    cr_expect_not(store_has_changed(reader));
    store_close(reader);
}

Test(store, a_reader_sees_its_revision_until_it_is_pinned_anew) {
    import_one("Old.");
    struct store *reader = bank_read(&bank);
    char *before = strdup(store_revision(reader));
    expect_answer("Old.");
    import_one("New.");
    expect_answer("Old.");
    cr_expect_str_eq(store_revision(reader), before);
    bank_read(&bank);
    expect_answer("New.");
    cr_expect_str_neq(store_revision(reader), before);
    free(before);
}

Test(store, a_reader_sees_nothing_of_an_import_under_way) {
    const struct given given = {.text = "Why?", .answer = "New."};
    struct import *import;
    struct document document;
    import_one("Old.");
    bank_read(&bank);
    bank_document(&(struct given_source){"a.md", &given, 1}, &document);
    cr_assert_eq(import_begin(bank.writer, &(struct import_options){0}, &import), STORE_OK);
    cr_assert_eq(import_source(import, "a.md", &document), STORE_OK);
    expect_answer("Old.");
    cr_expect_not(store_has_changed(bank.reader));
    bank_read(&bank);
    expect_answer("Old.");
    import_abort(import);
    expect_answer("Old.");
    document_free(&document);
}

Test(store, a_catalog_that_is_stale_leaves_the_pin_as_it_was) {
    import_one("Old.");
    bank_read(&bank);
    struct catalog *old = catalog_ref(bank.catalog);
    import_one("New.");
    cr_expect_eq(store_pin(bank.reader, old), STORE_STALE);
    cr_expect_eq(store_catalog(bank.reader), old);
    expect_answer("Old.");
    bank_read(&bank);
    expect_answer("New.");
    cr_expect_eq(store_pin(bank.reader, old), STORE_STALE);
    expect_answer("New.");
    catalog_unref(old);
}

/* As when another file is put in the database's place while an export opens it again. */
Test(store, a_catalog_of_another_bank_is_not_pinned_though_both_count_alike) {
    struct bank other;
    import_one("One.");
    bank_read(&bank);
    bank_open(&other);
    BANK_IMPORT(&other, SOURCE("a.md", {.text = "Another?", .answer = "Other."}));
    bank_read(&other);
    cr_expect_eq(store_pin(bank.reader, other.catalog), STORE_STALE);
    expect_answer("One.");
    bank_close(&other);
}

Test(store, changes_are_noticed_once) {
    import_one("Old.");
    bank_read(&bank);
    store_has_changed(bank.reader);
    cr_expect_not(store_has_changed(bank.reader));
    import_one("Old.");
    cr_expect_not(store_has_changed(bank.reader), "an import that changes nothing is no change");
    import_one("New.");
    cr_expect(store_has_changed(bank.reader));
    cr_expect_not(store_has_changed(bank.reader));
}

static void link_to(const char *target, const char *path) {
    unlink(path);
    cr_assert_eq(symlink(target, path), 0);
}

/* Where releases stand side by side, a link to the newest is what changes. */
Test(store, a_path_that_leads_to_another_file_is_noticed) {
    char path[128], other[128];
    snprintf(path, sizeof(path), "%s/link.db", bank.directory);
    snprintf(other, sizeof(other), "%s/other.db", bank.directory);
    struct store *store = NULL, *second = NULL;
    char *error = NULL;
    link_to(bank.path, path);
    cr_assert_eq(store_open(path, STORE_READ, &store, &error), STORE_OK, "%s", error);
    cr_assert_eq(store_open(other, STORE_WRITE, &second, &error), STORE_OK, "%s", error);
    import_one("Because.");
    cr_expect_not(store_has_moved(store));
    link_to(other, path);
    cr_expect(store_has_moved(store));
    link_to(bank.path, path);
    cr_expect_not(store_has_moved(store));
    cr_assert_eq(unlink(path), 0);
    cr_expect(store_has_moved(store));
    store_close(store);
    store_close(second);
    unlink(other);
}

Test(store, ping_answers) {
    import_one("Old.");
    cr_expect_eq(store_ping(bank_read(&bank)), STORE_OK);
}

Test(store, two_stores_can_share_a_catalog) {
    struct store *other;
    char *error = NULL;
    import_one("Old.");
    bank_read(&bank);
    cr_assert_eq(store_open(bank.path, STORE_READ, &other, &error), STORE_OK);
    cr_expect_eq(store_pin(other, bank.catalog), STORE_OK);
    cr_expect_eq(store_catalog(other), bank.catalog);
    cr_expect_str_eq(catalog_revision(bank.catalog), store_revision(other));
    store_close(other);
    expect_answer("Old.");
}

Test(store, the_cache_is_bounded_before_a_bank_is_pinned) {
    struct store *reader;
    struct catalog *catalog = NULL;
    char *error = NULL;
    import_one("Old.");
    cr_assert_eq(store_open(bank.path, STORE_READ, &reader, &error), STORE_OK);
    cr_expect_eq(store_set_cache(reader, 0), STORE_OK);
    cr_expect_eq(store_load_catalog(reader, &catalog), STORE_OK);
    cr_expect_eq(store_pin(reader, catalog), STORE_OK);
    cr_expect_eq(store_ping(reader), STORE_OK);
    catalog_unref(catalog);
    store_close(reader);
}
