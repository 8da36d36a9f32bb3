#include "db/context.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect_round_trip(char **levels, size_t count, const char *text, const char *ends) {
    struct question question = {.context = levels, .context_count = count};
    struct context context = context_join(&question);
    cr_expect_str_eq(context.text, text);
    cr_expect_str_eq(context.ends, ends);
    size_t split_count;
    char **split = context_split(context.text, context.ends, &split_count);
    cr_assert_eq(split_count, count);
    for (size_t i = 0; i < count; i++) cr_expect_str_eq(split[i], levels[i]);
    free(split);
    context_free(&context);
}

Test(context, levels_come_back_as_they_were) {
    expect_round_trip((char *[]){"Given $A$"}, 1, "Given $A$", "[9]");
    expect_round_trip((char *[]){"Zürich", "and\n\n- more", "c"}, 3, "Zürich\nand\n\n- more\nc",
                      "[7,19,21]");
}

Test(context, none_is_null) {
    struct context context = context_join(&(struct question){0});
    cr_expect_null(context.text);
    cr_expect_null(context.ends);
    context_free(&context);
}

/* No import writes such a thing: it must do no harm, and `store_check()` tells of it. */
Test(context, ends_that_are_wrong_stay_within_the_text) {
    static const char *const wrong[] = {"",      "[",     "]",      "[]",          "[99]",
                                        "[2,1]", "[2,,]", "[-1,3]", "[1,99,3,99]", "1,2"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        size_t count;
        char **levels = context_split("abcd", wrong[i], &count);
        cr_assert_not_null(levels);
        for (size_t level = 0; level < count; level++)
            cr_expect_not_null(strstr("abcd", levels[level]), "%s: level %zu", wrong[i], level);
        free(levels);
    }
}
