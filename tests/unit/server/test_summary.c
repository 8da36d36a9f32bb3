#include "server/commands/summary.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect_text(const struct summary *summary, const char *expected) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    summary_print(summary, stream);
    fclose(stream);
    cr_expect_str_eq(text, expected);
    free(text);
}

static const struct import_summary imported = {.added = 3,
                                               .changed = 1,
                                               .unchanged = 314,
                                               .removed = 2,
                                               .revision = "0123456789abcdef",
                                               .revision_changed = true};
static const struct summary many = {
    .sources = 12, .counts = {{127, 134, 57}}, .warnings = 4, .imported = &imported};

Test(summary, of_an_import) {
    expect_text(&many, "12 sources, 318 questions (127 easy, 134 medium, 57 hard): 3 added, 1 "
                       "changed, 0 renamed, 314 unchanged, 2 removed; 4 warnings\n"
                       "revision 0123456789abcdef\n");
}

Test(summary, of_an_import_that_changed_nothing) {
    const struct import_summary same = {.unchanged = 1, .revision = "0123456789abcdef"};
    expect_text(&(struct summary){.sources = 1, .counts = {{1, 0, 0}}, .imported = &same},
                "1 source, 1 question (1 easy, 0 medium, 0 hard): 0 added, 0 changed, 0 renamed, "
                "1 unchanged, 0 removed; 0 warnings\n"
                "revision 0123456789abcdef (unchanged)\n");
}

Test(summary, of_a_dry_run) {
    struct summary summary = many;
    summary.dry_run = true;
    expect_text(&summary, "12 sources, 318 questions (127 easy, 134 medium, 57 hard): 3 added, 1 "
                          "changed, 0 renamed, 314 unchanged, 2 removed; 4 warnings\n"
                          "revision 0123456789abcdef; dry run, nothing was stored\n");
}

Test(summary, of_what_was_only_read) {
    expect_text(&(struct summary){.sources = 2, .counts = {{0, 1, 1}}, .warnings = 1, .errors = 1},
                "2 sources, 2 questions (0 easy, 1 medium, 1 hard); 1 warning, 1 error\n");
}

Test(summary, as_json) {
    json_t *json = summary_json(&many);
    char *text = json_dumps(json, JSON_SORT_KEYS | JSON_COMPACT);
    cr_expect_str_eq(text,
                     "{\"added\":3,\"changed\":1,\"dry_run\":false,\"errors\":0,"
                     "\"questions\":{\"easy\":127,\"hard\":57,\"medium\":134,\"total\":318},"
                     "\"removed\":2,\"renamed\":0,\"revision\":\"0123456789abcdef\","
                     "\"revision_changed\":true,\"sources\":12,\"unchanged\":314,\"warnings\":4}");
    free(text);
    json_decref(json);
}

Test(summary, as_json_without_an_import) {
    json_t *json = summary_json(&(struct summary){.sources = 1, .errors = 1});
    cr_expect_not_null(json_object_get(json, "errors"));
    cr_expect_null(json_object_get(json, "revision"));
    cr_expect_null(json_object_get(json, "added"));
    json_decref(json);
}
