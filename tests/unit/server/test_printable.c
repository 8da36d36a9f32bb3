#include "server/commands/printable.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect_line(const char *text, const char *expected) {
    char *line = printable_line(text);
    cr_expect_str_eq(line, expected);
    free(line);
}

Test(printable, a_line_keeps_text_as_it_is) {
    expect_line("", "");
    expect_line("a b/ö-€-😀.md", "a b/ö-€-😀.md");
}

Test(printable, a_line_escapes_what_steers_a_terminal) {
    expect_line("a\nb\tc\rd", "a\\nb\\tc\\rd");
    expect_line("\x1b[31m\x7f", "\\x1b[31m\\x7f");
    expect_line("\xc2\x9b", "\\xc2\\x9b");                                     /* C1: CSI */
    expect_line("\xe2\x80\xa8\xe2\x80\xa9", "\\xe2\\x80\\xa8\\xe2\\x80\\xa9"); /* U+2028, U+2029 */
}

Test(printable, a_line_escapes_bytes_that_are_not_utf8) {
    expect_line("a\xff", "a\\xff");
    expect_line("\xc3", "\\xc3");                            /* cut off */
    expect_line("\xc0\xaf", "\\xc0\\xaf");                   /* overlong */
    expect_line("\xed\xa0\x80", "\\xed\\xa0\\x80");          /* a surrogate */
    expect_line("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"); /* above U+10FFFF */
}

Test(printable, utf8_replaces_each_bad_byte_and_nothing_else) {
    char *text = printable_utf8("ö\n\xff\xc3.md");
    cr_expect_str_eq(text, "ö\n\uFFFD\uFFFD.md");
    free(text);
}

Test(printable, is_utf8) {
    static const char *const good[] = {"",
                                       "a",
                                       "\xc2\x80",
                                       "\xe0\xa0\x80",
                                       "\xed\x9f\xbf",
                                       "\xf0\x90\x80\x80",
                                       "\xf4\x8f\xbf\xbf"};
    static const char *const bad[] = {"\x80",     "\xc1\xbf",         "\xe0\x9f\xbf",
                                      "\xe2\x82", "\xf0\x8f\xbf\xbf", "\xf5\x80\x80\x80",
                                      "a\xfe"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        cr_expect(printable_is_utf8(good[i]), "good %zu", i);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        cr_expect_not(printable_is_utf8(bad[i]), "bad %zu", i);
}
