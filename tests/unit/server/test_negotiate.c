#include <criterion/criterion.h>

#include "server/negotiate.h"

struct media_case {
    const char *accept;
    enum media expected;
};

struct coding_case {
    const char *accept_encoding;
    enum coding expected;
};

static void expect_media(const struct media_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        cr_expect_eq(negotiate_media(cases[i].accept), cases[i].expected, "Accept: %s",
                     cases[i].accept != NULL ? cases[i].accept : "(absent)");
    }
}

static void expect_coding(const struct coding_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *field = cases[i].accept_encoding;
        cr_expect_eq(negotiate_coding(field), cases[i].expected, "Accept-Encoding: %s",
                     field != NULL ? field : "(absent)");
    }
}

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

Test(negotiate, sends_json_to_who_has_no_preference) {
    static const struct media_case cases[] = {
        {NULL, MEDIA_JSON},
        {"", MEDIA_JSON},
        {"*/*", MEDIA_JSON},
        {"application/*", MEDIA_JSON},
        {"application/json", MEDIA_JSON},
        {"application/json, text/plain, */*", MEDIA_JSON},
    };
    expect_media(cases, LENGTH(cases));
}

Test(negotiate, sends_the_type_that_is_named) {
    static const struct media_case cases[] = {
        {"text/plain", MEDIA_TEXT},
        {"TEXT/Plain", MEDIA_TEXT},
        {"text/plain;charset=utf-8", MEDIA_TEXT},
        {"text/markdown", MEDIA_MARKDOWN},
        {"text/*", MEDIA_TEXT},
        {"text/plain, */*;q=0.1", MEDIA_TEXT},
        {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", MEDIA_HTML},
        {" ,,\ttext/html , ", MEDIA_HTML},
        {"text/html;level=\"1,2;q=0\"", MEDIA_HTML},
    };
    expect_media(cases, LENGTH(cases));
}

Test(negotiate, weighs_types) {
    static const struct media_case cases[] = {
        {"application/json;q=0.5, text/html;q=0.7", MEDIA_HTML},
        {"application/json;q=0.7, text/html;q=0.5", MEDIA_JSON},
        {"text/html;q=0.501, text/markdown;q=0.502", MEDIA_MARKDOWN},
        {"text/html; level=1 ; Q=0.2 , text/plain ; q=0.1", MEDIA_HTML},
        {"application/json;q=0, */*", MEDIA_TEXT},
        {"*/*;q=1, application/json;q=0, text/*;q=0, text/html;q=0.001", MEDIA_HTML},
    };
    expect_media(cases, LENGTH(cases));
}

Test(negotiate, sends_json_where_nothing_that_it_has_is_wanted) {
    static const struct media_case cases[] = {
        {"image/png", MEDIA_JSON},    {"application/json;q=0", MEDIA_JSON},
        {"text/plainer", MEDIA_JSON}, {"text", MEDIA_JSON},
        {";q=1", MEDIA_JSON},
    };
    expect_media(cases, LENGTH(cases));
}

Test(negotiate, passes_over_members_whose_weight_is_none) {
    static const struct media_case cases[] = {
        {"text/html;q=2", MEDIA_JSON},
        {"text/html;q=", MEDIA_JSON},
        {"text/html;q=1.001", MEDIA_JSON},
        {"text/html;q=0.1234", MEDIA_JSON},
        {"text/html;q=-1", MEDIA_JSON},
        {"text/html;q=0,5", MEDIA_JSON},
        {"text/html;q=x, text/plain", MEDIA_TEXT},
    };
    expect_media(cases, LENGTH(cases));
}

Test(negotiate, sends_no_coding_unasked) {
    static const struct coding_case cases[] = {
        {NULL, CODING_IDENTITY},           {"", CODING_IDENTITY},
        {"identity", CODING_IDENTITY},     {"deflate", CODING_IDENTITY},
        {"gzip;q=0", CODING_IDENTITY},     {"gzip;q=0, *;q=0", CODING_IDENTITY},
        {"identity;q=0", CODING_IDENTITY}, {"gzip;q=0.5, identity", CODING_IDENTITY},
    };
    expect_coding(cases, LENGTH(cases));
}

Test(negotiate, sends_the_coding_that_is_wanted_most) {
    static const struct coding_case cases[] = {
        {"gzip", CODING_GZIP},
        {"x-gzip", CODING_GZIP},
        {"GZIP", CODING_GZIP},
        {"gzip, deflate", CODING_GZIP},
        {"gzip, deflate, br, zstd", CODING_BROTLI},
        {"gzip, zstd", CODING_ZSTD},
        {"br;q=0.1, gzip;q=0.2", CODING_GZIP},
        {"gzip;q=0.001", CODING_GZIP},
        {"*", CODING_BROTLI},
        {"br;q=0, *", CODING_ZSTD},
        {"identity;q=0.1, *;q=0.2", CODING_BROTLI},
        {"identity;q=0, zstd;q=0.1", CODING_ZSTD},
    };
    expect_coding(cases, LENGTH(cases));
}

Test(negotiate, names_codings_as_content_encoding_does) {
    cr_expect_str_eq(coding_name(CODING_BROTLI), "br");
    cr_expect_str_eq(coding_name(CODING_ZSTD), "zstd");
    cr_expect_str_eq(coding_name(CODING_GZIP), "gzip");
    cr_expect_null(coding_name(CODING_IDENTITY));
}
