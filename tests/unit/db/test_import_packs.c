#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

enum { COUNT = 20 };

static struct bank bank;

static void tear_down(void) {
    bank_close(&bank);
}

/* Questions of two packs: q0 to q3 in the first, the others in the second. */
static void set_up(void) {
    bank_open(&bank);
    bank_import_numbered(&bank, COUNT);
    bank_execute(&bank, "UPDATE questions SET key = key + 8187;"
                        "UPDATE answers SET question = question + 8187;"
                        "INSERT INTO search (search) VALUES ('rebuild');"
                        "INSERT INTO search_all (search_all) VALUES ('rebuild');");
    bank_import_numbered(&bank, COUNT);
}
TestSuite(import_packs, .init = set_up, .fini = tear_down);

static void expect_packs(const char *numbers) {
    bank_expect_query(&bank, "SELECT coalesce(group_concat(key), '') FROM packs", numbers);
}

Test(import_packs, every_question_is_packed) {
    bank_expect_query(&bank, "SELECT group_concat(length(ends) / 4) FROM packs", "8192,16");
    bank_expect_query(&bank,
                      "SELECT group_concat((instr(records, CAST('number 3' AS BLOB)) > 0) || ' ' ||"
                      " (instr(records, CAST('number 4' AS BLOB)) > 0)) FROM packs",
                      "1 0,0 1");
}

/* Whoever it is: packs of any content stand for the real ones. */
Test(import_packs, a_change_of_a_question_throws_its_pack_away) {
    static const struct {
        const char *sql, *left;
    } changes[] = {
        {"UPDATE questions SET text = 'Else?' WHERE id = 'q0'", "1,2"},
        {"UPDATE questions SET line = 1 WHERE id = 'q19'", "0,2"},
        {"UPDATE questions SET pinned = 0 WHERE id = 'q3'", "1,2"},
        {"UPDATE questions SET difficulty = 1 WHERE id = 'q4'", "0,2"},
        {"UPDATE questions SET steps = 2 WHERE id = 'q4'", "0,2"},
        {"UPDATE questions SET context = 'x', context_ends = '[1]' WHERE id = 'q4'", "0,2"},
        {"UPDATE questions SET ordinal = ordinal + 100, changed = 7", "0,1,2"},
        {"UPDATE questions SET key = 2 * 8192 WHERE id = 'q3'", "1"},
        {"DELETE FROM questions WHERE id = 'q2'", "1,2"},
    };
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        bank_execute(&bank, "INSERT OR REPLACE INTO packs VALUES (0, x'', x''), (1, x'', x''),"
                            " (2, x'', x'')");
        bank_execute(&bank, changes[i].sql);
        expect_packs(changes[i].left);
    }
}

Test(import_packs, the_same_again_packs_what_is_missing_and_changes_nothing) {
    char *before = bank_dump(&bank);
    bank_execute(&bank, "DELETE FROM packs WHERE key = 1");
    bank_import_numbered(&bank, COUNT);
    expect_packs("0,1");
    char *after = bank_dump(&bank);
    cr_expect_str_eq(after, before);
    bank_expect_sound(&bank);
    free(before);
    free(after);
}

Test(import_packs, what_is_there_is_not_made_again) {
    bank_execute(&bank, "UPDATE packs SET records = x'6b657074' WHERE key = 0");
    bank_import_numbered(&bank, COUNT);
    bank_expect_query(&bank, "SELECT CAST(records AS TEXT) FROM packs WHERE key = 0", "kept");
}

Test(import_packs, new_questions_are_packed_with_those_that_were_there) {
    bank_import_numbered(&bank, COUNT + 5);
    bank_expect_query(&bank, "SELECT group_concat(length(ends) / 4) FROM packs", "8192,21");
    bank_expect_sound(&bank);
}

Test(import_packs, an_edit_packs_anew) {
    BANK_IMPORT(&bank, SOURCE("a.md", {.text = "Question number 0?", .id = "q0"},
                              {.text = "Question number nine?", .id = "q9"}));
    expect_packs("0,1");
    bank_expect_sound(&bank);
}

Test(import_packs, the_last_question_takes_its_pack_along) {
    bank_import_numbered(&bank, 4);
    expect_packs("0");
    bank_expect_sound(&bank);
    bank_import_numbered(&bank, 0);
    expect_packs("");
    bank_expect_sound(&bank);
}

Test(import_packs, a_dry_run_packs_nothing) {
    bank_execute(&bank, "DELETE FROM packs");
    bank_import_with(&bank, (struct import_options){.dry_run = true}, NULL, 0);
    expect_packs("");
}

Test(import_packs, a_long_question_is_in_no_pack) {
    char text[3000] = "";
    memset(text, 'x', sizeof(text) - 1);
    const struct given given = {.text = text};
    const struct given_source source = {"a.md", &given, 1};
    bank_import_with(&bank, (struct import_options){0}, &source, 1);
    expect_packs("");
    bank_expect_sound(&bank);
}
