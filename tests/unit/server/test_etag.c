#include <criterion/criterion.h>
#include <string.h>

#include "server/etag.h"

Test(etag, is_made_of_the_bytes) {
    char one[ETAG_SIZE], same[ETAG_SIZE], other[ETAG_SIZE];
    etag_make("body", 4, one);
    etag_make("body", 4, same);
    etag_make("bodx", 4, other);
    cr_expect_str_eq(one, same);
    cr_expect_str_neq(one, other);
    cr_expect_eq(strlen(one), ETAG_SIZE - 1);
    cr_expect_eq(strspn(one + 1, "0123456789abcdef"), ETAG_SIZE - 3, "%s", one);
    cr_expect_eq(one[0], '"');
    cr_expect_eq(one[ETAG_SIZE - 2], '"');
}

Test(etag, is_named_by_lists_that_hold_it) {
    static const char *const lists[] = {"\"a\"",           "W/\"a\"", "*",        " \"b\", \"a\"",
                                        "\"b\",W/\"a\",x", ",\"a\"",  "\"a\" , ", "\"x,y\", \"a\""};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        cr_expect(etag_matches(lists[i], "\"a\""), "%s", lists[i]);
}

Test(etag, is_not_named_by_anything_else) {
    static const char *const lists[] = {"",    "a",   "\"b\"",    "\"aa\"",
                                        "\"a", "W/a", "x, \"a\"", "\"*\""};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        cr_expect_not(etag_matches(lists[i], "\"a\""), "%s", lists[i]);
    cr_expect_not(etag_matches(NULL, "\"a\""));
}

Test(etag, an_answer_without_a_tag_is_never_named) {
    cr_expect_not(etag_matches("*", ""));
    cr_expect_not(etag_matches("\"\"", ""));
}

/* RFC 9110, section 13.1.1: weak tags are never strongly equal. */
Test(etag, if_match_compares_strongly) {
    static const char *const held[] = {"\"a\"", "*", "\"b\", \"a\"", "W/\"a\", \"a\""};
    for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++)
        cr_expect(etag_holds(held[i], "\"a\""), "%s", held[i]);
    static const char *const failed[] = {"W/\"a\"", "\"b\"", "", "a", "\"aa\", W/\"a\""};
    for (size_t i = 0; i < sizeof(failed) / sizeof(failed[0]); i++)
        cr_expect_not(etag_holds(failed[i], "\"a\""), "%s", failed[i]);
}

Test(etag, if_match_holds_where_it_is_absent_or_asks_for_any_answer) {
    cr_expect(etag_holds(NULL, "\"a\""));
    cr_expect(etag_holds(NULL, ""));
    cr_expect(etag_holds("*", ""));
    cr_expect_not(etag_holds("\"a\"", ""));
}
