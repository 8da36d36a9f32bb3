#include "server/target.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct target parse(const char *raw) {
    struct target target;
    enum target_status status = target_parse(raw, &target);
    cr_assert_eq(status, TARGET_OK, "%s: %s", raw, target_status_text(status));
    return target;
}

Test(target, root_has_no_segment) {
    struct target target = parse("/");
    cr_assert_eq(target.segment_count, 0);
    cr_assert_eq(target.parameter_count, 0);
    target_free(&target);
}

Test(target, path_is_split_before_it_is_decoded) {
    struct target target = parse("/v1/a%2Fb/%C3%A9");
    cr_assert_eq(target.segment_count, 3);
    cr_assert_str_eq(target.segments[0], "v1");
    cr_assert_str_eq(target.segments[1], "a/b");
    cr_assert_str_eq(target.segments[2], "\xC3\xA9");
    target_free(&target);
}

Test(target, slash_at_the_end_is_a_segment) {
    struct target target = parse("/v1/");
    cr_assert_eq(target.segment_count, 2);
    cr_assert_str_eq(target.segments[1], "");
    target_free(&target);
}

Test(target, plus_is_a_blank_in_the_query_only) {
    struct target target = parse("/a+b?c+d=e+f%2B");
    cr_assert_str_eq(target.segments[0], "a+b");
    cr_assert_str_eq(target.parameters[0].name, "c d");
    cr_assert_str_eq(target.parameters[0].value, "e f+");
    target_free(&target);
}

Test(target, parameters_keep_their_order_and_empty_pairs_are_dropped) {
    struct target target = parse("/?b=1&&a&b=x=y&");
    cr_assert_eq(target.parameter_count, 3);
    cr_assert_str_eq(target.parameters[0].name, "b");
    cr_assert_str_eq(target.parameters[0].value, "1");
    cr_assert_str_eq(target.parameters[1].name, "a");
    cr_assert_str_eq(target.parameters[1].value, "");
    cr_assert_str_eq(target.parameters[2].value, "x=y");
    target_free(&target);
}

Test(target, names_and_values_may_be_empty) {
    struct target target = parse("/?=1&a=&=");
    cr_assert_eq(target.parameter_count, 3);
    cr_assert_str_eq(target.parameters[0].name, "");
    cr_assert_str_eq(target.parameters[0].value, "1");
    cr_assert_str_eq(target.parameters[1].name, "a");
    cr_assert_str_eq(target.parameters[1].value, "");
    cr_assert_str_eq(target.parameters[2].name, "");
    target_free(&target);
    target = parse("/?");
    cr_assert_eq(target.parameter_count, 0);
    target_free(&target);
}

Test(target, many_parameters_are_read) {
    char raw[2 + 300 * sizeof("a=299&")] = "/?", *end = raw + 2;
    for (int i = 0; i < 300; i++) end += sprintf(end, "a=%d&", i);
    struct target target = parse(raw);
    cr_assert_eq(target.parameter_count, 300);
    for (int i = 0; i < 300; i++) {
        cr_expect_str_eq(target.parameters[i].name, "a");
        cr_expect_eq(atoi(target.parameters[i].value), i);
    }
    target_free(&target);
}

/* Slashes and question marks are nothing special in a query, equals signs in a path. */
Test(target, each_part_has_delimiters_of_its_own) {
    struct target target = parse("/a=b&c/d?e/f?=g/h?&i");
    cr_assert_eq(target.segment_count, 2);
    cr_assert_str_eq(target.segments[0], "a=b&c");
    cr_assert_eq(target.parameter_count, 2);
    cr_assert_str_eq(target.parameters[0].name, "e/f?");
    cr_assert_str_eq(target.parameters[0].value, "g/h?");
    cr_assert_str_eq(target.parameters[1].name, "i");
    target_free(&target);
}

Test(target, absolute_form_names_a_path) {
    struct target target = parse("http://example.org:80/livez?a=b");
    cr_assert_eq(target.segment_count, 1);
    cr_assert_str_eq(target.segments[0], "livez");
    cr_assert_eq(target.parameter_count, 1);
    target_free(&target);
    target = parse("HTTPS://example.org");
    cr_assert_eq(target.segment_count, 0);
    target_free(&target);
}

Test(target, too_many_segments_are_counted_as_one_too_many) {
    struct target target = parse("/1/2/3/4/5/6/7/8/9/10/11");
    cr_assert_eq(target.segment_count, TARGET_SEGMENTS_MAX + 1);
    target_free(&target);
}

Test(target, what_cannot_be_read_is_refused) {
    static const struct {
        const char *raw;
        enum target_status status;
    } cases[] = {
        {"", TARGET_BAD_FORM},
        {"*", TARGET_BAD_FORM},
        {"livez", TARGET_BAD_FORM},
        {"ftp://host/", TARGET_BAD_FORM},
        {"/%", TARGET_BAD_ESCAPE},
        {"/%4", TARGET_BAD_ESCAPE},
        {"/%4g", TARGET_BAD_ESCAPE},
        {"/?a=%zz", TARGET_BAD_ESCAPE},
        {"/?%", TARGET_BAD_ESCAPE},
        {"/a%00b", TARGET_NUL},
        {"/?a=b%00", TARGET_NUL},
        {"/%C3", TARGET_BAD_UTF8},
        {"/\xC3\x28", TARGET_BAD_UTF8},
        {"/?a=%C0%AF", TARGET_BAD_UTF8},       /* overlong */
        {"/?a=%E0%80%80", TARGET_BAD_UTF8},    /* overlong */
        {"/?a=%ED%A0%80", TARGET_BAD_UTF8},    /* a surrogate */
        {"/?a=%F0%8F%BF%BF", TARGET_BAD_UTF8}, /* overlong */
        {"/?a=%F4%90%80%80", TARGET_BAD_UTF8}, /* past U+10FFFF */
        {"/?a=%F5%80%80%80", TARGET_BAD_UTF8},
        {"/?a=%F0%9F%98", TARGET_BAD_UTF8}, /* cut short */
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct target target;
        cr_expect_eq(target_parse(cases[i].raw, &target), cases[i].status, "%s", cases[i].raw);
        cr_expect(target_status_text(cases[i].status)[0] != '\0');
    }
}

Test(target, every_length_of_utf8_is_read) {
    struct target target = parse("/?a=%7F&b=%C2%80&c=%E2%82%AC&d=%F0%9F%98%80&e=%F4%8F%BF%BF");
    cr_assert_str_eq(target.parameters[2].value, "\xE2\x82\xAC");
    cr_assert_str_eq(target.parameters[3].value, "\xF0\x9F\x98\x80");
    target_free(&target);
}

Test(target, build_encodes_what_is_not_unreserved) {
    struct target target = parse("/x?a+b=%C3%A9%26%0A&c~-._=1");
    char *text = target_build("/y", &target, NULL, NULL);
    cr_assert_str_eq(text, "/y?a%20b=%C3%A9%26%0A&c~-._=1");
    free(text);
    target_free(&target);
}

Test(target, build_replaces_a_parameter) {
    struct target target = parse("/x?cursor=old&a=1&cursor=older");
    char *text = target_build("/x", &target, "cursor", "new");
    cr_assert_str_eq(text, "/x?a=1&cursor=new");
    free(text);
    target_free(&target);
}

Test(target, build_without_parameters_is_the_path) {
    struct target target = parse("/x");
    char *text = target_build("/y", &target, NULL, NULL);
    cr_assert_str_eq(text, "/y");
    free(text);
    target_free(&target);
}
