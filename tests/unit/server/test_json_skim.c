#include "server/json_skim.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect_end(const char *json, const char *rest) {
    const char *end = json_skim(json);
    cr_expect_eq(strlen(end), strlen(rest), "%s: '%s', not '%s'", json, end, rest);
}

Test(json_skim, finds_the_end_of_every_kind_of_value) {
    expect_end("\"text\",1", ",1");
    expect_end("\"\":\"value\"}", ":\"value\"}");
    expect_end("\"quote \\\" and \\\\\"]", "]");
    expect_end("17,18", ",18");
    expect_end("-1.5e3]", "]");
    expect_end("true}", "}");
    expect_end("{}", "");
    expect_end("[],", ",");
}

Test(json_skim, brackets_in_strings_are_text) {
    expect_end("[\"]\",\"}\",\"\\\"]\"],1", ",1");
    expect_end("{\"a\":{\"}\":[1,[2,\"{\"]]},\"b\":\"\\\\\"}]", "]");
}
