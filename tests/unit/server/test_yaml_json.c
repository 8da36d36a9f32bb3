#include "server/yaml_json.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect(const char *yaml, const char *wanted) {
    json_t *actual = yaml_json_read(yaml, strlen(yaml));
    json_t *expected = json_loads(wanted, JSON_DECODE_ANY, NULL);
    cr_assert_not_null(expected, "%s", wanted);
    cr_assert_not_null(actual, "%s", yaml);
    cr_expect(json_equal(actual, expected), "%s is not %s", yaml, wanted);
    json_decref(expected);
    json_decref(actual);
}

Test(yaml_json, plain_scalars_have_the_types_of_json) {
    expect("[0, -12, 1.5, 1e3, true, false, null]", "[0, -12, 1.5, 1000.0, true, false, null]");
    expect("[3.1.0, 1.0.0-rc, ~, yes, True, 0x1F, 007, -, tab, .5]",
           "[\"3.1.0\", \"1.0.0-rc\", \"~\", \"yes\", \"True\", \"0x1F\", \"007\", \"-\", \"tab\", "
           "\".5\"]");
    expect("[12 apes, true story, 1 # comment\n]", "[\"12 apes\", \"true story\", 1]");
}

Test(yaml_json, quoted_and_block_scalars_are_strings) {
    expect("['1', \"true\", 'null']", "[\"1\", \"true\", \"null\"]");
    expect("a: |\n  1\n  2\nb: >-\n  1\n  2\n", "{\"a\": \"1\\n2\\n\", \"b\": \"1 2\"}");
}

Test(yaml_json, collections_nest) {
    expect("a:\n  - b: [1, {c: d}]\n  - {}\n  - []\n",
           "{\"a\": [{\"b\": [1, {\"c\": \"d\"}]}, {}, []]}");
    expect("base: &base {x: 1}\nsame: *base\n", "{\"base\": {\"x\": 1}, \"same\": {\"x\": 1}}");
}

Test(yaml_json, keys_are_strings_and_keep_their_order) {
    json_t *json = yaml_json_read("200: b\ntrue: a\n", 15);
    char *text = json_dumps(json, JSON_COMPACT);
    cr_assert_str_eq(text, "{\"200\":\"b\",\"true\":\"a\"}");
    free(text);
    json_decref(json);
}

Test(yaml_json, what_is_no_json_is_refused) {
    static const char *const wrong[] = {"",           "a: [",  "a: 1\na: 2", "? [1]\n: 2",
                                        "a: &a [*a]", "\t- a", "a: *b",      "\"\\xZZ\""};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        cr_expect_null(yaml_json_read(wrong[i], strlen(wrong[i])), "%s", wrong[i]);
    }
}
