/* Executes the examples of content/FORMAT.md and tests/data/dialects.md: each ````markdown block is
 * parsed and compared with the ````text block behind it. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/dump.h"

static char *read_file(const char *path) {
    FILE *file = fopen(path, "r");
    cr_assert(file != NULL, "%s cannot be read: run the tests from the project's root", path);
    char *text = NULL;
    size_t size = 0;
    cr_assert(getdelim(&text, &size, '\0', file) > 0);
    fclose(file);
    return text;
}

/* The inside of the next block with this info string, or NULL; *at moves behind it. */
static char *next_block(const char **at, const char *opening) {
    const char *begin = strstr(*at, opening);
    if (begin == NULL) return NULL;
    begin += strlen(opening);
    const char *end = strstr(begin, "\n````\n");
    cr_assert(end != NULL, "a block is not closed");
    *at = end + 5;
    return strndup(begin, (size_t)(end + 1 - begin));
}

/* Returns how many examples there are. */
static unsigned run_examples(const char *path) {
    char *format = read_file(path);
    const char *at = format;
    unsigned examples = 0;
    for (char *markdown; (markdown = next_block(&at, "\n````markdown\n")) != NULL; examples++) {
        char *expected = next_block(&at, "\n````text\n");
        cr_assert(expected != NULL);
        char *actual = dump_markdown(markdown, strlen(markdown));
        cr_expect(strcmp(actual, expected) == 0, "---- example:\n%s---- expected:\n%s---- is:\n%s",
                  markdown, expected, actual);
        free(markdown);
        free(expected);
        free(actual);
    }
    free(format);
    return examples;
}

Test(format, every_example_of_the_documentation_gives_what_it_says) {
    cr_assert(eq(uint, run_examples("content/FORMAT.md"), 15));
}

Test(format, every_regression_gives_what_it_says) {
    cr_assert(eq(uint, run_examples("tests/data/dialects.md"), 49));
}
