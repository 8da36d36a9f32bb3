#include "content/url.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

Test(url, only_schemes_of_the_list_are_safe) {
    static const char *const safe[] = {"",          "a",          "/a:b",      "?a:b",
                                       "#a:b",      "a/b:c",      "//host/a",  "http://a",
                                       "HTTPS://a", "mailto:a@b", "a%20b/c:d", "100%"};
    static const char *const unsafe[] = {"javascript:a",
                                         "JAVASCRIPT:a",
                                         " javascript:a",
                                         "java\tscript:a",
                                         "\x01javascript:a",
                                         "javascript%3Aa",
                                         "%6aavascript:a",
                                         "data:a",
                                         "vbscript:a",
                                         "file:///a",
                                         "java\u200bscript:a",
                                         "a:b",
                                         ":a",
                                         "%00javascript:a"};
    for (size_t i = 0; i < sizeof(safe) / sizeof(safe[0]); i++)
        cr_expect(url_is_safe(safe[i], strlen(safe[i])), "%s", safe[i]);
    for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++)
        cr_expect(not(url_is_safe(unsafe[i], strlen(unsafe[i]))), "%s", unsafe[i]);
}

Test(url, the_web_is_complete_http) {
    cr_expect(url_is_web("http://a", 8));
    cr_expect(url_is_web("HTTPS://a", 9));
    cr_expect(not(url_is_web("https://", 8)));
    cr_expect(not(url_is_web("//a", 3)));
    cr_expect(not(url_is_web("mailto:a@b", 10)));
}

Test(url, what_has_no_place_in_a_url_is_encoded) {
    struct buffer out = {0};
    url_append(&out, "a b\"é%20(|)", strlen("a b\"é%20(|)"), "(");
    cr_expect(eq(str, out.data, "a%20b%22%C3%A9%20%28%7C)"));
    buffer_free(&out);
}
