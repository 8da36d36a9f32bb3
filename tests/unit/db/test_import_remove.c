#include <criterion/criterion.h>
#include <stdlib.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;

static void set_up(void) {
    bank_open(&bank);
}
static void tear_down(void) {
    bank_close(&bank);
}
TestSuite(import_remove, .init = set_up, .fini = tear_down);

Test(import_remove, what_is_not_given_again_is_gone_and_can_come_back) {
    char moved_to[QUESTION_ID_MAX + 1];
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Why is the sky blue?", .answer = "Scattering."}),
                SOURCE("b.md", {.text = "Who?"}));
    bank_read(&bank);
    char *id = bank_id_of(&bank, "Who?");
    struct import_summary summary = BANK_IMPORT(
        &bank, SOURCE("a.md", {.text = "Why is the sky blue?", .answer = "Scattering."}));
    bank_expect_summary(&bank, &summary, 0, 0, 1, 1, 0);
    bank_expect_query(&bank, "SELECT count(*) FROM sources", "1");
    bank_expect_query(&bank, "SELECT count(*) FROM sections", "1");
    bank_read(&bank);
    cr_expect_eq(bank_status(&bank, id, moved_to), STORE_GONE);
    cr_expect_eq(bank_status(&bank, "never-was", moved_to), STORE_NO_ROW);
    BANK_IMPORT(&bank, SOURCE("c.md", {.text = "Who?"}));
    bank_read(&bank);
    cr_expect_eq(bank_status(&bank, id, moved_to), STORE_OK);
    bank_expect_query(&bank, "SELECT count(*) FROM gone", "1");
    bank_expect_sound(&bank);
    free(id);
}
