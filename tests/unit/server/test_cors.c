#include "server/cors.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *allowed[] = {"https://quiz.example", "http://localhost:3000"};
static const struct cors list = {allowed, 2}, any = {0}, none = {allowed, 0};

Test(cors, any_origin_may_read_unless_there_is_a_list) {
    cr_expect_eq(cors_find(&any, "https://quiz.example"), 0);
    cr_expect_str_eq(cors_allowed_origin(&any, 0), "*");
    cr_expect_not(cors_varies(&any));
}

Test(cors, those_of_the_list_may_read) {
    cr_expect_eq(cors_find(&list, "http://localhost:3000"), 2);
    cr_expect_str_eq(cors_allowed_origin(&list, 2), "http://localhost:3000");
    cr_expect_str_eq(cors_allowed_origin(&list, 1), "https://quiz.example");
    cr_expect(cors_varies(&list));
}

Test(cors, others_may_not) {
    static const char *const others[] = {"https://quiz.example.org",
                                         "http://quiz.example",
                                         "null",
                                         "https://quiz.example:8443",
                                         "*",
                                         "",
                                         "https://QUIZ.example"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        cr_expect_eq(cors_find(&list, others[i]), 0, "%s", others[i]);
    cr_expect_eq(cors_find(&list, NULL), 0);
    cr_expect_null(cors_allowed_origin(&list, 0));
}

Test(cors, an_empty_list_is_nobody) {
    cr_expect_eq(cors_find(&none, "https://quiz.example"), 0);
    cr_expect_null(cors_allowed_origin(&none, 0));
    cr_expect_not(cors_varies(&none));
}

Test(cors, origins_are_written_as_browsers_write_them) {
    static const char *const right[] = {
        "https://quiz.example",      "http://localhost:3000",  "http://127.0.0.1:8080",
        "http://[::1]:5173",         "http://a:443",           "https://a:80",
        "chrome-extension://abcdef", "https://a-b.c_d.example"};
    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
        cr_expect(cors_origin_is_valid(right[i]), "%s", right[i]);
    static const char *const wrong[] = {"",
                                        "*",
                                        "null",
                                        "quiz.example",
                                        "https://",
                                        "https://a/",
                                        "https://a/b",
                                        "https://A",
                                        "https://a:",
                                        "https://a:x",
                                        "https:/a",
                                        "https://[]",
                                        "https://[::1",
                                        "https://user@a",
                                        "https://a b",
                                        "https://a,",
                                        "https://*.a",
                                        "https://a:123456",
                                        "https://a:443",
                                        "http://[::1]:80",
                                        "https://a:08443",
                                        "https://a\r\nX: y"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        cr_expect_not(cors_origin_is_valid(wrong[i]), "%s", wrong[i]);
    char longest[300] = "https://";
    memset(longest + 8, 'a', sizeof(longest) - 9);
    cr_expect_not(cors_origin_is_valid(longest));
}
