/* Executes the examples of content/FORMAT.md and tests/data/dialects.md: each ````markdown block is
 * parsed and compared with the ````text block behind it. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/dump.h"
#include "tests/lib/examples.h"

static void run_example(void *context, const char *markdown, const char *expected) {
    (void)context;
    char *actual = dump_markdown(markdown, strlen(markdown));
    cr_expect(strcmp(actual, expected) == 0, "---- example:\n%s---- expected:\n%s---- is:\n%s",
              markdown, expected, actual);
    free(actual);
}

Test(format, every_example_of_the_documentation_gives_what_it_says) {
    cr_assert(eq(uint, examples_run("content/FORMAT.md", run_example, NULL), 17));
}

Test(format, every_regression_gives_what_it_says) {
    cr_assert(eq(uint, examples_run("tests/data/dialects.md", run_example, NULL), 94));
}
