#include "tests/lib/examples.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/temporary.h"

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

unsigned examples_run(const char *path,
                      void (*run)(void *context, const char *markdown, const char *expected),
                      void *context) {
    char *page = temporary_read(path);
    const char *at = page;
    unsigned count = 0;
    for (char *markdown; (markdown = next_block(&at, "\n````markdown\n")) != NULL; count++) {
        char *expected = next_block(&at, "\n````text\n");
        cr_assert(expected != NULL);
        run(context, markdown, expected);
        free(markdown);
        free(expected);
    }
    free(page);
    return count;
}
