#include <criterion/criterion.h>
#include <string.h>

#include "db/cursor.h"

static const char longest[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

Test(cursor, what_is_encoded_is_decoded) {
    static const struct cursor cursors[] = {
        {0, 0, 0, ""},
        {UINT64_MAX, UINT64_C(0xffffffffffff), UINT32_MAX, longest},
        {0x0123456789abcdef, 0x0123456789ab, 0x89abcdef, "7"},
        {1, 1, 1, ""},
        {(uint64_t)1 << 63, (uint64_t)1 << 47, (uint32_t)1 << 31, "-_"}};
    cr_assert_eq(strlen(longest), CURSOR_SEED_MAX);
    for (size_t i = 0; i < sizeof(cursors) / sizeof(cursors[0]); i++) {
        char text[CURSOR_MAX + 1];
        struct cursor decoded = {0};
        cursor_encode(&cursors[i], text);
        cr_assert_eq(strlen(text), CURSOR_LENGTH + strlen(cursors[i].seed));
        cr_assert(cursor_decode(text, &decoded), "%s", text);
        cr_expect_eq(decoded.revision, cursors[i].revision);
        cr_expect_eq(decoded.list, cursors[i].list);
        cr_expect_eq(decoded.place, cursors[i].place);
        cr_expect_str_eq(decoded.seed, cursors[i].seed);
    }
}

/* The bytes 01 23 45 67 89 ab cd ef fe dc ba 98 76 54 00 00 00 2a, as `basenc --base64url` writes
 * them. */
Test(cursor, is_base64url_in_network_byte_order) {
    char text[CURSOR_MAX + 1];
    cursor_encode(
        &(struct cursor){
            .revision = 0x0123456789abcdef, .list = 0xfedcba987654, .place = 42, .seed = ""},
        text);
    cr_assert_str_eq(text, "ASNFZ4mrze_-3LqYdlQAAAAq");
}

static void expect_refused(const char *text) {
    struct cursor decoded = {7, 7, 7, "seven"};
    cr_expect_not(cursor_decode(text, &decoded), "%s", text);
    cr_expect_eq(decoded.revision, 7);
    cr_expect_eq(decoded.list, 7);
    cr_expect_eq(decoded.place, 7);
    cr_expect_str_eq(decoded.seed, "seven");
}

Test(cursor, anything_else_is_refused) {
    static const char *const malformed[] = {"",
                                            "A",
                                            "ASNFZ4mrze_-3LqYdlQAAAA",
                                            "ASNFZ4mrze_-3LqYdlQAAAA=",
                                            "ASNFZ4mrze_-3LqYdlQAAA+q",
                                            "ASNFZ4mrze_-3LqYdlQAAA/q",
                                            "ASNFZ4mrze_-3LqYdlQAAA q",
                                            "ASNFZ4mrze_-3LqYdlQAAAAq.",
                                            "ASNFZ4mrze_-3LqYdlQAAAAqseed seed",
                                            "ASNFZ4mrze_-3LqYdlQAAAäAA"};
    for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++)
        expect_refused(malformed[i]);
    char text[CURSOR_MAX + 2] = "ASNFZ4mrze_-3LqYdlQAAAAq";
    strcat(strcat(text, longest), "x");
    expect_refused(text);
}
