#include "db/pack_directory.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "db/pack.h"
#include "tests/unit/db/fixture.h"

static struct bank bank;
static char error[CONNECTION_ERROR_MAX];
static struct connection *connection;
static struct pack_directory directory;

static void set_up(void) {
    char *opening = NULL;
    bank_open(&bank);
    cr_assert_eq(connection_open(bank.path, false, error, &connection, &opening), STORE_OK, "%s",
                 opening);
}
static void tear_down(void) {
    pack_directory_free(&directory);
    connection_close(connection);
    bank_close(&bank);
}
TestSuite(pack_directory, .init = set_up, .fini = tear_down);

static void load(const char *sql) {
    bank_execute(&bank, sql);
    cr_assert_eq(pack_directory_load(connection, &directory), STORE_OK, "%s", error);
}

static struct pack_span span(uint32_t first, size_t count) {
    return pack_directory_span(&directory, first, count, PACK_RECORD_MAX);
}

static void expect_packed(struct pack_span span, size_t pack, uint32_t begin, size_t count,
                          uint32_t end) {
    cr_assert_not_null(span.ends);
    cr_expect_eq(span.pack, pack);
    cr_expect_eq(span.begin, begin);
    cr_expect_eq(span.count, count);
    cr_expect_eq(span.ends[count - 1], end);
}

static void expect_rows(struct pack_span span, size_t count) {
    cr_expect_null(span.ends);
    cr_expect_eq(span.count, count);
}

Test(pack_directory, without_packs_everything_is_rows) {
    load("DELETE FROM packs");
    expect_rows(span(0, 1), 1);
    expect_rows(span(7, 20), 20);
    expect_rows(span(UINT32_MAX, 1), 1);
}

/* Slots 1, 2 and 4 of the second pack are there. */
Test(pack_directory, a_span_is_of_one_kind) {
    load("INSERT INTO packs VALUES (1, x'00000000050000000a0000000a0000000c010000', x'')");
    expect_rows(span(PACK_SLOTS, 1), 1);
    expect_rows(span(PACK_SLOTS, 2), 1);
    expect_rows(span(PACK_SLOTS - 10, 20), 11);
    expect_packed(span(PACK_SLOTS + 1, 1), 1, 0, 1, 5);
    expect_packed(span(PACK_SLOTS + 1, 9), 1, 0, 2, 10);
    expect_packed(span(PACK_SLOTS + 2, 9), 1, 5, 1, 10);
    expect_rows(span(PACK_SLOTS + 3, 9), 1);
    expect_packed(span(PACK_SLOTS + 4, 9), 1, 10, 1, 268);
    expect_rows(span(PACK_SLOTS + 5, 9), 9);
}

/* The last slots of one pack and the first of the next. */
Test(pack_directory, a_span_ends_with_its_pack) {
    load("INSERT INTO packs VALUES (0, CAST(zeroblob(32764) || x'05000000' AS BLOB), x''),"
         " (1, x'0700000009000000', x'')");
    expect_packed(span(PACK_SLOTS - 1, 3), 0, 0, 1, 5);
    expect_packed(span(PACK_SLOTS, 3), 1, 0, 2, 9);
}

Test(pack_directory, a_span_is_no_longer_than_allowed) {
    load("INSERT INTO packs VALUES (0, x'000400000008000000080000000c0000', x'')");
    expect_packed(pack_directory_span(&directory, 0, 2, 2048), 0, 0, 2, 2048);
    expect_packed(pack_directory_span(&directory, 0, 2, 2047), 0, 0, 1, 1024);
    expect_packed(pack_directory_span(&directory, 0, 2, 1), 0, 0, 1, 1024);
}

Test(pack_directory, ends_that_are_none_are_refused) {
    static const char *const damages[] = {
        "INSERT INTO packs VALUES (3, x'', x'')",
        "INSERT INTO packs VALUES (3, x'0500000005', x'')",
        "INSERT INTO packs VALUES (3, x'0500000004000000', x'')",
        "INSERT INTO packs VALUES (3, x'01080000', x'')",
        "INSERT INTO packs VALUES (3, zeroblob(32772), x'')",
        "INSERT INTO packs VALUES (-3, x'05000000', x'')",
        "INSERT INTO packs VALUES (524288, x'05000000', x'')",
    };
    for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
        bank_execute(&bank, "DELETE FROM packs");
        bank_execute(&bank, damages[i]);
        cr_expect_eq(pack_directory_load(connection, &directory), STORE_ERROR, "%s", damages[i]);
        cr_expect_not_null(strstr(error, "is damaged"), "%s", error);
        pack_directory_free(&directory);
    }
}
