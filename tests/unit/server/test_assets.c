#include "server/assets.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/lib/temporary.h"

Test(assets, are_the_files_byte_for_byte) {
    const struct asset *asset = asset_find("/openapi.yaml");
    cr_assert_not_null(asset);
    cr_assert_str_eq(asset->type, "application/yaml");
    char *file = temporary_read("docs/openapi.yaml");
    cr_assert_eq((size_t)(asset->end - asset->bytes), strlen(file));
    cr_assert_eq(memcmp(asset->bytes, file, strlen(file)), 0);
    free(file);
}

Test(assets, the_page_is_there_with_and_without_the_reference) {
    const struct asset *page = asset_find("/docs");
    cr_assert_not_null(page);
    cr_assert_str_eq(page->type, "text/html; charset=utf-8");
    const char *wanted =
        asset_find("/docs/swagger-ui-bundle.js") != NULL ? "docs/start.js" : "make reference";
    cr_assert_not_null(
        memmem(page->bytes, (size_t)(page->end - page->bytes), wanted, strlen(wanted)));
}

Test(assets, anything_else_is_not_there) {
    cr_assert_null(asset_find("/docs/../openapi.yaml"));
    cr_assert_null(asset_find("/docs/"));
    cr_assert_null(asset_find(""));
}
