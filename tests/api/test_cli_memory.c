/* What an import takes in memory: bounded, however large the bank. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "tests/lib/process.h"
#include "tests/lib/temporary.h"

#ifdef __SANITIZE_ADDRESS__
#define IS_SANITIZED true
#elif defined(__has_feature)
#define IS_SANITIZED __has_feature(address_sanitizer)
#else
#define IS_SANITIZED false
#endif

/* 64 MiB of Markdown, in few words, so that it is quick; less than that has to do. */
enum { SOURCES = 64, SOURCE_SIZE = 1 << 20, RESIDENT_MAX = SOURCES * SOURCE_SIZE };

static char *root;

static void set_up(void) {
    root = temporary_create();
}

static void tear_down(void) {
    temporary_remove(root);
}

TestSuite(cli_memory, .init = set_up, .fini = tear_down);

/* One question whose answer is one block of code. */
static void write_source(int number) {
    static char text[SOURCE_SIZE];
    char name[32];
    snprintf(name, sizeof(name), "bank/%02d.md", number);
    size_t size = (size_t)snprintf(text, sizeof(text), "# [E] What is %d?\n\n```\n", number);
    memset(text + size, 'x', sizeof(text) - size);
    for (size_t at = size + 999; at < sizeof(text); at += 1000) text[at] = '\n';
    memcpy(text + sizeof(text) - 5, "\n```", 5);
    free(temporary_write(root, name, text));
}

/* Of the largest of the children of this test. */
static long resident_max(void) {
    struct rusage usage;
    cr_assert_eq(getrusage(RUSAGE_CHILDREN, &usage), 0);
    return usage.ru_maxrss * 1024;
}

Test(cli_memory, of_an_import_does_not_grow_with_the_bank) {
    if (IS_SANITIZED) cr_skip_test("the sanitizer keeps what was freed");
    for (int i = 0; i < SOURCES; i++) write_source(i);
    char *database = temporary_path(root, "qbank.db"), *bank = temporary_path(root, "bank");
    struct process_result result = process_qbank("import", "--db", database, bank);
    cr_expect_eq(result.status, 0, "%s", result.err);
    cr_expect_eq(strncmp(result.out, "64 sources, 64 questions", 24), 0, "%s", result.out);
    cr_expect_lt(resident_max(), RESIDENT_MAX, "%ld KiB", resident_max() / 1024);
    process_result_free(&result);
    free(database);
    free(bank);
}
