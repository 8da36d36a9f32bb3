#include "content/fingerprint.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "tests/lib/dump.h"

static struct fingerprint of(const char *markdown, const char *title) {
    return fingerprint_source(markdown, strlen(markdown), title);
}

static bool same(struct fingerprint a, struct fingerprint b) {
    return memcmp(&a, &b, sizeof(a)) == 0;
}

Test(fingerprint, tells_whatever_a_document_is_made_of) {
    struct fingerprint none = {0};
    cr_expect(same(of("text", "title"), of("text", "title")));
    cr_expect_not(same(of("text", "title"), of("text\n", "title")));
    cr_expect_not(same(of("text", "title"), of("text", "other")));
    cr_expect_not(same(of("etext", "titl"), of("text", "title")));
    cr_expect(fingerprint_is_none(&none));
    none = of("", "");
    cr_expect_not(fingerprint_is_none(&none));
}

static void hash_file(XXH3_state_t *state, const char *path) {
    FILE *file = fopen(path, "r");
    cr_assert(file != NULL, "%s cannot be read: run the tests from the project's root", path);
    char *markdown = NULL;
    size_t capacity = 0;
    ssize_t size = getdelim(&markdown, &capacity, '\0', file);
    cr_assert_gt(size, 0);
    fclose(file);
    char *dump = dump_markdown(markdown, (size_t)size);
    XXH3_64bits_update(state, dump, strlen(dump));
    free(dump);
    free(markdown);
}

/* An import believes what an earlier one remembers of an unchanged source. */
Test(fingerprint, has_a_new_version_when_the_parser_gives_something_else) {
    static const uint64_t expected = 0x16456b7e843e70bc; /* of PARSER_VERSION 4 */
    XXH3_state_t *state = XXH3_createState();
    XXH3_64bits_reset(state);
    for (int i = 0; i <= 14; i++) {
        char path[64];
        snprintf(path, sizeof(path), "tests/fuzz/corpus/parse/format-%02d.md", i);
        hash_file(state, path);
    }
    uint64_t hash = XXH3_64bits_digest(state);
    XXH3_freeState(state);
    cr_expect_eq(hash, expected,
                 "the parser gives something else for the kept inputs: raise PARSER_VERSION, or "
                 "databases keep what the old one gave; then write 0x%016" PRIx64 " here",
                 hash);
}
