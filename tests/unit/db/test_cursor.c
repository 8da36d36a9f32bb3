#include <criterion/criterion.h>

#include "db/cursor.h"

Test(cursor, what_is_encoded_is_decoded) {
    static const struct cursor cursors[] = {{0, 0},
                                            {UINT64_MAX, UINT32_MAX},
                                            {0x0123456789abcdef, 0x89abcdef},
                                            {1, 1},
                                            {(uint64_t)1 << 63, (uint32_t)1 << 31}};
    for (size_t i = 0; i < sizeof(cursors) / sizeof(cursors[0]); i++) {
        char text[CURSOR_LENGTH + 1];
        struct cursor decoded = {0};
        cursor_encode(&cursors[i], text);
        cr_assert_eq(strlen(text), CURSOR_LENGTH);
        cr_assert(cursor_decode(text, &decoded), "%s", text);
        cr_expect_eq(decoded.revision, cursors[i].revision);
        cr_expect_eq(decoded.position, cursors[i].position);
    }
}

/* The bytes 01 23 45 67 89 ab cd ef 00 00 00 2a, as `basenc --base64url` writes them. */
Test(cursor, is_base64url_in_network_byte_order) {
    char text[CURSOR_LENGTH + 1];
    cursor_encode(&(struct cursor){.revision = 0x0123456789abcdef, .position = 42}, text);
    cr_assert_str_eq(text, "ASNFZ4mrze8AAAAq");
}

Test(cursor, anything_else_is_refused) {
    static const char *const malformed[] = {"",
                                            "A",
                                            "ASNFZ4mrze8AAAA",
                                            "ASNFZ4mrze8AAAAqA",
                                            "ASNFZ4mrze8AAAA=",
                                            "ASNFZ4mrze8AAA+q",
                                            "ASNFZ4mrze8AAA/q",
                                            "ASNFZ4mrze8AAA q",
                                            "ASNFZ4mrze8AAA\xc3\xa4"};
    for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
        struct cursor decoded = {7, 7};
        cr_expect_not(cursor_decode(malformed[i], &decoded), "%s", malformed[i]);
        cr_expect_eq(decoded.revision, 7);
        cr_expect_eq(decoded.position, 7);
    }
}
