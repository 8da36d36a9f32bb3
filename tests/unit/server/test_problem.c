#include "server/problem.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/client.h"
#include "tests/lib/temporary.h"

Test(problem, every_kind_is_complete_and_found_by_its_name) {
    for (enum problem problem = PROBLEM_NONE + 1; problem < PROBLEM_COUNT; problem++) {
        const struct problem_kind *kind = problem_kind(problem);
        cr_assert_not_null(kind->name);
        cr_expect(kind->status >= 300 && kind->status < 600, "%s", kind->name);
        cr_expect(strlen(kind->title) > 0 && strlen(kind->remedy) > 0, "%s", kind->name);
        cr_expect_eq(strspn(kind->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(kind->name));
        cr_expect_eq(problem_find(kind->name), problem, "%s", kind->name);
    }
    cr_expect_eq(problem_find("no-such-problem"), PROBLEM_NONE);
}

/* RFC 9457, section 3.1. */
Test(problem, document_has_the_members_of_the_standard) {
    json_t *json = problem_encode(PROBLEM_INVALID_PARAMETER, "It is 1 to 9.", "limit");
    cr_assert_str_eq(json_text(json, "type"), "/problems/invalid-parameter");
    cr_assert_str_eq(json_text(json, "title"), "The value of a query parameter is not allowed");
    cr_assert_eq(json_number(json, "status"), 400);
    cr_assert_str_eq(json_text(json, "detail"), "It is 1 to 9.");
    cr_assert_str_eq(json_text(json, "parameter"), "limit");
    cr_assert_eq(json_object_size(json), 5);
    json_decref(json);
}

Test(problem, document_without_detail_says_what_to_do) {
    json_t *json = problem_encode(PROBLEM_STALE_CURSOR, NULL, NULL);
    cr_assert_str_eq(json_text(json, "detail"), problem_kind(PROBLEM_STALE_CURSOR)->remedy);
    cr_assert_null(json_at(json, "parameter"));
    json_decref(json);
}

/* One entry for each kind, in the order of the table, and nothing else. */
Test(problem, documentation_lists_the_table) {
    char *expected = NULL;
    size_t size;
    FILE *out = open_memstream(&expected, &size);
    for (enum problem problem = PROBLEM_NONE + 1; problem < PROBLEM_COUNT; problem++) {
        const struct problem_kind *kind = problem_kind(problem);
        fprintf(out, "\n## %s\n\nStatus %u. %s.\n\n%s\n", kind->name, kind->status, kind->title,
                kind->remedy);
    }
    fclose(out);
    char *document = temporary_read("docs/problems.md");
    const char *list = strstr(document, "\n## ");
    cr_assert_not_null(list);
    cr_assert_str_eq(list, expected);
    free(document);
    free(expected);
}
