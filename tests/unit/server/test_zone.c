#include <criterion/criterion.h>

#include "server/zone.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static int64_t day_of(const char *date) {
    int64_t day = -1;
    cr_assert(zone_date_parse(date, &day), "%s", date);
    return day;
}

static struct zone *open_zone(const char *name) {
    struct zone *zone = zone_open(name);
    cr_assert_not_null(zone, "%s", name);
    return zone;
}

Test(zone, opens_names_and_offsets) {
    static const char *const names[] = {"UTC",    "Z",      "Europe/Berlin", "America/Indiana/Knox",
                                        "+05:30", "-08:00", " 02:00",        "Etc/GMT+5",
                                        "GMT0",   "EST5EDT"};
    for (size_t i = 0; i < LENGTH(names); i++) zone_close(open_zone(names[i]));
}

Test(zone, opens_nothing_else) {
    static const char *const names[] = {"",       "Europe/Atlantis",  "europe/berlin",  "+5",
                                        "+24:00", "+05:60",           "++5:30",         "+05:30 ",
                                        "../etc", "Europe/../passwd", "/etc/localtime", ":UTC",
                                        "Europe", "America/",         "tzdata.zi",      "\xc3\x84"};
    for (size_t i = 0; i < LENGTH(names); i++) cr_expect_null(zone_open(names[i]), "%s", names[i]);
}

/* By the rule that POSIX has for TZ the sign of an offset is the other way round. */
Test(zone, opens_no_rules_of_posix) {
    static const char *const names[] = {"UTC+5", "UTC-5", "GMT+5", "EST5", "Berlin1", "UTC0"};
    for (size_t i = 0; i < LENGTH(names); i++) cr_expect_null(zone_open(names[i]), "%s", names[i]);
}

Test(zone, counts_days_from_the_epoch) {
    cr_expect_eq(day_of("2000-01-01"), ZONE_DAY_MIN);
    cr_expect_eq(day_of("2000-03-01"), 11017);
    cr_expect_eq(day_of("2999-12-31"), ZONE_DAY_MAX);
}

Test(zone, dates_are_written_as_they_are_read) {
    static const char *const dates[] = {"2000-01-01", "2024-02-29", "2026-11-22", "2999-12-31"};
    char text[ZONE_DATE_SIZE];
    for (size_t i = 0; i < LENGTH(dates); i++) {
        zone_date_write(day_of(dates[i]), text);
        cr_expect_str_eq(text, dates[i]);
    }
}

Test(zone, refuses_what_is_no_date) {
    static const char *const texts[] = {
        "",           "2026-02-29", "2026-13-01",  "2026-00-10", "2026-1-1",   "2026-11-31",
        "1999-12-31", "3000-01-01", "2026-11-22 ", "20261122",   "2026/11/22", "today"};
    int64_t day = 7;
    for (size_t i = 0; i < LENGTH(texts); i++) {
        cr_expect_not(zone_date_parse(texts[i], &day), "%s", texts[i]);
    }
    cr_expect_eq(day, 7);
}

struct end_case {
    const char *zone, *date, *end;
};

/* Days of 24 hours, of 23 and 25, one that begins at one o'clock and one that was left out. */
static const struct end_case ends[] = {
    {"UTC", "2026-11-22", "2026-11-23T00:00:00+00:00"},
    {"+05:30", "2026-11-22", "2026-11-23T00:00:00+05:30"},
    {"Europe/Berlin", "2026-03-28", "2026-03-29T00:00:00+01:00"},
    {"Europe/Berlin", "2026-03-29", "2026-03-30T00:00:00+02:00"},
    {"Europe/Berlin", "2026-10-25", "2026-10-26T00:00:00+01:00"},
    {"America/New_York", "2026-12-31", "2027-01-01T00:00:00-05:00"},
    {"America/Sao_Paulo", "2018-11-03", "2018-11-04T01:00:00-02:00"},
    {"Pacific/Apia", "2011-12-29", "2011-12-31T00:00:00+14:00"},
    {"Pacific/Kiritimati", "2999-12-31", "3000-01-01T00:00:00+14:00"},
};

Test(zone, knows_when_a_day_ends) {
    for (size_t i = 0; i < LENGTH(ends); i++) {
        struct zone *zone = open_zone(ends[i].zone);
        char text[ZONE_TIME_SIZE];
        zone_time_write(zone, zone_day_end(zone, day_of(ends[i].date)), text);
        cr_expect_str_eq(text, ends[i].end, "%s %s: %s", ends[i].zone, ends[i].date, text);
        zone_close(zone);
    }
}

/* What is yesterday in one place is today in another. */
Test(zone, the_day_is_that_of_the_place) {
    const int64_t instant = 1795305600; /* 2026-11-22T00:00:00Z */
    static const struct {
        const char *zone, *date;
    } cases[] = {{"UTC", "2026-11-22"}, {"-00:01", "2026-11-21"}, {"Asia/Tokyo", "2026-11-22"}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct zone *zone = open_zone(cases[i].zone);
        cr_expect_eq(zone_day_at(zone, instant), day_of(cases[i].date), "%s", cases[i].zone);
        cr_expect_eq(zone_day_at(zone, zone_day_end(zone, day_of(cases[i].date)) - 1),
                     day_of(cases[i].date));
        zone_close(zone);
    }
}
