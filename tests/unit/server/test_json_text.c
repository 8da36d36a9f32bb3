/* What is written by hand must read as what jansson would have written, byte for byte. */
#include "server/json_text.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>

static char *encode(const char *string) {
    struct json_text text = {0};
    json_text_string(&text, string);
    json_text_append(&text, "", 1); /* a NUL for the tests */
    size_t size;
    return json_text_steal(&text, &size);
}

static void expect_as_jansson(const char *string) {
    json_t *json = json_string(string);
    cr_assert_not_null(json, "%s", string);
    char *expected = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY), *actual = encode(string);
    cr_assert_not_null(actual, "%s", string);
    cr_expect_str_eq(actual, expected);
    free(actual);
    free(expected);
    json_decref(json);
}

Test(json_text, strings_are_written_as_jansson_does) {
    static const char *const strings[] = {
        "",
        "plain",
        "exactly8",
        "sixteen letters.",
        "\"quotes\" and \\backslashes\\",
        "a/b </script>",
        "tab\there\r\nfeed\f\b",
        "Zürich, 東京, 🦉, \u2028",
        "12345678é",
        "1234567é8",
        "\x7f",
        "$\\frac{a}{b}$ | `x == \"y\"`",
    };
    for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) expect_as_jansson(strings[i]);
}

/* Every byte of ASCII at every place of a word and of what is left behind it. */
Test(json_text, every_character_at_every_place) {
    for (int byte = 1; byte < 0x80; byte++) {
        for (size_t place = 0; place < 19; place++) {
            char string[] = "abcdefghijklmnopqrs";
            string[place] = (char)byte;
            expect_as_jansson(string);
        }
    }
}

Test(json_text, every_length_of_utf8_sequence_at_every_place) {
    static const char *const sequences[] = {"\xC2\x80", "\u07ff",     "\u0800",
                                            "\uffff",   "\U00010000", "\U0010ffff"};
    for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++) {
        for (int place = 0; place < 19; place++) {
            char string[64];
            snprintf(string, sizeof(string), "%.*s%s\"", place, "abcdefghijklmnopqrs",
                     sequences[i]);
            expect_as_jansson(string);
        }
    }
}

Test(json_text, what_is_not_utf8_fails_as_a_whole) {
    static const char *const strings[] = {"\x80",         "a\xC3",        "\xC3(",
                                          "\xC0\xAF",     "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                          "12345678\xFF", "\xE2\x82"};
    for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) {
        cr_expect_null(json_string(strings[i]), "string %zu", i);
        cr_expect_null(encode(strings[i]), "string %zu", i);
    }
}

Test(json_text, numbers) {
    struct json_text text = {0};
    json_text_number(&text, 0);
    json_text_literal(&text, " ");
    json_text_number(&text, 1234567890);
    json_text_literal(&text, " ");
    json_text_number(&text, UINT64_MAX);
    size_t size;
    char *written = json_text_steal(&text, &size);
    cr_assert_arr_eq(written, "0 1234567890 18446744073709551615", size);
    free(written);
}

Test(json_text, grows_as_far_as_it_must) {
    enum { COUNT = 100000 };
    struct json_text text = {0};
    for (int i = 0; i < COUNT; i++) json_text_literal(&text, "abc");
    size_t size;
    char *written = json_text_steal(&text, &size);
    cr_assert_eq(size, 3 * COUNT);
    for (size_t i = 0; i < size; i++) cr_assert_eq(written[i], "abc"[i % 3]);
    free(written);
    cr_assert_null(text.data);
}

Test(json_text, room_that_was_asked_for_is_enough) {
    struct json_text text = {0};
    cr_assert(json_text_reserve(&text, 5000));
    const char *data = text.data;
    size_t capacity = text.capacity;
    cr_assert_geq(capacity, 5000);
    cr_assert(json_text_reserve(&text, 100));
    for (int i = 0; i < 500; i++) json_text_literal(&text, "0123456789");
    cr_assert_eq(text.data, data);
    cr_assert_eq(text.capacity, capacity);
    json_text_free(&text);
}

Test(json_text, trimming_gives_back_what_is_much) {
    struct json_text text = {0};
    json_text_trim(&text);
    cr_assert(json_text_reserve(&text, 5000));
    json_text_trim(&text);
    json_text_literal(&text, "abc");
    json_text_trim(&text);
    cr_assert_eq(text.capacity, 3);
    json_text_literal(&text, "def");
    cr_assert_eq(text.size, 6);
    cr_assert_arr_eq(text.data, "abcdef", 6);
    size_t capacity = text.capacity = 7;
    json_text_trim(&text);
    cr_assert_eq(text.capacity, capacity, "little is not worth a call");
    json_text_free(&text);
}

Test(json_text, a_failure_is_kept_until_the_end) {
    struct json_text text = {0};
    json_text_literal(&text, "begun");
    text.failed = true;
    json_text_string(&text, "and on");
    size_t size = 7;
    cr_assert_not(json_text_reserve(&text, 1 << 20));
    cr_assert_null(json_text_steal(&text, &size));
    cr_assert_eq(size, 7);
    cr_assert_null(text.data);
    json_text_free(&text);
}
