#include "server/names.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char *const colours[] = {"red", "green", "blue", NULL};

static enum problem read(const char *query, unsigned *ret_mask, struct response *response) {
    char target[128];
    struct request request = {0};
    snprintf(target, sizeof(target), "/?%s", query);
    cr_assert_eq(target_parse(target, &request.target), TARGET_OK);
    enum problem problem = names_read(&request, response, "colour", colours, ret_mask);
    target_free(&request.target);
    return problem;
}

static void expect_mask(const char *query, unsigned expected) {
    unsigned mask = 99;
    struct response response = {0};
    cr_expect_eq(read(query, &mask, &response), PROBLEM_NONE, "%s", query);
    cr_expect_eq(mask, expected, "%s: %u", query, mask);
    response_free(&response);
}

Test(names, commas_and_repetition_mean_the_same) {
    expect_mask("", 0);
    expect_mask("other=red", 0);
    expect_mask("colour=red", 1);
    expect_mask("colour=blue,red", 5);
    expect_mask("colour=blue&other=x&colour=red", 5);
    expect_mask("colour=green,green&colour=green", 2);
}

static void expect_refused(const char *query) {
    unsigned mask = 99;
    struct response response = {0};
    cr_expect_eq(read(query, &mask, &response), PROBLEM_INVALID_PARAMETER, "%s", query);
    cr_expect_eq(mask, 99);
    cr_expect_str_eq(response.parameter, "colour");
    cr_expect_not_null(strstr(response.detail, " of red, green, blue."), "%s", response.detail);
    response_free(&response);
}

Test(names, anything_else_is_refused_with_the_names_there_are) {
    expect_refused("colour=");
    expect_refused("colour=re");
    expect_refused("colour=reds");
    expect_refused("colour=Red");
    expect_refused("colour=red,");
    expect_refused("colour=,red");
    expect_refused("colour=red,%20blue");
    expect_refused("colour=red&colour=yellow");
}
