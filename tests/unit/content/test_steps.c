#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "content/steps.h"

Test(steps, no_answer_has_no_steps) {
    cr_expect(eq(uint, steps_count(NULL), 0));
    cr_expect(eq(uint, steps_count(""), 0));
    cr_expect(eq(uint, steps_count(" \n\t\n"), 0));
}

Test(steps, a_list_has_its_items) {
    const char *answer = "1. one\n   more\n\n   - nested\n2. two\n3. three";
    cr_expect(eq(uint, steps_count(answer), 3));
    cr_expect(eq(sz, steps_prefix(answer, 1), strlen("1. one\n   more\n\n   - nested")));
    cr_expect(eq(sz, steps_prefix(answer, 2), strlen("1. one\n   more\n\n   - nested\n2. two")));
    cr_expect(eq(sz, steps_prefix(answer, 3), strlen(answer)));
    cr_expect(eq(sz, steps_prefix(answer, 9), strlen(answer)));
}

Test(steps, other_answers_have_their_blocks) {
    const char *answer = "para\n\n```\ncode\n\nmore\n```\n\n- a\n- b\n\n> quote\n";
    cr_expect(eq(uint, steps_count(answer), 4));
    cr_expect(eq(sz, steps_prefix(answer, 1), 4));
    cr_expect(eq(sz, steps_prefix(answer, 2), strlen("para\n\n```\ncode\n\nmore\n```")));
    cr_expect(
        eq(sz, steps_prefix(answer, 3), strlen("para\n\n```\ncode\n\nmore\n```\n\n- a\n- b")));
    cr_expect(eq(sz, steps_prefix(answer, 4), strlen(answer) - 1));
}

Test(steps, the_last_step_takes_link_definitions_along) {
    const char *answer = "- [x]\n- b\n\n[x]: /y";
    cr_expect(eq(uint, steps_count(answer), 2));
    cr_expect(eq(sz, steps_prefix(answer, 1), 5));
    cr_expect(eq(sz, steps_prefix(answer, 2), strlen(answer)));
}

Test(steps, the_last_step_takes_footnotes_along) {
    const char *list = "- x[^1]\n- b\n\n[^1]: so it\nis\n\n[^2]: and so";
    cr_expect(eq(uint, steps_count(list), 2));
    cr_expect(eq(sz, steps_prefix(list, 1), strlen("- x[^1]")));
    cr_expect(eq(sz, steps_prefix(list, 2), strlen(list)));
    const char *blocks = "a\n\n[^1]: so it is\n\nb\n\n[^2]: and so";
    cr_expect(eq(uint, steps_count(blocks), 3));
    cr_expect(eq(sz, steps_prefix(blocks, 3), strlen(blocks)));
    cr_expect(eq(uint, steps_count("[^1]: so it is"), 1));
}

Test(steps, an_empty_quote_is_a_step_of_its_own_place) {
    const char *answer = "- M\n>\n[p]:\n- M";
    size_t end = 0;
    for (unsigned step = 1; step <= steps_count(answer); step++) {
        cr_expect(ge(sz, steps_prefix(answer, step), end));
        end = steps_prefix(answer, step);
    }
    cr_expect(eq(sz, end, strlen(answer)));
}
