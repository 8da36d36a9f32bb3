#include "db/pack_reader.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/db/fixture.h"

static struct bank bank;
static char error[CONNECTION_ERROR_MAX];
static struct connection *connection;
static struct pack_directory directory;
static struct pack_reader reader;

/* One pack more than can be open: in slots 0 and 1 of the first are "aa" and "aaa", and so on. */
static void set_up(void) {
    char *opening = NULL;
    bank_open(&bank);
    bank_execute(&bank,
                 "WITH RECURSIVE numbers (number) AS (VALUES (0) UNION ALL"
                 " SELECT number + 1 FROM numbers WHERE number < 128)"
                 "INSERT INTO packs SELECT number, x'0200000005000000',"
                 " CAST(replace('aaaaa', 'a', char(97 + number % 26)) AS BLOB) FROM numbers");
    cr_assert_eq(connection_open(bank.path, false, error, &connection, &opening), STORE_OK, "%s",
                 opening);
    cr_assert_eq(pack_directory_load(connection, &directory), STORE_OK, "%s", error);
    cr_assert_eq(directory.count, PACK_HANDLES_MAX + 1);
}
static void tear_down(void) {
    pack_reader_close(&reader);
    pack_directory_free(&directory);
    connection_close(connection);
    bank_close(&bank);
}
TestSuite(pack_reader, .init = set_up, .fini = tear_down);

static bool reads_at_once(uint32_t first, size_t count) {
    bool read = false;
    struct pack_span span = pack_directory_span(&directory, first, count, PACK_READ_MAX);
    cr_assert_eq(pack_reader_read(&reader, connection, &directory, &span, &read), STORE_OK, "%s",
                 error);
    return read;
}

static bool reads(uint32_t first, size_t count) {
    for (int i = 0; i < PACK_READS_TO_OPEN; i++)
        if (reads_at_once(first, count)) return true;
    return false;
}

static void expect_records(uint32_t first, size_t count, const char *records) {
    cr_assert(reads(first, count), "key %u", first);
    cr_expect_eq(memcmp(reader.records, records, strlen(records)), 0, "key %u", first);
}

Test(pack_reader, records_are_read_at_their_place) {
    expect_records(0, 2, "aaaaa");
    expect_records(PACK_SLOTS + 1, 1, "bbb");
    expect_records(25 * PACK_SLOTS, 1, "zz");
    expect_records(0, 1, "aa");
}

Test(pack_reader, few_packs_are_opened_by_who_comes_first) {
    unsigned opened = 0;
    for (uint32_t number = 0; number < 3 * PACK_READS_TO_OPEN; number++)
        opened += reads_at_once(number * PACK_SLOTS, 1);
    cr_expect_eq(opened, 3);
    cr_expect(reads_at_once(0, 2));
}

Test(pack_reader, what_is_not_what_the_directory_knows_is_not_read) {
    bank_execute(&bank, "UPDATE packs SET records = x'616161' WHERE key = 3;"
                        "DELETE FROM packs WHERE key = 4");
    cr_expect_not(reads(3 * PACK_SLOTS, 1));
    cr_expect_not(reads(4 * PACK_SLOTS, 1));
    expect_records(5 * PACK_SLOTS, 1, "ff");
}

/* Those that are open stay so, and others are read once all have been closed. */
Test(pack_reader, no_more_are_open_than_allowed) {
    const uint32_t last = PACK_HANDLES_MAX * PACK_SLOTS;
    for (uint32_t number = 0; number < PACK_HANDLES_MAX; number++)
        cr_assert(reads(number * PACK_SLOTS, 1), "%u", number);
    cr_expect_not(reads(last, 1));
    expect_records(0, 1, "aa");
    pack_reader_close(&reader);
    expect_records(last, 1, "yy");
}
