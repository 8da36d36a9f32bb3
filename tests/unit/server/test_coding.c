#include "server/coding.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/decode.h"

enum { SIZE = 60000 };

static const enum coding codings[] = {CODING_GZIP, CODING_BROTLI, CODING_ZSTD};
static const enum coding_effort efforts[] = {CODING_ONCE, CODING_KEPT};

/* Text that repeats itself, but not at once. */
static char *make_text(void) {
    char *text = malloc(SIZE + 1);
    for (int i = 0; i < SIZE; i++) text[i] = (char)('a' + (unsigned)i * (unsigned)i / 7 % 23);
    text[SIZE] = '\0';
    return text;
}

static void expect_round_trip(enum coding coding, enum coding_effort effort, const char *text) {
    size_t size = 0, again_size = 0;
    void *coded = coding_encode(coding, effort, text, strlen(text), &size);
    void *again = coding_encode(coding, effort, text, strlen(text), &again_size);
    cr_assert(coded != NULL && again != NULL);
    cr_expect_lt(size, strlen(text));
    cr_assert_eq(size, again_size);
    cr_expect_arr_eq(coded, again, size, "an entity tag must stand for the same bytes");
    char *decoded = decode(coding_name(coding), coded, size);
    cr_expect_str_eq(decoded, text);
    free(decoded);
    free(again);
    free(coded);
}

Test(coding, what_was_coded_decodes_to_what_it_was) {
    char *text = make_text();
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 2; j++) expect_round_trip(codings[i], efforts[j], text);
    }
    free(text);
}

Test(coding, more_work_makes_smaller_bodies) {
    char *text = make_text();
    for (size_t i = 0; i < 3; i++) {
        size_t once = 0, kept = 0;
        free(coding_encode(codings[i], CODING_ONCE, text, SIZE, &once));
        free(coding_encode(codings[i], CODING_KEPT, text, SIZE, &kept));
        cr_expect_leq(kept, once, "%s", coding_name(codings[i]));
    }
    free(text);
}

Test(coding, what_would_grow_is_left_alone) {
    unsigned char noise[256];
    for (int i = 0; i < 256; i++) noise[i] = (unsigned char)(i * 167 + 13);
    for (size_t i = 0; i < 3; i++) {
        size_t size = 7;
        cr_expect_null(coding_encode(codings[i], CODING_KEPT, noise, sizeof(noise), &size));
        cr_expect_null(coding_encode(codings[i], CODING_KEPT, "", 0, &size));
        cr_expect_eq(size, 7);
    }
}

Test(coding, nothing_is_coded_as_identity) {
    char *text = make_text();
    size_t size;
    cr_expect_null(coding_encode(CODING_IDENTITY, CODING_KEPT, text, SIZE, &size));
    free(text);
}

Test(coding, small_bodies_are_not_worth_it) {
    cr_expect_not(coding_is_worth(1023, CODING_KEPT));
    cr_expect(coding_is_worth(1024, CODING_KEPT));
    cr_expect_not(coding_is_worth(4095, CODING_ONCE));
    cr_expect(coding_is_worth(4096, CODING_ONCE));
}
