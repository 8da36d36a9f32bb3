/* The interface's description, and the page that shows it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;

static void set_up(void) {
    bank_start(&bank);
}

static void tear_down(void) {
    bank_stop(&bank);
}

TestSuite(http_reference, .init = set_up, .fini = tear_down);

Test(http_reference, document_is_there_as_json_and_as_yaml) {
    json_t *json = client_get_json(&bank.server, 200, "/openapi.json");
    cr_assert_str_eq(json_text(json, "openapi"), "3.1.0");
    cr_assert_not_null(json_at(json, "paths./v1/stats.get.operationId"));
    struct reply yaml;
    client_get(&bank.server, "/openapi.yaml", &yaml);
    cr_assert_eq(yaml.status, 200);
    cr_assert_not_null(strstr(yaml.body, "\nopenapi: 3.1.0\n"));
    reply_free(&yaml);
    json_decref(json);
}

/* The page loads nothing from elsewhere and runs no script that stands in it. */
Test(http_reference, page_is_locked_in) {
    struct reply page;
    client_get(&bank.server, "/docs", &page);
    cr_assert_eq(page.status, 200);
    char *policy = reply_header(&page, "Content-Security-Policy");
    cr_assert_not_null(policy);
    cr_assert_eq(strncmp(policy, "default-src 'self';", 19), 0, "%s", policy);
    cr_assert_null(strstr(policy, "unsafe"), "%s", policy);
    cr_assert_null(strstr(page.body, "://"), "%s", page.body);
    cr_assert_null(strstr(page.body, "style="), "%s", page.body);
    cr_assert_null(strstr(page.body, "<style"), "%s", page.body);
    free(policy);
    reply_free(&page);
}

/* Writes the target of a reference that begins here, if one does. */
static bool read_reference(const char *text, char ret_target[64]) {
    int end = 0;
    ret_target[0] = '/';
    sscanf(text, "href=\"%62[a-z./-]\"%n", ret_target + 1, &end);
    if (end == 0) sscanf(text, "src=\"%62[a-z./-]\"%n", ret_target + 1, &end);
    return end > 0;
}

/* What the page refers to is there; without the reference it refers to the document alone. */
Test(http_reference, page_finds_what_it_needs) {
    struct reply page, part;
    client_get(&bank.server, "/docs", &page);
    size_t found = 0;
    for (const char *at = page.body; *at != '\0'; at++) {
        char target[64];
        if (!read_reference(at, target)) continue;
        client_get(&bank.server, target, &part);
        cr_expect_eq(part.status, 200, "%s", target);
        cr_expect_gt(part.body_size, 50, "%s", target);
        reply_free(&part);
        found++;
    }
    cr_assert_geq(found, 2);
    reply_free(&page);
}

Test(http_reference, only_its_own_files_are_there) {
    static const char *const targets[] = {"/docs/", "/docs/nothing.js",
                                          "/docs/%2E%2E%2Fopenapi.yaml", "/docs/openapi.yaml",
                                          "/docs/a/b"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        json_decref(client_get_json(&bank.server, 404, targets[i]));
    }
}
